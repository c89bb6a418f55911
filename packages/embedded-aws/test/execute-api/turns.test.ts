import { Turns } from '../../src/execute-api/turns';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('requests run at once while they are quick', async () => {
  let now = 0;
  const turns = new Turns(() => now);

  for (let count = 0; count < 15; count++, now++) expect(turns.next()).toBeUndefined();
  await turn();
  for (let count = 0; count < 15; count++, now++) expect(turns.next()).toBeUndefined();
});

test('after a slow one the others wait, one for each pause, and all else goes on between', async () => {
  let now = 0;
  const turns = new Turns(() => now);
  turns.next();
  now += 500;

  const seen: string[] = [];
  const waiting = ['first', 'second', 'third'].map((name) =>
    turns.next()?.then(() => {
      now += 500;
      seen.push(name);
    }),
  );
  const others = (async () => {
    while (!seen.includes('third')) {
      await turn();
      seen.push('other');
    }
  })();
  await Promise.all([...waiting, others]);

  expect(waiting).not.toContain(undefined);
  expect(seen.filter((name) => name !== 'other')).toEqual(['first', 'second', 'third']);
  expect(seen.slice(seen.indexOf('first'), seen.indexOf('second'))).toContain('other');
  expect(seen.slice(seen.indexOf('second'), seen.indexOf('third'))).toContain('other');

  // In the pause after the last one nobody waits, and then requests run at once again.
  await turns.next();
  await turn();
  expect(turns.next()).toBeUndefined();
});

test.each([
  [20, 8],
  [500, 200],
  [5_000, 200],
])('the pause after %i ms has %i turns', async (milliseconds, expected) => {
  let now = 0;
  const turns = new Turns(() => now);
  turns.next();
  now += milliseconds;
  let hasRun = false;
  const waiting = turns.next()?.then(() => {
    hasRun = true;
  });

  let passed = 0;
  for (; !hasRun; passed++) await turn();
  await waiting;

  // One turn more is the long one itself.
  expect(passed).toBe(expected + 1);
});
