import { DescribeLogStreamsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { inOrder } from 'dev-kit/testing/in-order';
import { BOOTSTRAP_CHECK, SOLUTIONS_CONSTRUCT } from './fixtures/solutions-construct';
import { call, signedPost, startForeignAccount } from './support/foreign-account';

// A stack that nobody wrote for the embedded AWS: fixtures/README.md says where it comes from.

const test = inOrder();

let aws: Awaited<ReturnType<typeof startForeignAccount>>;

beforeAll(async () => {
  aws = await startForeignAccount();
});

afterAll(() => aws.stop());

describe('aws-apigateway-kinesisstreams of AWS Solutions Constructs', () => {
  const stack = 'solutions-construct';
  let url: string;
  let streamName: string;
  let logGroupName: string;

  beforeAll(async () => {
    const outputs = await aws.deploy(stack, SOLUTIONS_CONSTRUCT);
    url = aws.invokeUrl(outputs.ApiId, 'prod');
    streamName = outputs.StreamName ?? '';
    logGroupName = outputs.LogGroupName ?? '';
    expect(outputs.Endpoint).toBe(
      `https://${outputs.ApiId}.execute-api.us-east-1.amazonaws.com/prod/`,
    );
  });

  const signed = (path: string, body: string) => signedPost(`${url}${path}`, body);

  test('is closed to requests that are not signed', async () => {
    expect(await call(`${url}/record`, { method: 'POST', body: {} })).toMatchObject({
      status: 403,
      text: '{"message":"Missing Authentication Token"}',
    });
  });

  test('writes records and batches to its encrypted stream', async () => {
    const single = await signed('/record', '{"data":"Hello","partitionKey":"pk001"}');
    const batch = await signed(
      '/records',
      '{"records":[{"data":"Hello from batch","partitionKey":"pk001"},{"data":"another","partitionKey":"pk001"}]}',
    );

    expect(single).toMatchObject({ status: 200 });
    expect(single.json()).toMatchObject({ EncryptionType: 'KMS' });
    expect(batch.json()).toMatchObject({ FailedRecordCount: 0 });
    expect(await aws.readAll(streamName)).toEqual([
      { data: '"Hello"', key: 'pk001' },
      { data: 'Hello from batch', key: 'pk001' },
      { data: 'another', key: 'pk001' },
    ]);
  });

  test.each([
    ['/record', '{"data":"Hello"}'],
    ['/record', '{"data":1,"partitionKey":"k"}'],
    ['/records', '{"records":[{"data":"x"}]}'],
    ['/records', '[]'],
  ])('validates what comes to %s: %s', async (path, body) => {
    expect(await signed(path, body)).toMatchObject({
      status: 400,
      text: '{"message": "Invalid request body"}',
    });
  });

  test('logs each request to the group that the stage names', async () => {
    await signed('/record', '{"data":"logged","partitionKey":"k"}');

    const { logStreams = [] } = await aws.logs.send(
      new DescribeLogStreamsCommand({ logGroupName }),
    );
    const { events = [] } = await aws.logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName: logStreams[0]?.logStreamName }),
    );
    const entries = events.map(({ message = '' }) => JSON.parse(message));
    expect(entries.at(-1)).toMatchObject({
      httpMethod: 'POST',
      resourcePath: '/record',
      status: '200',
      protocol: 'HTTP/1.1',
    });
  });

  test('is removed but for its stream and its log, which it retains', async () => {
    await aws.remove(stack);

    expect((await call(`${url}/record`, { method: 'POST', body: {} })).status).toBe(403);
    expect((await aws.readAll(streamName)).length).toBeGreaterThan(0);
    await expect(
      aws.logs.send(new DescribeLogStreamsCommand({ logGroupName })),
    ).resolves.toBeDefined();
  });

  test("CDK's check of its own bootstrapping is refused by name", async () => {
    await expect(
      aws.deploy('with-bootstrap-check', { ...SOLUTIONS_CONSTRUCT, ...BOOTSTRAP_CHECK }),
    ).rejects.toThrow(
      'does not implement the parameter type AWS::SSM::Parameter::Value<String> (parameter BootstrapVersion)',
    );
  });
});
