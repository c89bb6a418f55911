import { listShards, placeOfKey } from '../../../../hooks/viewer/reader/shards';
import { listStreams, matches, nameOfStream } from '../../../../hooks/viewer/reader/streams';
import { HALF, testKinesis } from '../support';

const ofStage = (pattern: string, ...declared: string[]) => ({
  pattern,
  declared: declared.map((name) => ({ name, streamName: `shop-dev-${name}` })),
});

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
  const streams = await listStreams(context.kinesis, ofStage('dev-*'));
  expect(streams).toHaveLength(120);
  expect(streams.every(({ name }) => name.startsWith('dev-'))).toBe(true);
});

test('a stream of another stage is refused by name', () => {
  expect(() => nameOfStream(ofStage('dev-*'), 'prod-1')).toThrow(
    "'prod-1' does not belong to this stage",
  );
});

test('declared streams are listed with the names they are declared by, whatever the pattern', async () => {
  const { context, create } = testKinesis();
  for (const name of ['dev-1', 'prod-1', 'shop-dev-clicks']) await create(name, 1);
  const streams = await listStreams(context.kinesis, ofStage('dev-*', 'clicks', 'undeployed'));
  expect(streams.map(({ name, declared }) => [name, declared])).toEqual([
    ['dev-1', undefined],
    ['shop-dev-clicks', 'clicks'],
  ]);
});

test.each([
  ['by the name of its declaration', 'clicks', 'shop-dev-clicks'],
  ['by its name in Kinesis', 'shop-dev-clicks', 'shop-dev-clicks'],
  [
    'by its ARN',
    'arn:aws:kinesis:eu-west-1:123456789012:stream/shop-dev-clicks',
    'shop-dev-clicks',
  ],
])('a declared stream is found %s', (_, text, name) => {
  expect(nameOfStream(ofStage('dev-*', 'clicks'), text)).toBe(name);
});

test('a name that is declared and in Kinesis too is the declared stream, the ARN the other', () => {
  const both = ofStage('*', 'orders');
  expect(nameOfStream(both, 'orders')).toBe('shop-dev-orders');
  expect(nameOfStream(both, 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders')).toBe('orders');
});

test('a mistyped name is refused with those that are declared', () => {
  expect(() => nameOfStream(ofStage('dev-*', 'clicks', 'orders'), 'order')).toThrow(
    /'order' does not belong .* streams\.ts declares clicks, orders\./,
  );
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
