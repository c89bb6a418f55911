import { APIGatewayClient, GetApiKeysCommand } from '@aws-sdk/client-api-gateway';
import { pythonForExamples } from 'dev-kit/testing/python';
import {
  AUTHORIZER_ARN,
  authorizerCode,
  DENIED_WORD,
  GOOD_WORD,
  makeAuthorizer,
  POOL_ARN,
  testPools,
} from '../support/token-stages';
import {
  type ListeningStage,
  listeningStage,
  runExample,
  type Surroundings,
} from './support/example-runs';
import { exampleFiles, HOSTILE, readAll } from './support/example-streams';
import { streamsOn } from './support/streams';

// The programs of examples/, run as a user runs them, on stages of every authorization.

const { folder, file } = exampleFiles();

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const MODES = ['AWS_IAM', 'API_KEY', 'COGNITO', 'LAMBDA', 'NONE'] as const;

/** The parameters of a mode that it cannot do without. */
const NEEDS: Readonly<Partial<Record<(typeof MODES)[number], Record<string, string>>>> = {
  COGNITO: { userPoolArns: POOL_ARN, writeScopes: 'lesson/write' },
  LAMBDA: { authorizerFunction: AUTHORIZER_ARN },
};

describe.each(MODES)('authorization=%s', (authorization) => {
  let stage: ListeningStage;
  let environment: Record<string, string>;
  let wrong: Record<string, string>;

  beforeAll(async () => {
    stage = await listeningStage(async (sdk) => {
      if (authorization === 'LAMBDA') await makeAuthorizer(sdk, authorizerCode());
      return { authorization, ...NEEDS[authorization] };
    });
    await streamsOn(stage.endpoint).create('lesson', 2);
    ({ environment, wrong } = await settings());
  });
  afterAll(() => stage.close());

  async function settings(): Promise<Record<'environment' | 'wrong', Record<string, string>>> {
    if (authorization === 'AWS_IAM') {
      const statement = {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: `arn:aws:execute-api:us-east-1:000000000000:${stage.stage.restApiId}/dev/PUT/*`,
      };
      const user = await stage.stage.userWith(
        JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      );
      const right = {
        KINESIS_API_AUTHORIZATION: 'AWS_IAM',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: user.accessKeyId,
        AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
      };
      return { environment: right, wrong: { ...right, AWS_SECRET_ACCESS_KEY: 'wrong' } };
    }
    if (authorization === 'API_KEY') {
      const client = new APIGatewayClient(stage.stage.sdk());
      const { items = [] } = await client.send(new GetApiKeysCommand({ includeValues: true }));
      return {
        environment: { KINESIS_API_KEY: items[0]?.value ?? '' },
        wrong: { KINESIS_API_KEY: 'wrong' },
      };
    }
    if (authorization === 'COGNITO') {
      const { own } = await testPools();
      const token = { KINESIS_API_AUTHORIZATION: 'COGNITO' };
      return {
        environment: { ...token, KINESIS_API_TOKEN: await own.accessToken('lesson/write') },
        wrong: { ...token, KINESIS_API_TOKEN: await own.expiredToken('lesson/write') },
      };
    }
    if (authorization === 'LAMBDA') {
      const says = (word: string) => ({
        KINESIS_API_AUTHORIZATION: 'LAMBDA',
        KINESIS_API_TOKEN_COMMAND: `echo '${word}'`,
      });
      return { environment: says(GOOD_WORD), wrong: says(DENIED_WORD) };
    }
    return { environment: {}, wrong: { KINESIS_API_AUTHORIZATION: 'API_KEY' } };
  }

  const around = (python: string, other?: Record<string, string>): Surroundings => ({
    python,
    folder,
    environment: other ?? environment,
  });

  pythonForExamples('one record and many, as the lesson sends them', async (python) => {
    for (const program of ['send_record.py', 'send_records.py']) {
      const run = await runExample(around(python), program, stage.invokeUrl, 'lesson');
      expect(run).toMatchObject({ code: 0, errors: '' });
      expect(run.output).toMatch(/^200\nb'\{.*"SequenceNumber": ?"\d{56}"/);
    }

    const rows = await readAll({ python, folder }, stage.endpoint, 'lesson');
    const found = rows.map((row) => [row.partitionKey, row['CAST(data AS STRING)']]);
    expect(found.sort()).toEqual([
      ['desired-name', '{"index":1,"name":"Maya","age":25,"role":"engineer"}'],
      ['partition-1', 'Hello, Kinesis!'],
      ['partition-2', 'Another message'],
    ]);
    const first = rows.find((row) => row.partitionKey === 'desired-name');
    expect(first?.from_json).toEqual({ index: 1, name: 'Maya', age: 25, role: 'engineer' });
  });

  pythonForExamples('what a file holds is in the stream, byte for byte', async (python) => {
    await streamsOn(stage.endpoint).create('hostile', 3);
    const input = file(
      `${authorization}.jsonl`,
      HOSTILE.map((value) => JSON.stringify(value)),
    );

    const run = await runExample(around(python), 'bulk_send.py', stage.invokeUrl, 'hostile', input);

    expect(run).toMatchObject({ code: 0, errors: '' });
    expect(run.output).toMatch(/^16 records accepted \(1\.0 MiB\) in [\d.]+ s\n$/);
    const rows = await readAll({ python, folder }, stage.endpoint, 'hostile');
    const stored = rows.map(({ data }) => Buffer.from(data, 'base64').toString()).sort();
    const expected = HOSTILE.map(textOf).sort();
    // First in a form that shows what differs, and not with a mebibyte of it.
    const shown = (texts: string[]) => texts.map((each) => encodeURIComponent(each.slice(0, 200)));
    expect(shown(stored)).toEqual(shown(expected));
    expect(stored).toEqual(expected);
  });

  pythonForExamples('who is not let in is told so', async (python) => {
    const input = file('one.jsonl', ['1']);
    const run = await runExample(
      around(python, wrong),
      'bulk_send.py',
      stage.invokeUrl,
      'lesson',
      input,
    );
    expect(run.errors).toMatch(
      {
        AWS_IAM: /^Stopped at line 1: 403 INVALID_SIGNATURE: .+\n$/,
        API_KEY: /^Stopped at line 1: 403 INVALID_API_KEY: .+\n$/,
        COGNITO: /^Stopped at line 1: 401 UNAUTHORIZED: The incoming token has expired\n$/,
        LAMBDA: /^Stopped at line 1: 403 ACCESS_DENIED: .+ explicit deny .+\n$/,
        NONE: /^API_KEY needs the key in the environment: KINESIS_API_KEY=…\n$/,
      }[authorization],
    );
    expect(run.code).toBe(authorization === 'NONE' ? 2 : 1);
  });
});
