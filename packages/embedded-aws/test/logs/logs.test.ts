import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { inProcess } from '../../src/in-process';
import { createLogs } from '../../src/logs';
import { testCaller } from '../support/aws-request';
import { send } from '../support/send';

const logGroupName = '/aws/api/orders';
const logStreamName = 'stream';
const ARN = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`;
const HOUR = 60 * 60 * 1000;

async function withGroup() {
  const logs = createLogs();
  const client = new CloudWatchLogsClient(inProcess(logs));
  await client.send(new CreateLogGroupCommand({ logGroupName, tags: { team: 'blue' } }));
  return { logs, client };
}

async function withStream() {
  const made = await withGroup();
  await made.client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const put = (...logEvents: { timestamp: number; message: string }[]) =>
    made.client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  return { ...made, put };
}

describe('log groups', () => {
  test('are made, described with their retention, and deleted', async () => {
    const { client } = await withGroup();
    await client.send(new CreateLogGroupCommand({ logGroupName: 'other' }));
    await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }));

    const { logGroups } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/' }),
    );
    await client.send(new DeleteLogGroupCommand({ logGroupName }));
    const left = await client.send(new DescribeLogGroupsCommand({}));

    expect(logGroups).toMatchObject([
      { logGroupName, arn: `${ARN}:*`, logGroupArn: ARN, retentionInDays: 14, storedBytes: 0 },
    ]);
    expect(left.logGroups?.map((group) => group.logGroupName)).toEqual(['other']);
  });

  // L, test_describe_log_groups_with_prefix, 03-02-2026
  test('are described with their size and their protection', async () => {
    const { client } = await withGroup();

    const { logGroups } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/' }),
    );

    expect(logGroups?.map(({ creationTime, ...rest }) => rest)).toEqual([
      {
        logGroupName,
        arn: `${ARN}:*`,
        logGroupArn: ARN,
        logGroupClass: 'STANDARD',
        metricFilterCount: 0,
        storedBytes: 0,
        deletionProtectionEnabled: false,
      },
    ]);
  });

  // L, test_describe_log_groups_with_pattern, 03-02-2026
  test('are found by a pattern, without them; a prefix excludes it', async () => {
    const { client } = await withGroup();

    const { logGroups } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePattern: 'orders' }),
    );
    const both = client.send(
      new DescribeLogGroupsCommand({ logGroupNamePattern: 'a', logGroupNamePrefix: 'a' }),
    );

    expect(logGroups?.map(({ creationTime, ...rest }) => rest)).toEqual([
      {
        logGroupName,
        arn: `${ARN}:*`,
        logGroupArn: ARN,
        logGroupClass: 'STANDARD',
        metricFilterCount: 0,
      },
    ]);
    await expect(both).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    });
  });

  test.each([
    ['ResourceAlreadyExistsException', new CreateLogGroupCommand({ logGroupName })],
    ['InvalidParameterException', new CreateLogGroupCommand({ logGroupName: 'a b' })],
    ['NotImplemented', new CreateLogGroupCommand({ logGroupName: 'x', kmsKeyId: 'k' })],
    ['ResourceNotFoundException', new DeleteLogGroupCommand({ logGroupName: 'x' })],
    [
      'InvalidParameterException',
      new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 }),
    ],
    [
      'UnknownOperationException',
      new StartQueryCommand({ startTime: 0, endTime: 1, queryString: 'x' }),
    ],
  ])('are refused with %s', async (name, command) => {
    const { client } = await withGroup();

    await expect(client.send(command as CreateLogGroupCommand)).rejects.toMatchObject({ name });
  });

  // L, test_create_log_group_invalid_name_length, 03-02-2026; test_delete_metric_filter_invalid_log_group_name, 05-02-2026
  test.each([
    new CreateLogGroupCommand({ logGroupName: 'a'.repeat(513) }),
    new CreateLogStreamCommand({ logGroupName, logStreamName: 'a'.repeat(513) }),
    new DeleteMetricFilterCommand({ logGroupName: 'a'.repeat(513), filterName: 'f' }),
  ])('names that are too long have a text of their own', async (command) => {
    const { client } = await withGroup();

    await expect(client.send(command as CreateLogGroupCommand)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
    });
  });

  test('a body that is no JSON is refused', async () => {
    const { logs } = await withGroup();

    const { status, text } = await send(logs, {
      headers: { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
      body: '{',
    });

    expect(status).toBe(400);
    expect(text).toContain('SerializationException');
  });
});

describe('log streams', () => {
  // L, test_create_and_delete_log_stream, 06-04-2023
  test('are named by the name or the identifier of their group, and have no sequence token', async () => {
    const { client } = await withStream();
    const described = async (reference: object) => {
      const { logStreams } = await client.send(new DescribeLogStreamsCommand(reference));
      return logStreams?.map(({ creationTime, ...rest }) => rest);
    };
    const expected = [{ logStreamName, arn: `${ARN}:log-stream:${logStreamName}`, storedBytes: 0 }];

    expect(await described({ logGroupName })).toEqual(expected);
    expect(await described({ logGroupIdentifier: logGroupName })).toEqual(expected);
    expect(await described({ logGroupIdentifier: ARN })).toEqual(expected);
  });

  // The first: L, test_describe_log_streams_with_log_group_identifier, 03-02-2026
  test.each([
    [
      { logGroupName, logGroupIdentifier: logGroupName },
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    ],
    [
      { logGroupName, logGroupIdentifier: ARN },
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    ],
    [
      { logGroupIdentifier: `${ARN}:*` },
      'InvalidParameterException',
      `1 validation error detected: Value '${ARN}:*' at 'logGroupIdentifier' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w#+=/:,.@-]*`,
    ],
    [
      { logGroupName, orderBy: 'LastEventTime', logStreamNamePrefix: 's' },
      'InvalidParameterException',
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    ],
    [
      { logGroupName, orderBy: 'Size' },
      'InvalidParameterException',
      "1 validation error detected: Value 'Size' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]",
    ],
  ])('asked for with %o are refused', async (input, name, message) => {
    const { client } = await withStream();

    const described = client.send(new DescribeLogStreamsCommand(input as object));

    await expect(described).rejects.toMatchObject({ name, message });
  });
});

describe('events', () => {
  test('are read from the newest page back to the oldest, and forward again', async () => {
    const { client, put } = await withStream();
    const now = Date.now();
    await put(...[1, 2, 3, 4, 5].map((n) => ({ timestamp: now + n, message: `m${n}` })));
    const read = async (nextToken?: string) => {
      const page = await client.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, limit: 2, nextToken }),
      );
      return { ...page, messages: page.events?.map(({ message }) => message) };
    };

    const newest = await read();
    const older = await read(newest.nextBackwardToken);
    const oldest = await read(older.nextBackwardToken);
    const before = await read(oldest.nextBackwardToken);
    const forward = await read(oldest.nextForwardToken);
    const end = await read(newest.nextForwardToken);

    expect(newest.messages).toEqual(['m4', 'm5']);
    expect(older.messages).toEqual(['m2', 'm3']);
    expect(oldest.messages).toEqual(['m1']);
    expect(before.messages).toEqual([]);
    expect(before.nextBackwardToken).toBe(oldest.nextBackwardToken);
    expect(forward.messages).toEqual(['m2', 'm3']);
    expect(end.messages).toEqual([]);
    expect(end.nextForwardToken).toBe(newest.nextForwardToken);
  });

  test('are read between two times', async () => {
    const { client, put } = await withStream();
    const now = Date.now();
    await put(...[0, 1, 2].map((n) => ({ timestamp: now + n, message: `m${n}` })));

    const { events } = await client.send(
      new GetLogEventsCommand({
        logGroupName,
        logStreamName,
        startTime: now + 1,
        endTime: now + 2,
        startFromHead: true,
      }),
    );

    expect(events?.map(({ message }) => message)).toEqual(['m1']);
  });

  test('too old or too far ahead are left out and named', async () => {
    const { client, put } = await withStream();
    const now = Date.now();

    const answer = await put(
      { timestamp: now - 15 * 24 * HOUR, message: 'old' },
      { timestamp: now, message: 'now' },
      { timestamp: now + 3 * HOUR, message: 'later' },
    );
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName }));

    expect(answer.rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 1,
      tooNewLogEventStartIndex: 2,
    });
    expect(events?.map(({ message }) => message)).toEqual(['now']);
  });

  test('are forgotten when their retention ends', async () => {
    const { client, put } = await withStream();
    await put({ timestamp: Date.now() - 25 * HOUR, message: 'yesterday' });

    await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName }));
    const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName }));

    expect(events).toEqual([]);
    expect(logStreams?.[0]?.lastEventTimestamp).toBeUndefined();
  });

  test.each([
    [
      'out of order',
      [
        { timestamp: 2, message: 'b' },
        { timestamp: 1, message: 'a' },
      ],
      'chronological order',
    ],
    ['none', [], 'logEvents'],
    ['without a message', [{ timestamp: 1, message: '' }], 'logEvents.1.member'],
    ['too many bytes', [{ timestamp: 1, message: 'ü'.repeat(600_000) }], 'Upload too large'],
  ])('%s are refused', async (_, events, message) => {
    const { put } = await withStream();

    await expect(put(...events)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });
});

describe('FilterLogEvents', () => {
  const messages = ['GET /a 200', 'GET /b 404 not found', 'POST /a 500 "quoted" text'];

  test.each([
    ['', [0, 1, 2]],
    ['GET', [0, 1]],
    ['GET 404', [1]],
    ['"not found"', [1]],
    ['GET -404', [0]],
    ['?404 ?500', [1, 2]],
    ['GET ?500', [0, 1]],
    ['get', []],
    ['"\\"quoted\\""', [2]],
    ['{ $.status = 400 }', []],
  ])('%s', async (filterPattern, expected) => {
    const { client, put } = await withStream();
    const now = Date.now();
    await put(...messages.map((message, index) => ({ timestamp: now + index, message })));

    const { events } = await client.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern }),
    );

    expect(events?.map(({ message }) => message)).toEqual(expected.map((index) => messages[index]));
  });

  test.each(['[ip, user]', '%a.*b%'])('%s is refused, not ignored', async (filterPattern) => {
    const { client } = await withStream();

    const filtered = client.send(new FilterLogEventsCommand({ logGroupName, filterPattern }));

    await expect(filtered).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(filterPattern),
    });
  });
});

describe('write', () => {
  test.each([ARN, `${ARN}:*`])('puts a line into %s', async (arn) => {
    const { logs, client } = await withGroup();

    const isWritten = logs.write(arn, 'grüße');
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName }));

    expect(isWritten).toBe(true);
    expect(events?.map(({ message }) => message)).toEqual(['grüße']);
  });

  test('loses a line for a group that is not there', async () => {
    const { logs } = await withGroup();

    expect(logs.write(`${ARN}-2`, 'x')).toBe(false);
  });

  test('forgets the oldest lines before it takes all memory', async () => {
    const { logs, client } = await withGroup();
    const line = 'x'.repeat(1024 * 1024);

    for (let index = 0; index < 80; index++) logs.write(ARN, `${index} ${line}`);
    const { storedBytes } = logs.store(testCaller).group(logGroupName);
    const { events } = await client.send(
      new GetLogEventsCommand({ logGroupName, logStreamName: 'default', limit: 1 }),
    );

    expect(storedBytes).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(storedBytes).toBeGreaterThan(32 * 1024 * 1024);
    expect(events?.[0]?.message).toMatch(/^79 /);
  });
});
