import { metricsLine } from '../../hooks/canary/metrics';
import { throwAwayName } from '../../hooks/stage/throw-away-name';
import type { Report } from '../../hooks/verify/verify';
import { canaryResources } from '../../resources/canary';
import { canaryTemplate } from '../support/canary-template';
import { compiledStack } from '../support/compiled-stack';

// The resources that a canary adds to a stage. The framework creates the function itself, which
// test/end-to-end/canary.test.ts covers.

test('without a rate there is nothing of it', () => {
  const ids = Object.keys(compiledStack().Resources);
  for (const id of Object.keys(canaryResources([]))) expect(ids).not.toContain(id);
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function statements(values: Readonly<Record<string, string>> = {}): readonly Statement[] {
  const { Properties } = canaryTemplate(values).Resources.CanaryRole ?? {};
  const { Policies } = Properties as {
    Policies: [{ PolicyDocument: { Statement: Statement[] } }];
  };
  return Policies[0].PolicyDocument.Statement;
}

const actions = (values: Readonly<Record<string, string>>) =>
  statements(values).flatMap(({ Action }) => Action);

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';

test.each<[Readonly<Record<string, string>>, string[], string[]]>([
  [{}, ['execute-api:Invoke', 'kinesis:DeleteStream'], ['kinesis:CreateStream', 'apigateway:GET']],
  [{ authorization: 'API_KEY' }, ['apigateway:GET'], ['execute-api:Invoke']],
  [{ authorization: 'NONE' }, [], ['apigateway:GET', 'execute-api:Invoke']],
  [{ manageStreams: 'false' }, ['kinesis:CreateStream'], []],
  [{ protected: 'true' }, ['kinesis:DescribeStreamSummary'], ['kinesis:DeleteStream']],
  [{}, [], ['kinesis:StartStreamEncryption', 'kms:DescribeKey', 'kms:Decrypt']],
  [
    { kmsKeyArns: KEY },
    ['kinesis:StartStreamEncryption', 'kms:DescribeKey', 'kms:Decrypt'],
    ['kms:GenerateDataKey'],
  ],
  [{ kmsKeyArns: KEY, protected: 'true' }, [], ['kinesis:StartStreamEncryption', 'kms:Decrypt']],
])('with %j it may %j and not %j', (values, granted, denied) => {
  const may = actions(values);
  expect(may).toEqual(expect.arrayContaining(granted));
  for (const action of denied) expect(may).not.toContain(action);
});

test('nothing is granted on everything', () => {
  for (const { Resource } of statements()) expect(Resource).not.toBe('*');
  for (const { Action } of statements()) expect([Action].flat().join()).not.toContain('*');
});

function streamPattern(): RegExp {
  const { Resource } = statements().find(({ Action }) =>
    [Action].flat().includes('kinesis:DeleteStream'),
  ) as { Resource: { 'Fn::Sub': string } };
  const literal = Resource['Fn::Sub'].replace(/^.*:stream\//, '').replaceAll('*', '.*');
  return new RegExp(`^${literal}$`);
}

const ownerOf = (stage: string) => ({ service: 'kinesis-rest-proxy', stage });

test("it may touch its own streams, and neither those of clients nor another stage's", () => {
  const pattern = streamPattern();

  expect(throwAwayName(ownerOf('dev'))).toMatch(pattern);
  for (const other of ['client', 'orders-verify', throwAwayName(ownerOf('prod'))]) {
    expect(other).not.toMatch(pattern);
  }
});

interface AlarmProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Period: number;
  readonly TreatMissingData: string;
}

test('the alarm watches the metric that the canary writes', () => {
  const { Properties } = canaryTemplate().Resources.CanaryAlarm ?? {};
  const { Namespace, MetricName, Dimensions, Period, TreatMissingData } =
    Properties as AlarmProperties;
  const report = {
    target: ownerOf('dev'),
    results: [],
    startedAt: new Date(),
    ms: 1,
    teardown: 'complete',
  } as unknown as Report;
  const written = JSON.parse(metricsLine(report));
  const [directive] = written._aws.CloudWatchMetrics;

  expect(directive.Namespace).toBe(Namespace);
  expect(written).toHaveProperty(MetricName);
  expect(directive.Dimensions).toEqual([Dimensions.map(({ Name }) => Name)]);
  for (const { Name, Value } of Dimensions) expect(written[Name]).toBe(Value);
  expect({ Period, TreatMissingData }).toEqual({ Period: 600, TreatMissingData: 'breaching' });
});
