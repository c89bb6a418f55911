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

/** What is refused before Kinesis is called. */
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
];
