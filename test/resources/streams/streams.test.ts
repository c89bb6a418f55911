import {
  DescribeStreamSummaryCommand,
  KinesisClient,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-kinesis';
import { resolve } from '../../../hooks/drift/resolve';
import type { CompiledResource } from '../../../hooks/framework';
import type { Target } from '../../../hooks/stage/target';
import { stackOf } from '../../../resources';
import type {
  StreamDeclaration,
  StreamSettings,
  Streams,
} from '../../../resources/streams/declaration';
import { declaredStreams } from '../../../resources/streams/declared';
import { canaryTemplate } from '../../support/canary-template';
import { compiledStack } from '../../support/compiled-stack';
import { declaredOnDev, deployInProcess } from '../../support/in-process-stage';

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';
const OTHER_KEY = 'arn:aws:kms:us-east-1:000000000000:key/66666666-7777-8888-9999-000000000000';

const template = (streams: Streams, values: Readonly<Record<string, string>> = {}) =>
  compiledStack(values, 'dev', 'us-east-1', declaredOnDev(streams));

/** The resource of one stream with these members. */
const streamWith = (settings: StreamDeclaration): CompiledResource | undefined =>
  template({ orders: settings }).Resources.OrdersStream;

const ofType = (resources: Readonly<Record<string, CompiledResource>>, type: string) =>
  Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => Type === type));

test('a stream without members is small, encrypted, tagged, and outlives its stack', () => {
  expect(streamWith({})).toEqual({
    Type: 'AWS::Kinesis::Stream',
    Properties: {
      Name: 'kinesis-rest-proxy-dev-orders',
      RetentionPeriodHours: 24,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      ShardCount: 1,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      Tags: [
        { Key: 'service', Value: 'kinesis-rest-proxy' },
        { Key: 'stage', Value: 'dev' },
      ],
    },
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test.each<[StreamSettings, object]>([
  [{ streamName: 'clicks.v2' }, { Name: 'clicks.v2' }],
  [{ shards: 8 }, { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: 8 }],
  [
    { shards: 'on-demand' },
    { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, ShardCount: undefined },
  ],
  [{ retentionHours: 72 }, { RetentionPeriodHours: 72 }],
  [{ encryption: false }, { StreamEncryption: undefined }],
  [{ kmsKeyArn: KEY }, { StreamEncryption: { EncryptionType: 'KMS', KeyId: KEY } }],
  [{ maxRecordSizeKiB: 2_048 }, { MaxRecordSizeInKiB: 2_048 }],
  [
    { tags: { team: 'shop' } },
    {
      Tags: expect.arrayContaining([
        { Key: 'team', Value: 'shop' },
        { Key: 'stage', Value: 'dev' },
      ]),
    },
  ],
])('%j is in its properties', (settings, expected) => {
  const propertiesWith = (given: StreamDeclaration) => {
    const properties = streamWith(given)?.Properties as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.keys(expected).map((name) => [name, properties[name]]));
  };

  expect(propertiesWith(settings)).toEqual(expected);
  // What the stage has comes in place of what all have.
  expect(propertiesWith({ shards: 3, stages: { dev: settings, prod: { shards: 5 } } })).toEqual(
    expected,
  );
});

test('with onRemove delete it goes with its stack', () => {
  expect(streamWith({ onRemove: 'delete' })).toMatchObject({
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
  });
});

test('what one stage has replaces what all have, and undefined is the default again', () => {
  const streams: Streams = {
    orders: {
      shards: 2,
      retentionHours: 48,
      kmsKeyArn: KEY,
      stages: {
        prod: { shards: 8 },
        local: { encryption: false, retentionHours: undefined },
        test: { existing: true, streamName: 'theirs' },
      },
    },
    plain: { encryption: false, stages: { prod: { kmsKeyArn: OTHER_KEY } } },
  };
  const on = (stage: string) => declaredStreams(streams, { stage, folder: '.' });

  expect(on('dev')[0]).toMatchObject({ shards: 2, retentionHours: 48, kmsKeyArn: KEY });
  expect(on('prod')[0]).toMatchObject({ shards: 8, retentionHours: 48, kmsKeyArn: KEY });
  expect(on('local')[0]).toMatchObject({ shards: 2, retentionHours: 24, encryption: false });
  expect(on('local')[0]).not.toHaveProperty('kmsKeyArn');
  expect(on('test')[0]).toMatchObject({ existing: true, streamName: 'theirs' });
  expect(on('prod')[1]).toMatchObject({ encryption: true, kmsKeyArn: OTHER_KEY });
  expect(on('dev')[1]).toMatchObject({ encryption: false });
});

test('a stage that differs from one with a row only in case is a slip', () => {
  const streams: Streams = { orders: { stages: { Prod: { shards: 8 } } } };
  expect(() => declaredStreams(streams, { stage: 'prod', folder: '.' })).toThrow(
    "Stage 'prod' has no row in orders.stages of streams.ts, but 'Prod' has.",
  );
});

test('only its own parts, the canary, the deployment and the dashboard know of a declared stream', () => {
  const without = stackOf([]);
  const declared = stackOf(declaredOnDev({ orders: { consumers: ['fraud'] } }));
  const changed = Object.keys(without.Resources).filter(
    (id) => JSON.stringify(without.Resources[id]) !== JSON.stringify(declared.Resources[id]),
  );

  expect(changed.sort()).toEqual(['CanaryRole', 'Dashboard', 'Deployment']);
  expect(declared.Outputs).toMatchObject(without.Outputs);
  expect(Object.keys(without.Metadata.KinesisRestProxy)).toEqual(['parameters']);
  expect(JSON.stringify(without)).not.toMatch(
    /AWS::Kinesis::|EventsRole|"\/events|declared stream/,
  );
});

test("somebody else's stream is written to, and otherwise left alone", () => {
  const { Resources, Outputs } = template({
    orders: { existing: true, streamName: 'theirs', kmsKeyArn: KEY },
  });

  expect(ofType(Resources, 'AWS::Kinesis::Stream')).toEqual({});
  expect(Object.keys(Resources).filter((id) => /^Orders\w*Alarm$/.test(id))).toEqual([]);
  expect(Resources).toHaveProperty('EventsOrdersMethod');
  expect(JSON.stringify(Resources.EventsRole)).toContain(':stream/theirs');
  expect(JSON.stringify(Resources.EventsRole)).toContain(KEY);
  expect(Outputs).toMatchObject({
    OrdersStreamName: { Value: 'theirs' },
    OrdersStreamArn: { Value: { 'Fn::Sub': expect.stringMatching(/:stream\/theirs$/) } },
  });
});

describe('consumers', () => {
  const consumers = Array.from({ length: 7 }, (_, index) => `reader-${index}`);
  const { Resources, Outputs } = template({
    orders: { consumers },
    clicks: { consumers: ['a.b'] },
  });

  test('each is a resource of its stream, without tags, which would replace it', () => {
    expect(Resources.OrdersStreamReader0Consumer).toEqual({
      Type: 'AWS::Kinesis::StreamConsumer',
      Properties: {
        ConsumerName: 'reader-0',
        StreamARN: { 'Fn::GetAtt': ['OrdersStream', 'Arn'] },
      },
    });
    expect(Outputs?.OrdersStreamReader0ConsumerArn).toMatchObject({
      Value: { Ref: 'OrdersStreamReader0Consumer' },
    });
  });

  test('no more than five are in the making at once', () => {
    const all = Object.entries(ofType(Resources, 'AWS::Kinesis::StreamConsumer'));
    expect(all).toHaveLength(8);
    const waits = all.map(([, { DependsOn }]) => [DependsOn ?? []].flat()[0]);
    expect(waits).toEqual([
      ...Array(5).fill(undefined),
      'OrdersStreamReader0Consumer',
      'OrdersStreamReader1Consumer',
      'OrdersStreamReader2Consumer',
    ]);
  });

  test('each has an alarm of its own on how far it is behind', () => {
    expect(Resources.ClicksStreamABLagAlarm?.Properties).toMatchObject({
      MetricName: 'SubscribeToShardEvent.MillisBehindLatest',
      Dimensions: [
        { Name: 'StreamName', Value: 'kinesis-rest-proxy-dev-clicks' },
        { Name: 'ConsumerName', Value: 'a.b' },
      ],
      Threshold: 12 * 3_600_000,
      TreatMissingData: 'ignore',
    });
  });
});

describe('alarms', () => {
  const topic = 'arn:aws:sns:us-east-1:000000000000:alarms';
  const { Resources } = template(
    { orders: { retentionHours: 72, streamName: 'o' } },
    { alarmTopicArn: topic },
  );
  const Dimensions = [{ Name: 'StreamName', Value: 'o' }];

  test.each<[string, object]>([
    [
      'OrdersIteratorAgeAlarm',
      {
        AlarmDescription:
          'kinesis-rest-proxy-dev: A reader of orders is 36 hours behind, half of what the stream keeps: soon records are lost unread',
        MetricName: 'GetRecords.IteratorAgeMilliseconds',
        Statistic: 'Maximum',
        Threshold: 36 * 3_600_000,
        TreatMissingData: 'ignore',
      },
    ],
    [
      'OrdersRefusedWritesAlarm',
      {
        MetricName: 'WriteProvisionedThroughputExceeded',
        Statistic: 'Sum',
        Threshold: 0,
        DatapointsToAlarm: 3,
        EvaluationPeriods: 5,
        TreatMissingData: 'notBreaching',
      },
    ],
    [
      'OrdersRefusedReadsAlarm',
      {
        MetricName: 'ReadProvisionedThroughputExceeded',
        Threshold: 0,
        DatapointsToAlarm: 15,
        EvaluationPeriods: 15,
        TreatMissingData: 'notBreaching',
      },
    ],
  ])('%s', (id, properties) => {
    expect(Resources[id]?.Properties).toMatchObject({
      Namespace: 'AWS/Kinesis',
      Dimensions,
      Period: 60,
      AlarmActions: [topic],
      OKActions: [topic],
      ...properties,
    });
  });
});

test('the dashboard has a row with a line for each stream, and their alarms, 100 a widget', () => {
  const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
  const compiled = template(Object.fromEntries(names.map((name) => [name, {}])));
  const stack = {
    template: compiled,
    physicalIds: {},
    partition: 'aws',
    accountId: '000000000000',
  };
  const { DashboardBody } = (compiled.Resources.Dashboard?.Properties ?? {}) as {
    DashboardBody?: unknown;
  };
  const body = resolve(DashboardBody, { region: 'us-east-1' } as Target, stack as never);
  const widgets: {
    type: string;
    properties: { title: string; metrics?: object[]; alarms?: string[] };
  }[] = JSON.parse(String(body)).widgets;

  const row = widgets.filter(({ properties }) => properties.title.endsWith('by declared stream'));
  expect(row.map(({ properties }) => properties.metrics?.length)).toEqual([40, 40, 40]);
  const alarms = widgets.flatMap(({ properties }) => properties.alarms?.length ?? []);
  expect(Math.max(...alarms)).toBeLessThanOrEqual(100);
  expect(alarms.reduce((sum, count) => sum + count, 0)).toBe(
    Object.keys(ofType(compiled.Resources, 'AWS::CloudWatch::Alarm')).length,
  );
});

describe('keys of your own', () => {
  const streams: Streams = {
    orders: { kmsKeyArn: KEY },
    clicks: { kmsKeyArn: KEY, senders: [] },
    theirs: { existing: true, kmsKeyArn: OTHER_KEY },
  };
  interface Statement {
    readonly Action: readonly string[];
    readonly Resource: unknown;
    readonly Condition?: object;
  }
  const onKeys = (role: CompiledResource | undefined): Statement[] =>
    JSON.parse(JSON.stringify(role?.Properties)).Policies[0].PolicyDocument.Statement.filter(
      ({ Action }: Statement) => [Action].flat().some((action) => action.startsWith('kms:')),
    );
  const Condition = {
    StringLike: { 'kms:ViaService': { 'Fn::Sub': 'kinesis.${AWS::Region}.amazonaws.com*' } },
  };

  test('the event endpoints may encrypt with them, through Kinesis alone', () => {
    expect(onKeys(template(streams).Resources.EventsRole)).toEqual([
      { Effect: 'Allow', Action: ['kms:GenerateDataKey'], Resource: [KEY, OTHER_KEY], Condition },
    ]);
    expect(onKeys(template({ orders: {} }).Resources.EventsRole)).toEqual([]);
  });

  test("the API's role may write and read with them, besides those of kmsKeyArns", () => {
    expect(onKeys(template(streams).Resources.KinesisRole)).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: [KEY, OTHER_KEY],
        Condition,
      },
    ]);
    const third = KEY.replace('1111-', '2222-');
    expect(
      onKeys(template(streams, { kmsKeyArns: third }).Resources.KinesisRole)[0]?.Resource,
    ).toEqual({
      'Fn::Split': [',', [third, KEY, OTHER_KEY].join(',')],
    });
  });

  test('the canary may encrypt its streams with them', () => {
    const { CanaryRole } = canaryTemplate({}, declaredOnDev(streams)).Resources;
    expect(onKeys(CanaryRole)).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey'],
        Resource: [KEY, OTHER_KEY],
        Condition,
      },
    ]);
    expect(JSON.stringify(CanaryRole)).toContain('kinesis:StartStreamEncryption');
  });
});

test('the embedded AWS makes the streams as they are declared', async () => {
  const { sdk } = await deployInProcess({}, undefined, undefined, undefined, {
    orders: {
      shards: 2,
      retentionHours: 72,
      kmsKeyArn: KEY,
      maxRecordSizeKiB: 2_048,
      consumers: ['fraud', 'search'],
      tags: { team: 'shop' },
    },
    clicks: { shards: 'on-demand', streamName: 'clicks' },
  });
  const kinesis = new KinesisClient(sdk());
  const summary = async (StreamName: string) =>
    (await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }))).StreamDescriptionSummary;

  const orders = await summary('kinesis-rest-proxy-dev-orders');
  expect(orders).toMatchObject({
    OpenShardCount: 2,
    RetentionPeriodHours: 72,
    EncryptionType: 'KMS',
    KeyId: KEY,
    ConsumerCount: 2,
    MaxRecordSizeInKiB: 2_048,
  });
  expect(await summary('clicks')).toMatchObject({
    StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    KeyId: 'alias/aws/kinesis',
  });
  const { Tags } = await kinesis.send(
    new ListTagsForResourceCommand({ ResourceARN: orders?.StreamARN }),
  );
  expect(Tags).toEqual(expect.arrayContaining([{ Key: 'team', Value: 'shop' }]));
});
