import { counted } from '../../../hooks/canary/traffic';

test('requests are counted by the minute in which they were answered', async () => {
  const answers = [200, 404, 403, 500, 200];
  const times = [60_000, 61_000, 119_999, 120_000, 180_001];
  const { transport, minutes } = counted(
    async () => new Response(null, { status: answers.shift() ?? 0 }),
    () => times[4 - answers.length] ?? 0,
  );

  while (answers.length > 0) await transport('http://127.0.0.1');

  expect(minutes()).toEqual([
    { at: 60_000, requests: 3, clientErrors: 2 },
    { at: 120_000, requests: 1, clientErrors: 0 },
    { at: 180_000, requests: 1, clientErrors: 0 },
  ]);
});

test('a request without an answer is not counted', async () => {
  const { transport, minutes } = counted(() => Promise.reject(new Error('reset')));

  await expect(transport('http://127.0.0.1')).rejects.toThrow('reset');

  expect(minutes()).toEqual([]);
});
