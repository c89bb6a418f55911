import { type CpuProfile, profileTable } from '../bench/report/profile';

const frame = (id: number, functionName: string, url = '', lineNumber = 0) => ({
  id,
  callFrame: { functionName, url, lineNumber },
});

test('functions by the time of their own, several profiles in one, idle time left out', () => {
  const profile: CpuProfile = {
    nodes: [
      frame(1, '(idle)'),
      frame(2, 'render', 'node:internal/render', 9),
      frame(3, '(garbage collector)'),
      frame(4, '', 'node:http', 0),
    ],
    samples: [1, 2, 2, 3, 4],
    timeDeltas: [90_000, 3_000, 3_000, 2_000, 0],
  };

  expect(profileTable([profile, profile]).rows).toEqual([
    ['render node:internal/render:10', '12 ms', '75.0 %'],
    ['(garbage collector)', '4 ms', '25.0 %'],
    ['(anonymous) node:http:1', '0 ms', '0.0 %'],
  ]);
});
