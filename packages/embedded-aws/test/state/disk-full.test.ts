import fs from 'node:fs';
import { awsRequest } from '../support/aws-request';
import { folders, PersistedAws } from './support';

const folder = folders();

afterEach(() => jest.restoreAllMocks());

/** Lets nothing be written any more. @returns makes room again */
function fillDisk(code: string): () => void {
  const fail = () => {
    throw Object.assign(new Error(`${code}: nothing can be written`), { code });
  };
  const mocks = [
    jest.spyOn(fs, 'writeSync').mockImplementation(fail),
    jest.spyOn(fs, 'writeFileSync').mockImplementation(fail),
  ];
  return () => mocks.forEach((mock) => void mock.mockRestore());
}

const form = (fields: Record<string, string>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

const json = (target: string, input: object) => ({
  headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(input),
});

const JSON_ERROR = { body: `{"__type":"InternalFailure","message":"`, headers: {} };
const QUERY_ERROR = { body: '<Type>Receiver</Type><Code>InternalFailure</Code>', headers: {} };

interface Case {
  readonly service: string;
  readonly change: Parameters<typeof awsRequest>[0];
  readonly read: Parameters<typeof awsRequest>[0];
  readonly name: string;
  readonly error: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
}

const CASES: readonly Case[] = [
  {
    service: 'kinesis',
    change: json('Kinesis_20131202.CreateStream', { StreamName: 'made', ShardCount: 1 }),
    read: json('Kinesis_20131202.ListStreams', {}),
    name: 'made',
    error: JSON_ERROR,
  },
  {
    service: 'logs',
    change: json('Logs_20140328.CreateLogGroup', { logGroupName: 'made' }),
    read: json('Logs_20140328.DescribeLogGroups', {}),
    name: 'made',
    error: JSON_ERROR,
  },
  {
    service: 'iam',
    change: form({ Action: 'CreateUser', UserName: 'made' }),
    read: form({ Action: 'ListUsers' }),
    name: 'made',
    error: QUERY_ERROR,
  },
  {
    service: 'sns',
    change: form({ Action: 'CreateTopic', Name: 'made' }),
    read: form({ Action: 'ListTopics' }),
    name: 'made',
    error: QUERY_ERROR,
  },
  {
    service: 'apigateway',
    change: { method: 'POST', path: '/restapis', body: '{"name":"made"}' },
    read: { method: 'GET', path: '/restapis' },
    name: 'made',
    error: {
      body: '{"__type":"InternalFailure","message":"',
      headers: { 'x-amzn-errortype': 'InternalFailure' },
    },
  },
  {
    service: 's3',
    change: { method: 'PUT', path: '/made' },
    read: { method: 'GET', path: '/' },
    name: 'made',
    error: {
      body: '<Error><Code>InternalError</Code>',
      headers: { 'content-type': 'application/xml' },
    },
  },
];

describe.each(['ENOSPC', 'EDQUOT', 'EROFS'])('where %s keeps everything from the disk', (code) => {
  test.each(CASES)('$service says so in its own protocol', async (given) => {
    const { service, change, read, name, error } = given;
    const directory = folder();
    const kept = await PersistedAws.start(directory);
    const makeRoom = fillDisk(code);

    const refused = await kept.aws.send(service, awsRequest(change));
    const seen = await kept.aws.send(service, awsRequest(read));

    expect(refused.status).toBe(500);
    expect(String(refused.body)).toContain(error.body);
    expect(String(refused.body)).toContain(code);
    expect(refused.headers).toMatchObject(error.headers);
    // Nor does a reader hear of what is not kept.
    expect(String(seen.body)).not.toContain(name);
    kept.kill();
    makeRoom();
    const again = await PersistedAws.start(directory);
    const { status, body } = await again.aws.send(service, awsRequest(read));

    expect(status).toBe(200);
    expect(String(body)).not.toContain(name);
    again.kill();
  });

  test('and once there is room, all goes on', async () => {
    const kept = await PersistedAws.start(folder());
    const makeRoom = fillDisk(code);
    await kept.aws.send('iam', awsRequest(form({ Action: 'CreateUser', UserName: 'made' })));
    makeRoom();

    expect(await kept.query('iam', 'ListUsers', {})).toContain('made');
    kept.kill();
  });
});
