import http from 'node:http';
import { text } from 'node:stream/consumers';
import { inOrder } from 'dev-kit/testing/in-order';
import { createKafkaRest } from '../support/kafka-rest';
import { openWorkbench, type Workbench } from './support/workbench';

// The whole with a Kafka REST proxy behind it, deployed by the CLI. KAFKA_REST_URL names a real one to
// test against, with a topic that it has (KAFKA_REST_TOPIC, `orders` unless told otherwise).

const test = inOrder();

const { KAFKA_REST_URL: real, KAFKA_REST_TOPIC: topic = 'orders' } = process.env;

const JSON_TYPE = 'application/vnd.kafka.json.v2+json';
const METADATA_TYPE = 'application/vnd.kafka.v2+json';
const MESSAGE = {
  index: 1,
  name: 'Māra "o\'Neil" \\ ${x} #set($a) 東京 🚀',
  nested: [null, 1e21, ''],
};

const kafka = createKafkaRest(topic);
let workbench: Workbench;
let proxy: Awaited<ReturnType<typeof kafka.listen>> | undefined;
let url: string;
let api: string;
let deployed: string;

beforeAll(async () => {
  workbench = await openWorkbench();
  proxy = real === undefined ? await kafka.listen() : undefined;
  url = proxy?.url ?? real ?? '';
  deployed = await workbench.succeed('deploy', '--param', `kafkaRestUrl=${url}`);
  api = (await workbench.outputs()).InvokeUrl ?? '';
});

afterAll(async () => {
  await proxy?.close();
  await workbench.close();
});

const produce = (records: unknown, type = JSON_TYPE, to = topic) =>
  fetch(`${api}/topics/${to}`, {
    method: 'POST',
    headers: { 'content-type': type, accept: METADATA_TYPE },
    body: typeof records === 'string' ? records : JSON.stringify({ records }),
  });

/** A request whose path is sent to the letter, which fetch does not do. */
function raw(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: http.OutgoingHttpHeaders } = {},
): Promise<{ status: number; body: string; headers: http.IncomingHttpHeaders }> {
  const { hostname, port, pathname } = new URL(api);
  return new Promise((resolve, reject) => {
    http
      .request({ hostname, port, path: pathname + path, method, headers }, async (answer) => {
        const body = await text(answer);
        resolve({ status: answer.statusCode ?? 0, body, headers: answer.headers });
      })
      .on('error', reject)
      .end();
  });
}

test('a deployment is verified up to the Kafka REST proxy, and leaves nothing there', () => {
  expect(deployed).toContain('✔ ANY /{proxy+}: the Kafka REST proxy answers');
  expect(deployed).toContain(
    '✔ ANY /{proxy+}: methods, content types and Accept reach the Kafka REST proxy',
  );
  expect([...kafka.topics]).toEqual([[topic, []]]);
});

test('one message goes both ways through one API', async () => {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ShardCount: 1 });
  await fetch(`${api}/streams/orders`, { method: 'POST', headers: json, body });
  const record = JSON.stringify({ Data: MESSAGE, PartitionKey: 'key' });

  const toKafka = await produce([{ key: 'key', value: MESSAGE }]);
  const put = () =>
    fetch(`${api}/streams/orders/record`, { method: 'PUT', headers: json, body: record });
  let toKinesis = await put();
  while (toKinesis.status === 404 || toKinesis.status === 409) toKinesis = await put();

  expect(toKinesis.status).toBe(200);
  const { ShardId: shard } = (await toKinesis.json()) as { ShardId: string };
  const iterator = await fetch(`${api}/streams/orders/sharditerator?shard-id=${shard}`);
  const { ShardIterator: from } = (await iterator.json()) as { ShardIterator: string };
  const read = await fetch(`${api}/streams/orders/records`, {
    headers: { 'shard-iterator': from },
  });
  const { Records } = (await read.json()) as { Records: { Data: string }[] };
  expect(JSON.parse(Buffer.from(Records[0]?.Data ?? '', 'base64').toString())).toEqual(MESSAGE);
  expect(toKafka.status).toBe(200);
  expect(toKafka.headers.get('content-type')).toBe(METADATA_TYPE);
  expect(await toKafka.json()).toMatchObject({ offsets: [{ error_code: null }] });
});

test.each([
  ['an unknown topic', () => fetch(`${api}/topics/nowhere`), 404, 40401],
  ['a partition that is not there', () => fetch(`${api}/topics/${topic}/partitions/9`), 404, 40402],
  [
    'an Accept that is not served',
    () => raw('/topics', { headers: { accept: 'text/html' } }),
    406,
    406,
  ],
  ['a content type that is none of Kafka’s', () => produce('a=b', 'text/plain'), 415, 415],
  ['no records', () => produce([]), 422, 422],
])('%s: Kafka’s own error comes through', async (_, ask, status, code) => {
  const answer = await ask();
  const body = 'json' in answer ? await answer.json() : JSON.parse(answer.body);

  expect({ status: answer.status, code: body.error_code }).toEqual({ status, code });
});

test('Kinesis’s routes keep their paths; methods that they lack are Kafka’s', async () => {
  const streams = await fetch(`${api}/streams`);
  const patched = await fetch(`${api}/streams`, { method: 'PATCH' });
  const deeper = await fetch(`${api}/streams/orders/record/more`);
  const root = await fetch(`${api}/`);

  expect(await streams.json()).toHaveProperty('StreamNames');
  expect(streams.headers.has('x-deployment-id')).toBe(true);
  for (const { headers } of [patched, deeper]) expect(headers.has('x-deployment-id')).toBe(false);
  expect(await root.json()).toMatchObject({ code: 'MISSING_AUTHENTICATION_TOKEN' });
});

if (real === undefined) {
  test('Kafka holds the message and its bytes', async () => {
    const bytes = Buffer.from([0, 255, 10, 128]);

    await produce([{ value: bytes.toString('base64') }], 'application/vnd.kafka.binary.v2+json');

    const values = (kafka.topics.get(topic) ?? []).map(({ value }) => value);
    expect(values).toEqual([MESSAGE, bytes]);
  });

  test.each([
    '/topics/%2e%2e/secret',
    '/topics/../secret',
    '/topics/a%2Fb/partitions/0?x=1&x=%26&y=%C3%A9',
    '/topics/%7Bproxy%7D',
    '/__proto__/constructor',
    `/topics/${'a'.repeat(4_000)}`,
    '/v3/clusters/x/topics/%E6%9D%B1%E4%BA%AC',
  ])('%s arrives as it was sent', async (path) => {
    await raw(path);

    expect(kafka.requests.at(-1)?.path).toBe(path);
  });

  test('headers arrive as they were sent, but for the host, and no others are made up', async () => {
    const sent = { accept: METADATA_TYPE, 'x-client': '__proto__', authorization: 'Basic dTpw' };

    const answer = await raw('/topics', { headers: sent });

    const arrived = kafka.requests.at(-1)?.headers ?? {};
    expect(arrived).toMatchObject({ ...sent, host: new URL(url).host });
    // API Gateway adds these two kinds, and tells the length of each body, 0 too.
    const added = /^x-(amzn|forwarded)-/;
    const others = Object.keys(arrived).filter((name) => !(name in sent) && !added.test(name));
    expect(others.sort()).toEqual(['connection', 'content-length', 'host', 'user-agent']);
    expect(answer.headers['x-amzn-remapped-server']).toBe('Jetty');
  });

  test('a Kafka REST proxy that is down fails verification, and is named', async () => {
    await proxy?.close();

    const { code, output } = await workbench.run('verify');

    expect(code).toBe(1);
    expect(output).toContain(`API Gateway gets no answer from the Kafka REST proxy at ${url}`);
    expect(output).toContain('✔ PUT /streams/{stream-name}/record');
    expect((await fetch(`${api}/topics`)).status).toBe(504);
  });
}
