/**
 * Verifies five HTTP doors to Kinesis on the embedded AWS and writes docs/comparison.md: `npm run compare`.
 *
 * The doors are in comparison/doors.ts, their routes in examples/doors.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compare } from './comparison';

const FILE = path.join('docs', 'comparison.md');

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const text = await compare(console.log);
  writeFileSync(path.join(__dirname, '..', FILE), text);
  console.log(`written   ${FILE}`);
}

void main();
