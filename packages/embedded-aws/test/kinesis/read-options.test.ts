import { readKinesisOptions } from '../../src/kinesis/read-options';

const read = (options: unknown) => readKinesisOptions(options, 'kinesis');

test('accepts all options', () => {
  const options = {
    createMs: 0,
    deleteMs: 1.5,
    updateMs: 2,
    shardLimit: 10,
    onDemandStreamLimit: 1,
    enforceThroughput: true,
    enforceQuotas: false,
    faults: {
      seed: 3,
      rules: [
        {
          streams: 'orders-*',
          actions: ['PutRecord', 'SubscribeToShard'],
          latencyMs: [10, 20],
          errorRate: 0.1,
          error: { code: 'ServiceUnavailable', message: 'Later.', status: 503 },
          throttleRate: 1,
        },
        { latencyMs: 5 },
      ],
    },
  };

  expect(read(options)).toEqual(options);
});

test('null counts as absent', () => {
  expect(read({ createMs: null, faults: { rules: null } })).toEqual({ faults: { rules: [] } });
});

test.each([
  [[], 'kinesis must be an object, and not [].'],
  [
    { fautls: {} },
    'kinesis.fautls is not an option. kinesis takes: createMs, deleteMs, updateMs, shardLimit, onDemandStreamLimit, enforceThroughput, enforceQuotas, faults.',
  ],
  [JSON.parse('{"__proto__": 1}'), 'kinesis.__proto__ is not an option.'],
  [{ constructor: 1 }, 'kinesis.constructor is not an option.'],
  [{ createMs: -1 }, 'kinesis.createMs must be milliseconds, 0 or more, and not -1.'],
  [{ createMs: 1e12 }, 'kinesis.createMs must be milliseconds, 0 or more, and not 1000000000000.'],
  [{ shardLimit: 1.5 }, 'kinesis.shardLimit must be a whole number, 0 or more, and not 1.5.'],
  [{ enforceQuotas: 'yes' }, 'kinesis.enforceQuotas must be true or false, and not "yes".'],
  [{ faults: { rules: {} } }, 'kinesis.faults.rules must be a list, and not {}.'],
  [
    { faults: { rules: [{}, { throttleRate: 2 }] } },
    'kinesis.faults.rules[1].throttleRate must be a number from 0 to 1, and not 2.',
  ],
  [
    { faults: { rules: [{ actions: ['PutRecrod'] }] } },
    'kinesis.faults.rules[0].actions[0] must be an action of Kinesis, such as PutRecord, and not "PutRecrod".',
  ],
  [
    { faults: { rules: [{ latencyMs: [20, 10] }] } },
    'kinesis.faults.rules[0].latencyMs must be milliseconds, or [min, max], and not [20,10].',
  ],
  [
    { faults: { rules: [{ error: { status: 503 } }] } },
    'kinesis.faults.rules[0].error.code must be a text that is not empty, and not undefined.',
  ],
  [
    { faults: { rules: [{ error: { code: 'X', status: 200 } }] } },
    'kinesis.faults.rules[0].error.status must be an HTTP status, 400 to 599, and not 200.',
  ],
  [{ faults: { rules: [{ streams: '' }] } }, 'streams must be a text that is not empty'],
])('refuses %j', (options, message) => {
  expect(() => read(options)).toThrow(message);
});
