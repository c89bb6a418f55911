import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { bareEnvironment, serverless, startEmbeddedAws, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

let aws: Awaited<ReturnType<typeof startEmbeddedAws>>;

beforeAll(async () => {
  aws = await startEmbeddedAws();
});

afterAll(() => aws.stop());

test('HTTP/1.1 and cleartext HTTP/2 share the port', async () => {
  const overHttp1 = await (await fetch(`${aws.endpoint}/_aws/health`)).json();

  const session = http2.connect(aws.endpoint);
  const overHttp2 = JSON.parse(await text(session.request({ ':path': '/_aws/health' })));
  session.close();

  expect(overHttp1).toMatchObject({ embeddedAws: true });
  expect(overHttp2).toEqual(overHttp1);
});

test('a client that pauses after the first letter keeps nobody waiting', async () => {
  // `P` may begin `PUT` as well as the preface of HTTP/2.
  const slow = net.connect(aws.port, '127.0.0.1');
  await once(slow, 'connect');
  slow.write('P');

  const others = await fetch(`${aws.endpoint}/_aws/health`, {
    signal: AbortSignal.timeout(30_000),
  });
  slow.end('UT /_aws/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');

  expect(others.status).toBe(200);
  expect(await text(slow)).toMatch(/^HTTP\/1\.1 200 /);
});

test('each account and region has streams of its own', async () => {
  const client = (accessKeyId: string, region: string) =>
    new KinesisClient({
      endpoint: aws.endpoint,
      region,
      credentials: { accessKeyId, secretAccessKey: 'x' },
    });
  const command = new CreateStreamCommand({ StreamName: 'same', ShardCount: 1 });

  for (const [account, region] of [
    ['111111111111', 'us-east-1'],
    ['222222222222', 'us-east-1'],
    ['111111111111', 'eu-west-1'],
  ] as const) {
    const kinesis = client(account, region);
    await expect(kinesis.send(command)).resolves.toBeDefined();
    kinesis.destroy();
  }
  const again = client('111111111111', 'us-east-1');
  await expect(again.send(command)).rejects.toThrow(
    'Stream same under account 111111111111 already exists.',
  );
  again.destroy();
});

test('an emulator that LOCAL_AWS_ENDPOINT names is deployed onto, by host name too', async () => {
  const service = serviceCopy();
  const environment = {
    ...bareEnvironment(),
    LOCAL_AWS_ENDPOINT: `http://localhost:${aws.port}`,
  };
  for (const command of ['deploy', 'verify', 'remove']) {
    const { code, output } = await warmServerless(
      service.folder,
      [command, '--stage', 'local'],
      environment,
    );
    if (code !== 0) throw new Error(`${command} failed:\n${output}`);
  }
  const started = await serverless(service.folder, ['local'], environment);
  expect(started.code).not.toBe(0);
  expect(started.output).toContain('LOCAL_AWS_ENDPOINT names another emulator');
  service.remove();
});
