import { APIGatewayClient, CreateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { createAws } from '../../src/aws';
import { AwsError } from '../../src/core/errors';
import { checkTags, type TagProblem } from '../../src/core/tags';
import { answeredBy } from '../../src/in-process';
import { awsRequest } from '../support/aws-request';

describe('the check', () => {
  const refusals = Object.fromEntries(
    (['count', 'duplicate', 'reserved', 'key', 'value'] as const).map((problem) => [
      problem,
      () => new AwsError('Refused', problem),
    ]),
  ) as Record<TagProblem, () => AwsError>;
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ Key: `k${n}` }));

  test.each([
    [[{ Key: 'aws:a' }], 'reserved'],
    [[{ Key: 'AWS:a' }], 'reserved'],
    [[{ Key: 'a' }, { Key: 'a' }], 'duplicate'],
    [[{ Key: '' }], 'key'],
    [[{ Key: 'x'.repeat(129) }], 'key'],
    [[{ Key: 'a?' }], 'key'],
    [[{ Key: 'a', Value: 'x'.repeat(257) }], 'value'],
    [[{ Key: 'a', Value: '<b>' }], 'value'],
    [many(51), 'count'],
  ])('refuses %j: %s', (tags, problem) => {
    expect(() => checkTags(tags, { refusals })).toThrow(problem);
  });

  test('takes letters of any script, empty values, keys that differ in case, and 50 tags', () => {
    checkTags([{ Key: 'größe' }, { Key: 'Größe', Value: '' }, { Key: '名 _.:/=+-@' }], {
      refusals,
    });
    checkTags(many(50), { refusals });
  });

  test('counts the tags that are there, and can ignore case', () => {
    const present = new Map(many(50).map(({ Key }) => [Key, '']));

    checkTags([{ Key: 'k1' }], { refusals, present });

    expect(() => checkTags([{ Key: 'new' }], { refusals, present })).toThrow('count');
    expect(() => checkTags([{ Key: 'a' }, { Key: 'A' }], { refusals, ignoresCase: true })).toThrow(
      'duplicate',
    );
  });
});

describe('services refuse tags in their own words', () => {
  const aws = createAws();
  const config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
    requestHandler: answeredBy((request) => aws.handle(request)),
  };
  const RESERVED = 'aws: prefixed tag key names are not allowed for external use.';
  const reserved = { 'aws:team': 'a' };
  const reservedList = [{ Key: 'aws:team', Value: 'a' }];
  const twice = [
    { Key: 'team', Value: 'a' },
    { Key: 'team', Value: 'b' },
  ];
  const inTwoCases = [
    { Key: 'team', Value: 'a' },
    { Key: 'Team', Value: 'b' },
  ];
  const long = 'x'.repeat(129);

  const s3 = async (TagSet: { Key: string; Value: string }[]) => {
    const client = new S3Client(config);
    await client.send(new CreateBucketCommand({ Bucket: 'tagged-bucket' }));
    return client.send(
      new PutBucketTaggingCommand({ Bucket: 'tagged-bucket', Tagging: { TagSet } }),
    );
  };
  const role = (Tags: { Key: string; Value: string }[]) =>
    new IAMClient(config).send(
      new CreateRoleCommand({ RoleName: 'tagged', AssumeRolePolicyDocument: '{}', Tags }),
    );
  const policy = (Tags: { Key: string; Value: string }[]) =>
    new IAMClient(config).send(
      new CreatePolicyCommand({ PolicyName: 'tagged', PolicyDocument: '{}', Tags }),
    );
  const stack = (Tags: { Key: string; Value: string }[]) =>
    new CloudFormationClient(config).send(
      new CreateStackCommand({
        StackName: 'tagged',
        TemplateBody: '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}',
        Tags,
      }),
    );
  const api = (tags: Record<string, string>) =>
    new APIGatewayClient(config).send(new CreateRestApiCommand({ name: 'tagged', tags }));
  const group = (tags: Record<string, string>) =>
    new CloudWatchLogsClient(config).send(
      new CreateLogGroupCommand({ logGroupName: 'tagged', tags }),
    );
  const mapping = (Tags: Record<string, string>) =>
    new LambdaClient(config).send(
      new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: 'arn:a', Tags }),
    );
  const alarm = (Tags: { Key: string; Value: string }[]) =>
    new CloudWatchClient(config).send(
      new PutMetricAlarmCommand({
        AlarmName: 'tagged',
        Namespace: 'n',
        MetricName: 'm',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Tags,
      }),
    );

  test.each([
    // Texts: moto, tests/test_s3/test_s3_tagging.py, verified on AWS.
    ['S3', s3, reservedList, 'System tags cannot be added/updated by requester'],
    ['S3', s3, twice, 'Cannot provide multiple Tags with the same key'],
    ['S3', s3, [{ Key: long, Value: '' }], 'The TagKey you have provided is invalid'],
    ['S3', s3, [{ Key: 'a', Value: '<' }], 'The TagValue you have provided is invalid'],
    // Texts: moto, tests/test_iam/test_iam.py.
    ['IAM roles', role, reservedList, RESERVED],
    [
      'IAM roles',
      role,
      inTwoCases,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'IAM roles',
      role,
      [{ Key: long, Value: '' }],
      "at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
    ],
    [
      'IAM roles',
      role,
      [{ Key: 'a', Value: '<' }],
      "Value at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
    ],
    ['IAM policies', policy, twice, 'Duplicate tag keys found.'],
    // Texts: aws-quickstart/quickstart-examples#39, elastic/cloud-on-k8s#9232.
    ['CloudFormation', stack, reservedList, RESERVED],
    ['CloudFormation', stack, twice, 'Tags contain duplicate keys; tag keys must be unique'],
    // Text: serverless/serverless#9223.
    [
      'API Gateway',
      api,
      reserved,
      "Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)",
    ],
    ['API Gateway', api, { [long]: '' }, 'Invalid tag key.'],
    ['API Gateway', api, { a: 'x'.repeat(257) }, 'Invalid tag value.'],
    ['CloudWatch Logs', group, reserved, RESERVED],
    ['CloudWatch Logs', group, { [long]: '' }, 'Map keys must satisfy constraint'],
    ['Lambda', mapping, reserved, RESERVED],
    ['CloudWatch', alarm, reservedList, RESERVED],
  ])('%s: %#', async (_, call: (tags: never) => Promise<unknown>, tags, message) => {
    await expect(call(tags as never)).rejects.toMatchObject({
      message: expect.stringContaining(message),
    });
  });

  test.each([
    [{ 'Tags.member.1.Key': 'aws:a' }, RESERVED],
    // L, test_tags, 24-08-2023
    [{ 'Tags.member.1.Key': 'a', 'Tags.member.2.Key': 'a' }, 'Duplicated keys are not allowed.'],
    // L, test_create_duplicate_topic_with_more_tags, 24-08-2023
    [{ 'Tags.member.1.Key': 'b' }, 'Tags Reason: Topic already exists with different tags'],
  ])('SNS: %o', async (tags, message) => {
    const post = async (fields: Record<string, string>) => {
      const body = new URLSearchParams({ Action: 'CreateTopic', Name: 'tagged', ...fields });
      const authorization = 'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/sns/aws4_request';
      const answer = await aws.handle(
        awsRequest({ headers: { authorization }, body: body.toString() }),
      );
      return answer.body.toString();
    };
    await post({ 'Tags.member.1.Key': 'team' });

    expect(await post({ 'Tags.member.1.Key': 'team' })).toContain('<TopicArn>');
    expect(await post(tags)).toContain(message);
  });
});
