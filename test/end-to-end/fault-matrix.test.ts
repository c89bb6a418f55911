import { verifyAll } from '../faults/pool';
import { faults } from '../faults/rows';

// Every fault of docs/fault-matrix.md, planted in a stage of its own: the verifier must see it, name what
// is broken, blame nothing that is sound, and leave nothing behind.

const { verdicts, close } = verifyAll(faults.map(({ id }) => id));
afterAll(close);

test.each(faults)('$id: $broken', async ({ id }) => {
  const verdict = await verdicts.get(id)?.();

  expect(verdict).toMatchObject({
    missed: [],
    misleading: [],
    isNamed: true,
    teardown: 'complete',
  });
  expect(verdict?.failed).not.toEqual([]);
});
