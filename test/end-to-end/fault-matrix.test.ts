import { inProcesses } from '../faults/pool';
import { faults } from '../faults/rows';
import type { Verdict } from '../faults/verify-fault';

// Every fault of docs/fault-matrix.md, planted in a stage of its own: the verifier must see it, name what
// is broken, blame nothing that is sound, and leave nothing behind.

const { results, close } = inProcesses<Verdict>({
  job: require.resolve('../faults/fault-job'),
  names: faults.map(({ id }) => id),
  // Some faults make the verifier wait, for seconds.
  atOnce: 3,
});
afterAll(close);

// Each takes as long as all before it on a machine that is busy otherwise.
jest.setTimeout(600_000);

test.each(faults)('$id: $broken', async ({ id }) => {
  const verdict = await results.get(id)?.();

  expect(verdict).toMatchObject({
    missed: [],
    misleading: [],
    isNamed: true,
    teardown: 'complete',
  });
  expect(verdict?.failed).not.toEqual([]);
});
