import { atOnce } from '../../../hooks/process/at-once';

/** Work that ends when it is told to. */
function doors() {
  const open = new Map<number, () => void>();
  const act = (item: number) =>
    new Promise<number>((resolve) => open.set(item, () => resolve(item * 10)));
  return { open, act };
}

test('no more than so many at the same time, and the results in order', async () => {
  const { open, act } = doors();
  const all = atOnce(2, [1, 2, 3], act);
  expect([...open.keys()]).toEqual([1, 2]);

  open.get(2)?.();
  await Promise.resolve();
  await Promise.resolve();
  expect([...open.keys()]).toEqual([1, 2, 3]);
  open.get(3)?.();
  open.get(1)?.();

  expect(await all).toEqual([10, 20, 30]);
});

test('of several failures the first by order is told, when all that began has ended', async () => {
  const ended: number[] = [];
  const failing = atOnce(3, [1, 2, 3, 4], async (item) => {
    for (let turn = item; turn < 4; turn += 1) await Promise.resolve();
    ended.push(item);
    if (item !== 2) throw new Error(`of ${item}`);
  });

  await expect(failing).rejects.toThrow('of 1');
  expect(ended.sort()).toEqual([1, 2, 3]);
});

test('nothing is done with nothing', async () => {
  expect(await atOnce(5, [], async () => 1)).toEqual([]);
});
