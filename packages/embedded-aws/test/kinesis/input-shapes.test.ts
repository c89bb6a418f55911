import { type ModelException, modelInputs } from '../../src/core/shapes/model';
import type { Shape } from '../../src/core/shapes/shape';
import { OPERATIONS } from '../../src/kinesis/operations';
import data from './input-shapes.json';

/**
 * Where Kinesis does not do what its model says. K = kinesalite's tests, which were recorded on AWS
 * up to 2020.
 */
const EXCEPTIONS: readonly ModelException[] = [
  ...['StartingSequenceNumber', 'SequenceNumberForOrdering'].map((member) => ({
    at: `*.${member}`,
    change: { pattern: '0|([1-9]\\d{0,128})' },
    source: 'K: the text has no anchors',
  })),
  ...['ExplicitHashKey', 'NewStartingHashKey'].map((member) => ({
    at: `*.${member}`,
    change: { pattern: '0|([1-9]\\d{0,38})' },
    source: 'K: the text has no anchors',
  })),
  ...['CreateStream.ShardCount', 'UpdateShardCount.TargetShardCount'].map((at) => ({
    at,
    change: { max: 100_000 },
    source: 'K: createStream.js, updateShardCount.js',
  })),
  {
    at: '*.RetentionPeriodHours',
    change: { min: 1 },
    source: 'K: increaseStreamRetentionPeriod.js, decreaseStreamRetentionPeriod.js',
  },
  {
    at: '*.ResourceARN',
    change: { pattern: 'arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+' },
    source: 'the model until 2026; the embedded AWS has no channels',
  },
];

/** Members that the embedded AWS does not have. */
const ABSENT = ['StreamId'];

/** The constraints of every member: `PutRecords.Records[].Data` → `{ type, max, required }`. */
function constraintsOf(shape: Shape, path: string): [string, unknown][] {
  const { type, min, max, pattern, values, required } = { ...shape } as Partial<
    Record<string, unknown>
  >;
  const own = {
    type,
    required,
    max,
    // The texts of recordings have no anchors, which say nothing where the whole must match.
    pattern: (pattern as string | undefined)?.replace(/^\^\((0\|.*)\)\$$/, '$1'),
    // A length of 0 or more is no constraint.
    min: min === 0 && type !== 'Integer' ? undefined : min,
    values: values && [...(values as string[])].sort(),
  };
  const inside: [string, Shape][] =
    shape.type === 'Structure'
      ? Object.entries(shape.members).map(([name, member]) => [`.${name}`, member])
      : shape.type === 'List'
        ? [['[]', shape.member]]
        : shape.type === 'Map'
          ? [
              ['{key}', shape.key],
              ['{value}', shape.value],
            ]
          : [];
  return [[path, own], ...inside.flatMap(([name, at]) => constraintsOf(at, path + name))];
}

const inputOf = modelInputs(data, EXCEPTIONS);

test.each(Object.entries(OPERATIONS))('%s declares what the model declares', (name, operation) => {
  const members = Object.entries(inputOf(name)?.body ?? {}).filter(
    ([member]) => !ABSENT.includes(member),
  );
  const model: Shape = { type: 'Structure', members: Object.fromEntries(members) };

  expect(Object.fromEntries(constraintsOf(operation.input, name))).toEqual(
    Object.fromEntries(constraintsOf(model, name)),
  );
});
