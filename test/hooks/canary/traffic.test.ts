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
    { at: 60_000, requests: 3, clientErrors: 2, modelRefusals: 0 },
    { at: 120_000, requests: 1, clientErrors: 0, modelRefusals: 0 },
    { at: 180_000, requests: 1, clientErrors: 0, modelRefusals: 0 },
  ]);
});

test.each([
  ['a model', 400, 'BadRequestException', 1],
  ['Kinesis', 400, undefined, 0],
  ['API Gateway, for the content type', 415, 'BadRequestException', 0],
])('a refusal by %s (%i, %s) counts %i', async (_who, status, type, expected) => {
  const headers = new Headers(type ? { 'x-amzn-ErrorType': type } : {});
  const { transport, minutes } = counted(async () => new Response(null, { status, headers }));

  await transport('http://127.0.0.1');

  expect(minutes()).toMatchObject([{ clientErrors: 1, modelRefusals: expected }]);
});

test('a request without an answer is not counted', async () => {
  const { transport, minutes } = counted(() => Promise.reject(new Error('reset')));

  await expect(transport('http://127.0.0.1')).rejects.toThrow('reset');

  expect(minutes()).toEqual([]);
});
