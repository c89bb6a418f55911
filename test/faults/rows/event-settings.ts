import { UpdateIntegrationCommand } from '@aws-sdk/client-api-gateway';
import {
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  type KinesisClient,
  StartStreamEncryptionCommand,
  StopStreamEncryptionCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { logicalIds } from '../../../resources/logical-ids';
import type { Streams } from '../../../resources/streams/declaration';
import { type ByHand, changeStage, physicalId, replace } from '../by-hand';
import { type Damage, properties } from '../damage';
import type { Fault } from '../fault';

// What surrounds the event endpoints: the role, the stage's settings, the streams themselves.

/** Where consumers read: nothing may be stored, whatever is broken. */
const STREAMS = { orders: {}, others: { senders: ['json'] } } as const satisfies Streams;
const LIMITED = { orders: { throttle: { rate: 5, burst: 10 } } } as const satisfies Streams;

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555551';
const OTHER_KEY = KEY.replace(/1$/, '2');
const KEYED = { orders: { kmsKeyArn: KEY } } as const satisfies Streams;

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

/** Changes the statements of the event endpoints' role. */
const statements =
  (change: (statement: Statement) => Statement | undefined): Damage =>
  (template) => {
    const role = properties<{ Policies: { PolicyDocument: { Statement: Statement[] } }[] }>(
      template,
      logicalIds.eventsRole,
    );
    for (const { PolicyDocument: document } of role.Policies) {
      document.Statement = document.Statement.flatMap((statement) => change(statement) ?? []);
    }
  };

const ofKinesis = ({ Action }: Statement) => String(Action).startsWith('kinesis:');

const event = { class: 'event', streams: STREAMS } as const;

/** The role of the event endpoints is too narrow or too wide. */
const ROLE: readonly Fault[] = [
  {
    ...event,
    id: 'event-role-narrow',
    broken: '/events/orders: the role may not write to one of the streams',
    blames: '/events/orders',
    caughtBy: ['events/Role', 'events/orders/Reaches'],
    mayFail: ['events/orders/batch/Reaches'],
    template: statements((statement) => {
      const arns = [statement.Resource].flat();
      const Resource = arns.filter((arn) => !JSON.stringify(arn).includes('-orders'));
      if (!ofKinesis(statement)) return statement;
      return Resource.length > 0 ? { ...statement, Resource } : undefined;
    }),
  },
  {
    ...event,
    id: 'event-role-wide',
    broken: 'The role of the event endpoints may write to every stream',
    blames: { says: logicalIds.eventsRole },
    caughtBy: ['events/Role', 'Repository'],
    comparesCheckout: true,
    template: statements((statement) =>
      ofKinesis(statement) ? { ...statement, Resource: '*' } : statement,
    ),
  },
  {
    ...event,
    id: 'event-role-batches',
    broken: 'The role of the event endpoints may write batches to a stream that takes none',
    blames: { says: 'may PutRecords on the stream kinesis-rest-proxy-dev-others' },
    caughtBy: ['events/Role'],
    template: statements((statement) =>
      ofKinesis(statement)
        ? { ...statement, Action: ['kinesis:PutRecord', 'kinesis:PutRecords'] }
        : statement,
    ),
  },
  {
    ...event,
    id: 'event-role-deletes',
    broken: 'The role of the event endpoints may do all that Kinesis can do to their streams',
    blames: { says: 'may GetRecords on the stream kinesis-rest-proxy-dev-orders' },
    caughtBy: ['events/Role'],
    template: statements((statement) =>
      ofKinesis(statement) ? { ...statement, Action: 'kinesis:*' } : statement,
    ),
  },
  {
    ...event,
    id: 'event-role-of-the-api',
    broken:
      '/events/orders: it acts as the role of the other endpoints, which reaches every stream',
    blames: { says: 'which no endpoint of it needs' },
    caughtBy: ['events/Role'],
    template: (template) => {
      const method = properties<{ Integration: { Credentials: unknown } }>(
        template,
        logicalIds.eventMethod('/events/orders'),
      );
      method.Integration.Credentials = { 'Fn::GetAtt': [logicalIds.role, 'Arn'] };
    },
  },
  {
    ...event,
    id: 'event-role-without-key',
    broken: 'The role of the event endpoints may not use the key of one of their streams',
    blames: { says: `lacks kms:GenerateDataKey on the key ${KEY}` },
    caughtBy: ['events/Role'],
    mayFail: ['events/orders/Reaches', 'events/orders/batch/Reaches'],
    streams: KEYED,
    template: statements((statement) => (ofKinesis(statement) ? statement : undefined)),
  },
];

/** Changes the stream `orders`, and waits until it is as it was told. */
const changeStream =
  (change: (kinesis: KinesisClient, StreamName: string) => Promise<unknown>): ByHand =>
  async (stage) => {
    const StreamName = physicalId(stage, logicalIds.stream('orders'));
    await change(stage.kinesis, StreamName);
    const summary = () => stage.kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    const isActive = async () =>
      (await summary()).StreamDescriptionSummary?.StreamStatus === 'ACTIVE';
    while (!(await isActive()));
  };

/** Streams and endpoints changed by hand. */
const BY_HAND: readonly Fault[] = [
  {
    id: 'event-console-retention',
    class: 'event',
    broken: 'The retention of a declared stream is changed by hand',
    blames: { says: 'retentionHours' },
    caughtBy: ['Drift'],
    streams: STREAMS,
    byHand: changeStream((kinesis, StreamName) =>
      kinesis.send(
        new IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }),
      ),
    ),
  },
  {
    id: 'event-console-shards',
    class: 'event',
    broken: 'A declared stream is resharded by hand',
    blames: { says: 'shards' },
    caughtBy: ['Drift'],
    streams: STREAMS,
    byHand: changeStream((kinesis, StreamName) =>
      kinesis.send(
        new UpdateShardCountCommand({
          StreamName,
          TargetShardCount: 2,
          ScalingType: 'UNIFORM_SCALING',
        }),
      ),
    ),
  },
  {
    id: 'event-console-encryption',
    class: 'event',
    broken: 'A declared stream is no longer encrypted',
    blames: { says: 'encryption' },
    caughtBy: ['Drift'],
    streams: STREAMS,
    byHand: changeStream((kinesis, StreamName) =>
      kinesis.send(
        new StopStreamEncryptionCommand({
          StreamName,
          EncryptionType: 'KMS',
          KeyId: 'alias/aws/kinesis',
        }),
      ),
    ),
  },
  {
    id: 'event-console-template',
    class: 'event',
    broken: "An event endpoint's template is edited by hand, and not deployed",
    blames: '/events/orders',
    caughtBy: ['Served', 'Drift'],
    streams: STREAMS,
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateIntegrationCommand({
          restApiId: stage.target.restApiId,
          resourceId: physicalId(stage, logicalIds.resource('/events/orders')),
          httpMethod: 'POST',
          patchOperations: replace('/requestTemplates/application~1json', '{"Data": ""}'),
        }),
      );
    },
  },
  {
    id: 'event-console-key',
    class: 'event',
    broken: 'A declared stream is encrypted with another key than its own',
    blames: { says: 'key' },
    caughtBy: ['Drift'],
    streams: KEYED,
    byHand: changeStream((kinesis, StreamName) =>
      kinesis.send(
        new StartStreamEncryptionCommand({ StreamName, EncryptionType: 'KMS', KeyId: OTHER_KEY }),
      ),
    ),
  },
  {
    id: 'event-console-throttle',
    class: 'event',
    broken: 'The throttle of a declared stream is changed by hand',
    blames: { says: 'POST /events/orders: throttlingRateLimit' },
    caughtBy: ['Drift'],
    streams: LIMITED,
    byHand: changeStage(replace('/~1events~1orders/POST/throttling/rateLimit', '500')),
  },
  {
    id: 'event-throttle-missing',
    class: 'event',
    broken: 'The stage has no throttle for a declared stream, and the checkout has one',
    blames: { says: logicalIds.stage },
    caughtBy: ['Repository'],
    streams: LIMITED,
    comparesCheckout: true,
    template: (template) => {
      const stage = properties<{ MethodSettings: { ResourcePath?: string }[] }>(
        template,
        logicalIds.stage,
      );
      stage.MethodSettings = stage.MethodSettings.filter(
        ({ ResourcePath: path }) => !JSON.stringify(path ?? '').includes('events'),
      );
    },
  },
];

/** Every way in which what surrounds the event endpoints can be wrong. */
export const eventSettingFaults: readonly Fault[] = [...ROLE, ...BY_HAND];
