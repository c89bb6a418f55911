/**
 * Writes docs/quotas.md, from the tables of the services.
 *
 *   npm run generate:quotas -w embedded-aws
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { quotasDocument } from './quotas';

writeFileSync(path.join(__dirname, '..', 'docs', 'quotas.md'), quotasDocument());
