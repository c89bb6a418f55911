import { readFileSync } from 'node:fs';
import { SCALING_FILE, scalingDocument } from '../../scripts/generate-scaling';

const document = scalingDocument();

test('docs/scaling.md is what scripts/generate-scaling.ts makes', () => {
  expect(readFileSync(SCALING_FILE, 'utf8')).toBe(document);
});

test('nothing in it could not be computed', () => {
  expect(document).not.toMatch(/NaN|undefined|Infinity/);
});
