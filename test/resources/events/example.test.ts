import { exampleRequest } from '../../../resources/events/example';
import { eventRoutes } from '../../../resources/events/routes';
import { senderNames } from '../../../resources/events/senders';
import type { StreamDeclaration } from '../../../resources/streams/declaration';
import { declaredOnDev, deployInProcess } from '../../support/in-process-stage';

const schema = 'schemas/order.json';

const STREAMS: Readonly<Record<string, StreamDeclaration>> = {
  ...Object.fromEntries(senderNames.map((sender) => [sender, { senders: [sender] }])),
  byMember: { key: '$.customer.id' },
  byHeader: { senders: ['ndjson', 'text'], key: 'header:X-Tenant' },
  byQuery: { senders: ['pixel', 'form'], key: 'query:page' },
  pixelByMember: { senders: ['pixel'], key: '$.visitor' },
  cloudEventsByMember: {
    senders: ['cloudevents', 'cloudevents-batch'],
    key: '$.data.customer.id',
  },
  withSchema: { schema, senders: ['json', 'json-array', 'cloudevents'], key: '$.customerId' },
};

test('every endpoint takes its example', async () => {
  const stage = await deployInProcess(
    { authorization: 'NONE' },
    undefined,
    undefined,
    undefined,
    STREAMS,
  );
  const { invokeUrl } = await stage.target();
  const refused: unknown[] = [];
  for (const route of eventRoutes(declaredOnDev(STREAMS))) {
    for (const kind of route.bodies) {
      const { path, headers, body } = exampleRequest({ ...route, bodies: [kind] });
      const sent = { method: route.method, headers, ...(body !== undefined && { body }) };
      const answer = await stage.transport(new Request(`${invokeUrl}${path}`, sent));
      if (answer.status !== 200) refused.push([path, kind, answer.status, await answer.text()]);
    }
  }

  expect(refused).toEqual([]);
});

test('a sample is sent as its file has it', () => {
  const [route] = eventRoutes(declaredOnDev({ orders: { schema } }));
  if (route === undefined) throw new Error('no endpoint');
  expect(exampleRequest(route)).toMatchObject({
    file: 'schemas/order.sample.json',
    body: route.stream.contract?.sample,
  });
});
