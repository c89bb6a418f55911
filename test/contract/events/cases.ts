import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A request to an event endpoint. */
export interface EventRequest {
  /** Below `/events/`: `contract-orders/batch`. */
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  /** `application/json` unless told otherwise. */
  readonly contentType?: string;
  readonly body?: string;
  readonly origin?: string;
  /** Sent without a signature or key. */
  readonly anonymous?: true;
}

/** One thing that an event endpoint promises. */
export interface EventCase {
  readonly title: string;
  readonly status: number;
  /** The envelope's code, or the gateway's, of an error. */
  readonly code?: string;
  readonly request: EventRequest;
  /** Sent so often at once that a limit is met. */
  readonly atOnce?: number;
}

const SAMPLE = path.join(__dirname, '../../fixtures/events/schemas/order.sample.json');
const ORDER = readFileSync(SAMPLE, 'utf8');
const SHOP = 'https://shop.example';
const TEXT = 'text/plain';

const ORDERS = 'contract-orders';
const PLAIN = 'contract-plain';
const REQUIRED = 'contract-required';
const PAGES = 'contract-pages';

/** Two of these are more than a shard takes in a second, and each is as much as a record may be. */
const LARGE = JSON.stringify({ text: 'x'.repeat(700_000) });

const list = (...events: readonly string[]) => `[${events.join(',')}]`;
const events = (count: number) => list(...Array<string>(count).fill('{"a":1}'));

/** All that event endpoints answer, status by status. */
export const eventCases: readonly EventCase[] = [
  { title: 'an event of the schema', status: 200, request: { path: ORDERS, body: ORDER } },
  {
    title: 'a batch of events of the schema',
    status: 200,
    request: { path: `${ORDERS}/batch`, body: list(ORDER, ORDER) },
  },
  {
    title: 'a batch of 500 events',
    status: 200,
    request: { path: `${PLAIN}/batch`, body: events(500) },
  },
  {
    title: 'a beacon of a listed page, answered with nothing',
    status: 204,
    request: { path: PAGES, contentType: TEXT, body: 'seen', origin: SHOP },
  },
  {
    title: 'a pixel, answered with nothing',
    status: 204,
    request: { path: `${PAGES}/pixel?page=home`, method: 'GET' },
  },
  {
    title: 'a batch of which the shard takes a part',
    status: 207,
    request: { path: `${PLAIN}/batch?key=same`, body: list(LARGE, LARGE) },
  },
  {
    title: 'an event that the schema refuses',
    status: 400,
    code: 'ValidationException',
    request: { path: ORDERS, body: ORDER.replace('"orderId"', '"id"') },
  },
  {
    title: 'a batch with an event that the schema refuses',
    status: 400,
    code: 'ValidationException',
    request: { path: `${ORDERS}/batch`, body: list(ORDER, '{}') },
  },
  {
    title: 'an event without its partition key',
    status: 400,
    code: 'PartitionKeyMissing',
    request: { path: REQUIRED, body: '{"a":1}' },
  },
  {
    title: 'a partition key of 257 characters',
    status: 400,
    code: 'PartitionKeyTooLong',
    request: { path: `${REQUIRED}?key=${'k'.repeat(257)}`, body: '{"a":1}' },
  },
  {
    title: 'a beacon without a body',
    status: 400,
    code: 'EmptyBody',
    request: { path: PAGES, contentType: TEXT, body: '' },
  },
  {
    title: 'a batch without events',
    status: 400,
    code: 'EmptyBody',
    request: { path: `${PLAIN}/batch`, body: '[]' },
  },
  {
    title: 'an object in place of a batch',
    status: 400,
    code: 'NotAnArray',
    request: { path: `${PLAIN}/batch`, body: '{"a":1}' },
  },
  {
    title: 'neither a signature nor a key',
    status: 403,
    code: 'MISSING_AUTHENTICATION_TOKEN',
    request: { path: 'contract-signed', body: '{"a":1}', anonymous: true },
  },
  {
    title: 'a page that the stream does not list',
    status: 403,
    code: 'OriginNotAllowed',
    request: {
      path: PAGES,
      contentType: TEXT,
      body: 'seen',
      origin: 'https://verify-foreign.example',
    },
  },
  {
    title: 'a batch of 501 events',
    status: 413,
    code: 'TooManyEvents',
    request: { path: `${PLAIN}/batch`, body: events(501) },
  },
  {
    title: 'a content type that the stream does not take',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { path: PLAIN, contentType: 'application/xml', body: '<a/>' },
  },
  {
    title: 'more at once than the throttle of the stream lets through',
    status: 429,
    code: 'ThrottlingException',
    request: { path: 'contract-slow', body: '{"a":1}' },
    atOnce: 20,
  },
];
