import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');
const PARTS = [
  'serverless.cjs',
  'serverless.ts',
  '.swcrc',
  'package.json',
  'tsconfig.json',
  'resources',
  'templates',
  'hooks',
];

/** A copy of the service to run the CLI in: it writes `.serverless`, and tests change templates. */
export function serviceCopy(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'kinesis-rest-proxy-'));
  for (const part of PARTS)
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
