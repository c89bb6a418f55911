import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { CreateAuthorizerCommand, TestInvokeAuthorizerCommand } from '@aws-sdk/client-api-gateway';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { createIssuer, type Issuer } from 'dev-kit/testing/issuer';
import { pythonWithRequests } from 'dev-kit/testing/python';
import { endpoints } from '../../resources/endpoints';
import { ownersApi } from '../support/owners-api';
import {
  bareEnvironment,
  freePort,
  type Running,
  startNpmStart,
  startServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';

// `npm start` in an environment that would lead it astray.

const test = inOrder();

const service = serviceCopy();
let running: Running;
let port: number;
let invokeUrl: string;
/** One that serverless.ts names, and one of the command line. */
let pools: readonly [Issuer, Issuer];

beforeAll(async () => {
  port = await freePort();
  const config = path.join(service.folder, 'serverless.ts');
  const rule = "{ streams: 'throttled-*', actions: ['PutRecord'], throttleRate: 1 }";
  pools = [await createIssuer({ pool: 'First' }), await createIssuer({ pool: 'Second' })];
  const [first, second] = pools;
  const userPools = `{ '${first.arn}': '${await first.listen()}' }`;
  const local = `local: { kinesis: { faults: { rules: [${rule}] } }, userPools: ${userPools} },`;
  writeFileSync(config, readFileSync(config, 'utf8').replace('custom: {', `custom: {\n${local}`));
  running = startNpmStart(
    service.folder,
    ['--user-pool', `${second.arn}=${await second.listen()}`],
    {
      ...bareEnvironment(),
      LOCAL_AWS_PORT: String(port),
      AWS_PROFILE: 'production',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      proxy: 'http://127.0.0.1:9',
      cafile: '/nowhere.pem',
    },
  );
  await running.printed('Ctrl-C stops it.');
  invokeUrl = /The API is ready at (\S+)/.exec(running.output())?.[1] ?? '';
});

afterAll(async () => {
  service.remove();
  await Promise.all(pools.map((pool) => pool.close()));
});

test('it ends ready, with every check passed', () => {
  for (const { method, path: route } of endpoints) {
    expect(running.output()).toContain(`✔ ${method} ${route}  `);
  }
  expect(running.output()).not.toContain('✖');
  expect(invokeUrl).toMatch(
    new RegExp(`^http://127\\.0\\.0\\.1:${port}/_aws/execute-api/[a-z0-9]{10}/local$`),
  );
});

describe('the lesson', () => {
  const kinesis = () =>
    new KinesisClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });

  test.before(async () => {
    await fetch(`${invokeUrl}/streams/lesson`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"ShardCount": 1}',
    });
    const client = kinesis();
    await waitUntilStreamExists(
      { client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.01 },
      { StreamName: 'lesson' },
    );
    client.destroy();
  });

  async function records(): Promise<{ data: string; key: string | undefined }[]> {
    const client = kinesis();
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName: 'lesson',
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    client.destroy();
    return Records.map(({ Data = new Uint8Array(), PartitionKey }) => ({
      data: Buffer.from(Data).toString(),
      key: PartitionKey,
    }));
  }

  test('an AWS SDK client with default settings reads what was put over HTTP', async () => {
    const answer = await fetch(`${invokeUrl}/streams/lesson/record`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"Data": "Hello, Kinesis!", "PartitionKey": "partition-1"}',
    });

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      SequenceNumber: expect.stringMatching(/^\d{56}$/),
      ShardId: 'shardId-000000000000',
    });
    expect(await records()).toContainEqual({ data: 'Hello, Kinesis!', key: 'partition-1' });
  });

  pythonWithRequests(
    "the lesson's Python client prints 200 with sequence number and shard",
    async (python) => {
      const client = path.join(__dirname, '..', '..', 'examples', 'send_record.py');

      const { stdout } = await promisify(execFile)(python, [client, invokeUrl, 'lesson'], {
        env: bareEnvironment(),
      });

      expect(stdout).toMatch(/^200\n/);
      expect(stdout).toMatch(/"SequenceNumber": ?"\d{56}"/);
      expect(stdout).toMatch(/"ShardId": ?"shardId-000000000000"/);
      expect(await records()).toContainEqual({
        data: '{"index":1,"name":"Maya","age":25,"role":"engineer"}',
        key: 'desired-name',
      });
    },
    test,
  );

  test('faults that the configuration asks for happen to the streams it names', async () => {
    await fetch(`${invokeUrl}/streams/throttled-one`, { method: 'POST' });
    const put = (stream: string) =>
      fetch(`${invokeUrl}/streams/${stream}/record`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"Data": "x", "PartitionKey": "k"}',
      });
    // It says so only once it is ACTIVE; before that it is not there.
    let answer = await put('throttled-one');
    while (answer.status === 404) answer = await put('throttled-one');

    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ code: 'ProvisionedThroughputExceededException' });
    expect((await put('lesson')).status).toBe(200);

    const url = `${invokeUrl}/streams/throttled-one`;
    await fetch(url, { method: 'DELETE' });
    while ((await fetch(url)).status !== 404);
  });

  test('rejects a stream that does not exist (404), one that is there cannot be made again', async () => {
    const missing = await fetch(`${invokeUrl}/streams/nowhere`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({
      code: 'ResourceNotFoundException',
      message: 'Stream nowhere under account 000000000000 not found.',
      requestId: expect.any(String),
    });
    const again = await fetch(`${invokeUrl}/streams/lesson`, { method: 'POST' });
    expect(again.status).toBe(409);
  });

  test('the API answers at its host name as well', async () => {
    const id = /execute-api\/([a-z0-9]+)\//.exec(invokeUrl)?.[1];
    const answer = request({
      host: '127.0.0.1',
      port,
      path: '/local/streams',
      headers: { host: `${id}.execute-api.localhost:${port}` },
    }).end();
    const [response] = (await once(answer, 'response')) as [IncomingMessage];
    expect(JSON.parse(await text(response))).toMatchObject({ StreamNames: ['lesson'] });
  });
});

test('tokens of the user pools that it was told of are good', async () => {
  const { client, restApiId } = await ownersApi({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const { id: authorizerId } = await client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'users',
      type: 'COGNITO_USER_POOLS',
      providerARNs: pools.map(({ arn }) => arn),
      identitySource: 'method.request.header.Authorization',
    }),
  );
  const statusOf = async (token: string) => {
    const headers = { Authorization: token };
    const test = new TestInvokeAuthorizerCommand({ restApiId, authorizerId, headers });
    return (await client.send(test)).clientStatus;
  };
  const [first, second] = pools;
  const statuses = [
    await statusOf(await first.idToken()),
    await statusOf(await second.idToken()),
    await statusOf(await second.forgedToken()),
  ];
  client.destroy();

  // 0 stands for a caller who is let in.
  expect(statuses).toEqual([0, 0, 401]);
});

test('a user pool that is none is told in a line', async () => {
  const wrong = startServerless(service.folder, ['local', '--user-pool', 'pool'], {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(port),
  });

  expect(await wrong.code).not.toBe(0);
  expect(wrong.output()).toContain("--user-pool takes the ARN of a user pool, '=', and a URL");
  expect(wrong.output()).not.toContain('    at ');
});

test('a second one on the same port says what to do', async () => {
  const second = startServerless(service.folder, ['local'], {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(port),
  });

  expect(await second.code).not.toBe(0);
  expect(second.output()).toContain(`Port ${port} is taken.`);
  expect(second.output()).not.toContain('    at ');
});

test('Ctrl-C stops it cleanly and frees the port', async () => {
  running.child.kill('SIGINT');

  expect(await running.code).toBe(0);
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  await new Promise((resolve) => server.close(resolve));
});
