import { Turns } from '../../../local/execute-api/turns';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('requests run at once while they are quick', async () => {
  let now = 0;
  const turns = new Turns(() => now);

  for (let count = 0; count < 20; count++, now++) expect(turns.next()).toBeUndefined();
  await turn();
  for (let count = 0; count < 20; count++, now++) expect(turns.next()).toBeUndefined();
});

test('after a slow one the others wait, one for each turn, and all else goes on between', async () => {
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
    for (let count = 0; count < 5; count++) {
      await turn();
      seen.push('other');
    }
  })();
  await Promise.all([...waiting, others]);

  expect(waiting).not.toContain(undefined);
  expect(seen.filter((name) => name !== 'other')).toEqual(['first', 'second', 'third']);
  expect(seen.slice(seen.indexOf('first'), seen.indexOf('second'))).toContain('other');
  expect(seen.slice(seen.indexOf('second'), seen.indexOf('third'))).toContain('other');
  await turn();
  expect(turns.next()).toBeUndefined();
});
