import { excessOf } from '../../hooks/template/limits';
import { carried, stackWith } from '../../scripts/scaling/stack-size';

const excess = (streams: number) => excessOf(stackWith(streams, {}), 'us-east-1');

test('the page says how many streams a stack carries, as packaging counts them', () => {
  const { most = 0, limit } = carried({}).first ?? {};

  expect(excess(Math.floor(most * 0.97))).toEqual([]);
  const [met] = excess(Math.ceil(most * 1.03));
  expect(met?.number).toBeGreaterThan(limit?.most ?? Number.NaN);
});
