import { readFileSync } from 'node:fs';
import path from 'node:path';
import { quotasDocument } from '../../scripts/quotas';
import { QUOTAS } from '../../src/apigateway/quotas';
import { FOREACH_ITERATIONS } from '../../src/velocity/limits';

test('the page of quotas is current: npm run generate:quotas', () => {
  const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'quotas.md'), 'utf8');

  expect(page).toBe(quotasDocument());
});

test('templates are limited as the page says, by a room that knows no service', () => {
  expect(FOREACH_ITERATIONS).toBe(QUOTAS.foreachIterations);
});
