import { listShards, placeOfKey } from '../../../../hooks/viewer/reader/shards';
import { listStreams, matches, requireOfStage } from '../../../../hooks/viewer/reader/streams';
import { HALF, testKinesis } from '../support';

test.each([
  ['*', 'orders', true],
  ['orders', 'orders', true],
  ['orders', 'orders-2', false],
  ['orders-*', 'orders-eu', true],
  ['orders-*', 'returns-eu', false],
  ['order?', 'orders', true],
  ['order?', 'order', false],
  ['a.b', 'axb', false],
])('the pattern %s and the stream %s: %s', (pattern, name, expected) => {
  expect(matches(pattern, name)).toBe(expected);
});

test("all of the stage's streams are listed, and no others", async () => {
  const { context, create } = testKinesis();
  // More than Kinesis lists at once.
  for (let index = 0; index < 120; index++) await create(`dev-${index}`, 1);
  await create('prod-1', 1);
  const streams = await listStreams(context.kinesis, 'dev-*');
  expect(streams).toHaveLength(120);
  expect(streams.every(({ name }) => name.startsWith('dev-'))).toBe(true);
});

test('a stream of another stage is refused by name', () => {
  expect(() => requireOfStage('dev-*', 'prod-1')).toThrow("'prod-1' does not belong to this stage");
});

test('closed shards are listed with their children, open ones take the key first', async () => {
  const { context, create, split } = testKinesis();
  await create('orders', 1);
  await split('orders', 'shardId-000000000000', HALF);
  const shards = await listShards(context.kinesis, 'orders');
  expect(shards.map(({ id, closed, parents }) => [id.at(-1), closed, parents.length])).toEqual([
    ['0', true, 0],
    ['1', false, 1],
    ['2', false, 1],
  ]);
  // MD5 of 'a' is 0cc1…, of 'b' 92eb…
  expect(placeOfKey(shards, 'a').shardIds.map((id) => id.at(-1))).toEqual(['1', '0']);
  expect(placeOfKey(shards, 'b').shardIds.map((id) => id.at(-1))).toEqual(['2', '0']);
});

test('many shards are listed page by page', async () => {
  const { context, create } = testKinesis();
  await create('wide', 1_500);
  expect(await listShards(context.kinesis, 'wide')).toHaveLength(1_500);
});
