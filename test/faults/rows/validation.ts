import type { CheckName } from '../../../hooks/verify/checks';
import { logicalIds } from '../../../resources/logical-ids';
import { type Damage, properties } from '../damage';
import type { Fault } from '../fault';

const schema = (id: string, change: (schema: Schema) => void): Damage => {
  return (template) => change(properties<{ Schema: Schema }>(template, id).Schema);
};

interface Schema {
  required?: string[];
  additionalProperties?: boolean;
  properties: Record<string, Schema>;
  items?: Schema;
  [keyword: string]: unknown;
}

type Edge = readonly [
  id: string,
  broken: string,
  model: string,
  action: 'PutRecord' | 'PutRecords',
  caughtBy: CheckName,
  change: (record: Record<string, Schema>, batch: Schema) => void,
];

/** A model that is wrong by one, or looks at one member less. */
const EDGES: readonly Edge[] = [
  ...(
    [
      ['PutRecordModel', 'PutRecord', 'PartitionKey', 'ExplicitHashKey', 'PutRecord'],
      ['PutRecordKinesisModel', 'PutRecord', 'PartitionKey', 'ExplicitHashKey', 'KinesisJson'],
      ['PutRecordsModel', 'PutRecords', 'partition-key', 'explicit-hash-key', 'PutRecords'],
      [
        'PutRecordsKinesisModel',
        'PutRecords',
        'PartitionKey',
        'ExplicitHashKey',
        'KinesisJsonBatch',
      ],
    ] as const
  ).flatMap(([model, action, key, hashKey, taken]): Edge[] => [
    [
      'short-keys',
      `refuses a key of 256 characters`,
      model,
      action,
      taken,
      (record) => {
        record[key] = { type: 'string', minLength: 1, maxLength: 255 } as unknown as Schema;
      },
    ],
    [
      'long-keys',
      'takes a key of 257 characters',
      model,
      action,
      `${action}Refusals`,
      (record) => {
        record[key] = { type: 'string', minLength: 1 } as unknown as Schema;
      },
    ],
    [
      'empty-keys',
      'takes an empty key',
      model,
      action,
      `${action}Refusals`,
      (record) => {
        record[key] = { type: 'string', maxLength: 256 } as unknown as Schema;
      },
    ],
    [
      'hash-keys',
      'takes a hash key with a zero before it',
      model,
      action,
      `${action}Refusals`,
      (record) => {
        record[hashKey] = { type: 'string', pattern: '^[0-9]+$' } as unknown as Schema;
      },
    ],
  ]),
  ...(['PutRecordsModel', 'PutRecordsKinesisModel'] as const).flatMap((model): Edge[] => [
    [
      'largest',
      'refuses a batch of 500',
      model,
      'PutRecords',
      model === 'PutRecordsModel' ? 'FullBatch' : 'FullKinesisBatch',
      (_, batch) => {
        batch.maxItems = 499;
      },
    ],
    [
      'too-large',
      'takes a batch of 501',
      model,
      'PutRecords',
      'PutRecordsRefusals',
      (_, batch) => {
        batch.maxItems = 501;
      },
    ],
  ]),
];

const edges = EDGES.map(
  ([id, broken, model, action, caughtBy, change]): Fault => ({
    id: `model-${model}-${id}`,
    class: 'validation',
    broken: `${model} ${broken}`,
    blames: action,
    caughtBy: [caughtBy],
    mayFail: 'any',
    template: schema(model, ({ properties: members }) => {
      const batch = members.records ?? members.Records;
      change(batch?.items?.properties ?? members, batch as Schema);
    }),
  }),
);

/** Faults of the validation before Kinesis is called. */
export const validationFaults: readonly Fault[] = [
  {
    id: 'no-body-validation',
    class: 'validation',
    broken: 'The validator does not look at bodies',
    blames: 'PutRecord',
    caughtBy: ['PutRecordRefusals', 'PutRecordsRefusals', 'CreateStreamRefusals'],
    template: (template) => {
      properties(template, logicalIds.requestValidator).ValidateRequestBody = false;
    },
  },
  {
    id: 'no-parameter-validation',
    class: 'validation',
    broken: 'The validator does not look at parameters',
    blames: 'GetShardIterator',
    caughtBy: ['MissingShard'],
    template: (template) => {
      properties(template, logicalIds.requestValidator).ValidateRequestParameters = false;
    },
  },
  {
    id: 'model-PutRecord-lax',
    class: 'validation',
    broken: "PutRecord's model does not require PartitionKey",
    blames: 'PutRecord',
    caughtBy: ['PutRecordRefusals'],
    template: schema('PutRecordModel', (model) => {
      model.required = ['Data'];
    }),
  },
  {
    id: 'model-PutRecord-hash-key',
    class: 'validation',
    broken: "PutRecord's model takes any text as ExplicitHashKey",
    blames: 'PutRecord',
    caughtBy: ['PutRecordRefusals'],
    template: schema('PutRecordModel', ({ properties: members }) => {
      members.ExplicitHashKey = { type: 'string' } as unknown as Schema;
    }),
  },
  {
    id: 'model-PutRecords-lax',
    class: 'validation',
    broken: "PutRecords's model takes more than 500 records",
    blames: 'PutRecords',
    caughtBy: ['PutRecordsRefusals'],
    template: schema('PutRecordsModel', ({ properties: { records } }) => {
      delete records?.maxItems;
    }),
  },
  {
    id: 'model-CreateStream-lax',
    class: 'validation',
    broken: "CreateStream's model takes any ShardCount",
    blames: 'CreateStream',
    caughtBy: ['CreateStreamRefusals'],
    template: schema('CreateStreamModel', ({ properties: members }) => {
      members.ShardCount = {} as Schema;
    }),
  },
  {
    id: 'model-PutRecord-strict',
    class: 'validation',
    broken: "PutRecord's model refuses members that it does not know, as the lesson's StreamName",
    blames: 'PutRecord',
    caughtBy: ['PutRecord'],
    template: schema('PutRecordModel', (model) => {
      model.additionalProperties = false;
    }),
  },
  {
    id: 'model-CreateStream-strict',
    class: 'validation',
    broken: "CreateStream's model requires ShardCount, so the default is out of reach",
    blames: 'CreateStream',
    caughtBy: ['CreateStreamDefaults'],
    template: schema('CreateStreamModel', (model) => {
      model.required = ['ShardCount'];
    }),
  },
  ...edges,
];
