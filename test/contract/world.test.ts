import type { Api } from './api';
import { sweep } from './sweep';
import { OwnWorld, WITHIN_MS } from './world';

const api: Api = { invokeUrl: 'https://api.example/dev', sign: async (request) => request };

/** A stage whose streams never come, and never go. */
function stuckStage() {
  return jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const { method, url } = input as Request;
    if (method !== 'GET') return Response.json({});
    if (new URL(url).pathname === '/dev/streams') {
      return Response.json({ StreamNames: ['contract-a-run-000'] });
    }
    return Response.json({ StreamDescription: { StreamStatus: 'CREATING' } });
  });
}

let fetched: jest.SpyInstance;
beforeEach(() => {
  fetched = stuckStage();
});
afterEach(() => fetched.mockRestore());

test('a stream that never comes is waited for so long, and then told', async () => {
  const world = new OwnWorld(api, 1, 'a-run', 20);
  await expect(world.prepare()).rejects.toThrow(
    'Waited 0.02 s in vain for the stream contract-a-run-000 to be ACTIVE.',
  );
});

test('one that never goes too, whichever it is', async () => {
  const world = new OwnWorld(api, 1, 'a-run', 20);
  await expect(world.remove()).rejects.toMatchObject({
    errors: [
      { message: expect.stringContaining('000 to be gone') },
      { message: expect.stringContaining('001 to be gone') },
    ],
  });
});

test('a sweep ends, and names what is left', async () => {
  await expect(sweep(api, 'a-run', 20)).rejects.toThrow(
    'still there after 0.02 s: contract-a-run-000',
  );
});

test("no test's time is up before it is told", () => {
  // As in ../support/patience.ts.
  expect(WITHIN_MS).toBeLessThan(180_000);
});
