import { compare } from '../../scripts/comparison';
import { committed } from '../../scripts/generated-files';

// The foreign doors have known faults, and this service has none: so the checks of doors that others
// made are tried in both directions.

test('docs/comparison.md says what verification finds now (npm run compare)', async () => {
  expect(committed('docs/comparison.md')).toBe(await compare());
});
