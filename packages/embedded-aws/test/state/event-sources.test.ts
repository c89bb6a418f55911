import { until } from 'dev-kit/testing/until';
import { folders, PersistedAws, stackStatus } from './support';

// Functions are processes. This bound only ends what hangs.
jest.setTimeout(60_000);

const folder = folders();

/** Prints what it gets; fails for the text `bad`, once in each process. */
const CODE = `
  let failed = false;
  exports.handler = async ({ Records }) => {
    const texts = Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());
    if (texts.includes('bad') && !failed) { failed = true; throw new Error('bad'); }
    for (const text of texts) console.log('got ' + text);
  };`;

const STACK = {
  Resources: {
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'orders', ShardCount: 1 } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
        Policies: [
          {
            PolicyName: 'own',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'kinesis:*', Resource: '*' }],
            },
          },
        ],
      },
    },
    Consumer: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'consumer',
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: CODE },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Stream', 'Arn'] },
        FunctionName: { Ref: 'Consumer' },
        StartingPosition: 'LATEST',
      },
    },
  },
};

test('a mapping goes on where it stopped, after the end of the process and after a kill', async () => {
  const directory = folder();
  let kept = await PersistedAws.start(directory);
  const put = (...texts: string[]) =>
    kept.kinesis('PutRecords', {
      StreamName: 'orders',
      Records: texts.map((text) => ({
        Data: Buffer.from(text).toString('base64'),
        PartitionKey: 'k',
      })),
    });
  const got = async (): Promise<string[]> => {
    const answer = await kept.json('logs', 'Logs_20140328.FilterLogEvents', {
      logGroupName: '/aws/lambda/consumer',
      filterPattern: 'got',
    });
    return (answer as { events: { message: string }[] }).events.map(({ message }) => message);
  };
  await kept.query('cloudformation', 'CreateStack', {
    StackName: 'shop',
    TemplateBody: JSON.stringify(STACK),
    'Capabilities.member.1': 'CAPABILITY_IAM',
  });
  await stackStatus(kept, 'shop', 'CREATE_COMPLETE');
  await put('before the start');

  // Requests alone read nothing.
  kept.aws.start('http://127.0.0.1:4566');
  await until(async () => (await got().catch(() => [])).length === 1);
  await put('bad', 'größe');
  await until(async () => (await got()).length === 3);
  await kept.aws.close();
  kept.state.close();

  kept = await PersistedAws.start(directory);
  await put('third');
  kept.aws.start('http://127.0.0.1:4566');
  await until(async () => (await got()).length === 4);
  kept.state.flush();
  kept.kill();
  await kept.aws.close();

  kept = await PersistedAws.start(directory);
  await put('fourth');
  kept.aws.start('http://127.0.0.1:4566');
  await until(async () => (await got()).length === 5);

  expect(await got()).toEqual(
    ['before the start', 'bad', 'größe', 'third', 'fourth'].map((text) => `got ${text}`),
  );
  await kept.aws.close();
  kept.kill();
});
