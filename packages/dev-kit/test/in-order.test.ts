import { inOrder } from '../testing/in-order';

/** Collects tests instead of declaring them, so that they can be run in any order. */
function collected() {
  const bodies = new Map<string, () => unknown>();
  const declare = Object.assign(
    (name: string, body: () => Promise<void>) => void bodies.set(name, body),
    {
      each: (rows: readonly unknown[]) => (name: string, body: (...row: unknown[]) => unknown) => {
        for (const row of rows) {
          const args = Array.isArray(row) ? row : [row];
          bodies.set(`${name} ${JSON.stringify(row)}`, () => body(...args));
        }
      },
    },
  );
  return { test: inOrder(declare), run: async (name: string) => bodies.get(name)?.() };
}

test('a test that runs first has what it builds on, and that runs once', async () => {
  const ran: string[] = [];
  const { test: story, run } = collected();
  for (const name of ['deploys', 'verifies', 'removes']) story(name, () => void ran.push(name));

  await run('verifies');
  expect(ran).toEqual(['deploys', 'verifies']);
  await run('removes');
  await run('deploys');
  expect(ran).toEqual(['deploys', 'verifies', 'removes']);
});

test('each row is a test of the story', async () => {
  const ran: unknown[] = [];
  const { test: story, run } = collected();
  story('begins', () => void ran.push('begins'));
  story.each([1, 2])('single', (value) => void ran.push(value));
  story.each([
    ['a', 1],
    ['a', 2],
  ])('several', (letter, number) => void ran.push([letter, number]));

  await run('several ["a",2]');
  expect(ran).toEqual(['begins', 1, 2, ['a', 1], ['a', 2]]);
  await run('single 2');
  expect(ran).toHaveLength(5);
});

test('what fails is told by its own test, and the others go on', async () => {
  const { test: story, run } = collected();
  story('fails', () => expect(1).toBe(2));
  story('passes', () => {});

  await run('passes');
  await expect(run('fails')).rejects.toThrow('Expected: 2');
});

test('what a test builds on without being one is done before it, and fails it', async () => {
  const ran: string[] = [];
  const { test: story, run } = collected();
  story.before(() => void ran.push('starts'));
  story('asks', () => void ran.push('asks'));
  story.before(() => Promise.reject(new Error('It did not start.')));
  story('asks again', () => void ran.push('asks again'));

  await run('asks');
  await expect(run('asks again')).rejects.toThrow('It did not start.');
  expect(ran).toEqual(['starts', 'asks']);
});
