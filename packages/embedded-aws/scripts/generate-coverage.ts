/**
 * Writes docs/README.md: which services, operations and resource types are there.
 *
 *   npm run generate:coverage -w embedded-aws
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { coverageDocument } from './coverage/document';

const FILE = path.join(__dirname, '..', 'docs', 'README.md');

coverageDocument().then((text) => writeFileSync(FILE, text));
