import type { Answer } from '../bench/client/response-reader';
import { sendSteadily } from '../bench/client/steady';

/** Senders whose answers take some milliseconds. */
function senders(count: number, afterMs: number, status = 200) {
  const sent: string[] = [];
  const one = {
    send: (request: Buffer) => {
      sent.push(request.toString());
      return new Promise<Answer>((resolve) => {
        setTimeout(() => resolve({ status, body: Buffer.from('why'), isLast: false }), afterMs);
      });
    },
  };
  return { sent, all: Array.from({ length: count }, () => one) };
}

const RATE = { requests: [Buffer.from('a'), Buffer.from('b')], perSecond: 100, milliseconds: 100 };

test('as many requests are sent as a rate and a time ask for, in turn', async () => {
  const { sent, all } = senders(8, 0);
  await sendSteadily(all, RATE);
  expect(sent.join('')).toBe('ababababab');
});

test('a request that waits for a slow one before it is measured from when it was due', async () => {
  // Due every ten milliseconds, answered after twenty: the last of ten is a hundred late.
  const { p50, p99, perSecond } = await sendSteadily(senders(1, 20).all, RATE);
  expect(p99).toBeGreaterThan(100);
  expect(p50).toBeLessThan(p99);
  expect(perSecond).toBeLessThan(60);
});

test('an answer that is not a 200 ends it, with what it says', async () => {
  await expect(sendSteadily(senders(2, 0, 500).all, RATE)).rejects.toThrow('Status 500: why');
});
