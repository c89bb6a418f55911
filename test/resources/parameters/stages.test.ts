import type { AWS } from 'serverless';
import { checkParameters } from '../../../resources/parameters/check';
import {
  checkRows,
  checkSpelling,
  type Row,
  type StageRows,
  stages,
} from '../../../resources/parameters/stages';

/** The values that the framework finds for a stage. */
const valuesOf = (rows: StageRows, stage: string) => ({ ...rows.default, ...rows[stage] });

test('without rows of your own there are those that the project has', () => {
  const rows = stages();
  expect(Object.keys(rows)).toEqual(['default', 'prod', 'local']);
  for (const stage of Object.keys(rows)) {
    expect(() => checkParameters(valuesOf(rows, stage))).not.toThrow();
  }
});

test('a row of prod leaves it without the routes that create and delete streams', () => {
  const rows = stages({ prod: { streams: 'orders-*' } });
  expect(valuesOf(rows, 'prod')).toMatchObject({ streams: 'orders-*', manageStreams: 'false' });
});

test('a row of local leaves it open, at its own address', () => {
  const rows = stages({ local: { throttleRate: 5 } });
  expect(valuesOf(rows, 'local')).toMatchObject({
    throttleRate: 5,
    authorization: 'NONE',
    invokeUrl: expect.stringContaining('/_aws/execute-api/'),
  });
});

test('what all stages have in common stands in the row default', () => {
  const rows = stages({ default: { authorization: 'API_KEY', streams: 'a-*' }, dev: {} });
  expect(valuesOf(rows, 'dev')).toMatchObject({ authorization: 'API_KEY', streams: 'a-*' });
  expect(valuesOf(rows, 'prod')).toMatchObject({
    authorization: 'API_KEY',
    manageStreams: 'false',
  });
  expect(valuesOf(rows, 'local')).toMatchObject({ authorization: 'NONE' });
});

test('a value that is not there takes nothing away', () => {
  const rows = stages({ prod: { manageStreams: undefined } });
  expect(valuesOf(rows, 'prod')).toMatchObject({ manageStreams: 'false' });
});

test('a stage may say the contrary, in so many words', () => {
  const rows = stages({ prod: { manageStreams: true } });
  expect(valuesOf(rows, 'prod')).toMatchObject({ manageStreams: 'true' });
});

test('what is misspelt or out of range does not compile, and is refused when it runs', () => {
  // @ts-expect-error no parameter has this name
  expect(() => stages({ dev: { stream: 'orders-*' } })).toThrow(
    "serverless.ts, params.dev: Unknown parameter 'stream'. Did you mean 'streams'?",
  );
  // @ts-expect-error nor is this a way to authorize
  expect(() => stages({ dev: { authorization: 'IAM' } })).toThrow(
    'It takes AWS_IAM, API_KEY, NONE, COGNITO or LAMBDA',
  );
  // @ts-expect-error CloudWatch Logs does not know this number
  expect(() => stages({ dev: { logRetentionDays: 31 } })).toThrow('It takes one of the numbers');
  // @ts-expect-error no number
  expect(() => stages({ dev: { throttleRate: 'many' } })).toThrow('It takes a whole number');
  // @ts-expect-error neither true nor false
  expect(() => stages({ dev: { protected: 'yes' } })).toThrow('It takes true or false');
  // @ts-expect-error nothing
  expect(() => stages({ dev: { streams: null } })).toThrow("'streams' has no value");
  // @ts-expect-error no row
  expect(() => stages({ dev: 'orders' })).toThrow('params.dev is not an object');
  expect(() => stages({ dev: { throttleRate: 0 } })).toThrow('It takes a whole number');
  expect(() => stages({ 'dev/1': {} })).toThrow("Stage 'dev/1' cannot be deployed");
});

test('rows are made by stages() and not by hand: what is not merged does not compile', () => {
  type Service = AWS & { params: StageRows };
  const row: Row = { streams: 'orders-*' };
  // @ts-expect-error the row would replace what prod has anyway
  const spread: Service['params'] = { ...stages(), prod: row };
  // @ts-expect-error no defaults
  const written: Service['params'] = { prod: row };
  // @ts-expect-error not when it is read either
  const read: Service['params'] = JSON.parse('{}') as Record<string, Record<string, unknown>>;

  expect(() => checkRows(spread)).toThrow(
    "serverless.ts: params.prod has lost its 'manageStreams'. Set it with kinesisRestProxy({ stages: { prod: { … } } })",
  );
  expect(() => checkRows(written)).toThrow("params.default has lost its 'streams'");
  expect(() => checkRows(read)).toThrow("params.default has lost its 'streams'");
  expect(() => checkRows(undefined)).toThrow(
    'params is not an object. Write kinesisRestProxy({ stages: { … } }).',
  );
  expect(() => checkRows({ ...stages(), local: {} })).toThrow("has lost its 'authorization'");
});

test.each([
  [{ qa: { stream: 'x' } }, "params.qa: Unknown parameter 'stream'."],
  [{ qa: { streams: '' } }, "params.qa: Parameter 'streams' is ''."],
  [{ qa: { streams: ['a'] } }, "params.qa: Parameter 'streams' has no value."],
  [{ qa: [] }, 'params.qa is not an object'],
])('rows of stages that are not at hand are looked at as well: %j', (rows, message) => {
  expect(() => checkRows({ ...stages(), ...rows })).toThrow(message);
});

test('what the framework has not filled in for other stages is left alone', () => {
  expect(() =>
    checkRows({ ...stages(), qa: { throttleRate: '${env:RATE}', streams: "${env:S, '*'}" } }),
  ).not.toThrow();
});

test('a stage that differs from a row in upper and lower case only is refused', () => {
  expect(() => checkSpelling('Prod', stages())).toThrow('Did you mean --stage prod?');
  for (const stage of ['prod', 'dev', 'constructor']) {
    expect(() => checkSpelling(stage, stages())).not.toThrow();
  }
});
