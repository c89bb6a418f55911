import { declare } from '../../../resources/streams/declaration';

const open = { authorization: 'NONE', onRemove: 'delete' } as const;

/**
 * The streams whose endpoints the cases call. A stage that is to be tested declares these in its
 * streams.ts; the schema is in test/fixtures/events.
 */
export const streams = declare({
  'contract-orders': { ...open, schema: 'schemas/order.json', key: '$.customerId' },
  'contract-plain': { ...open, key: { from: 'query:key', orElse: 'request-id' } },
  'contract-required': { ...open, key: 'query:key' },
  'contract-pages': {
    ...open,
    senders: ['beacon', 'pixel'],
    origins: ['https://shop.example'],
    answer: 'empty',
    pixel: 'empty',
  },
  'contract-signed': { onRemove: 'delete', authorization: 'AWS_IAM' },
  'contract-slow': { ...open, throttle: { rate: 1, burst: 1 } },
});
