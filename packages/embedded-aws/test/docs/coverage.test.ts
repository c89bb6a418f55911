import { readFileSync } from 'node:fs';
import path from 'node:path';
import { coverageDocument } from '../../scripts/coverage/document';

test('the list of operations and resource types is current: npm run generate:coverage', async () => {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'README.md'), 'utf8');

  expect(page).toBe(await coverageDocument());
});
