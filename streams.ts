import { declare } from './resources/streams/declaration';

/**
 * The streams of the stack, each with an event endpoint: docs/events.md. None is declared here, so
 * that nobody pays for a stream by cloning. To add one, with a JSON Schema of its events in
 * schemas/order.json and a valid event in schemas/order.sample.json:
 *
 *   orders: {
 *     shards: 2,
 *     retentionHours: 72,
 *     schema: 'schemas/order.json',
 *     key: '$.customerId',
 *   },
 */
export const streams = declare({});
