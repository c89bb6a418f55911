import { eventRoutes } from '../../../resources/events/routes';
import { type Sender, senderNames } from '../../../resources/events/senders';
import { streamWith } from '../../support/render-event';

const routesOf = (settings: Parameters<typeof streamWith>[0]) =>
  eventRoutes([streamWith(settings)]).map(({ method, path, bodies }) =>
    [method, path, ...bodies].join(' '),
  );

test.each<[Sender, string]>([
  ['json', 'POST /events/orders json'],
  ['json-array', 'POST /events/orders/batch json-array'],
  ['text', 'POST /events/orders text'],
  ['beacon', 'POST /events/orders text'],
  ['form', 'POST /events/orders form'],
  ['cloudevents', 'POST /events/orders cloudevents'],
  ['cloudevents-batch', 'POST /events/orders/batch cloudevents-batch'],
  ['webhook', 'POST /events/orders json text form cloudevents'],
  ['ndjson', 'POST /events/orders/batch ndjson'],
  ['pixel', 'GET /events/orders/pixel pixel'],
])('sender %s has %s', (sender, route) => {
  expect(routesOf({ senders: [sender] })).toEqual([route]);
});

test('a stream that names no sender takes JSON, one by one and in arrays', () => {
  expect(routesOf({})).toEqual([
    'POST /events/orders json',
    'POST /events/orders/batch json-array',
  ]);
});

test('a stream without senders has no endpoint', () => {
  expect(routesOf({ senders: [] })).toEqual([]);
});

test('all senders share three endpoints', () => {
  expect(routesOf({ senders: senderNames })).toEqual([
    'POST /events/orders json text form cloudevents',
    'POST /events/orders/batch json-array cloudevents-batch ndjson',
    'GET /events/orders/pixel pixel',
  ]);
});

test('a webhook whose key is in a member sends JSON only', () => {
  expect(routesOf({ senders: ['webhook'], key: '$.repository.full_name' })).toEqual([
    'POST /events/orders json cloudevents',
  ]);
});
