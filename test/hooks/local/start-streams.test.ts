import path from 'node:path';
import { HookError } from '../../../hooks/framework';
import { startStreamsOf } from '../../../hooks/local/start-streams';
import { declaredStreams } from '../../../resources/streams/declared';

const declared = declaredStreams(
  { orders: { streamName: 'shop-orders', senders: ['text'] } },
  { stage: 'local', folder: path.join(__dirname, '..', '..', 'fixtures', 'events') },
);

test('none unless they are asked for', () => {
  expect(startStreamsOf(undefined, undefined, declared)).toBeUndefined();
});

test('the configuration in the words of the command line, which replaces it', () => {
  const configured = { clicks: 2, audit: 'on-demand' };

  expect(startStreamsOf(configured, undefined, declared)).toBe('clicks:2,audit:on-demand');
  expect(startStreamsOf(configured, 'orders', declared)).toBe('orders');
});

test.each([
  [undefined, 'clicks, shop-orders:2', '--streams names shop-orders, which streams.ts declares'],
  [{ 'shop-orders': 1 }, undefined, 'custom.local.streams names shop-orders'],
])('a stream that the deployment creates is not created before: %j %j', (...given) => {
  const [configured, option, message] = given;

  expect(() => startStreamsOf(configured, option, declared)).toThrow(HookError);
  expect(() => startStreamsOf(configured, option, declared)).toThrow(message);
});

test.each([['orders:2'], [['orders']], [7], [null]])(
  'refuses the configuration %j',
  (configured) => {
    expect(() => startStreamsOf(configured, undefined, [])).toThrow(
      'custom.local.streams takes shards by the names of streams',
    );
  },
);
