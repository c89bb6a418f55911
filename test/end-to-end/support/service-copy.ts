import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..', '..');
const PARTS = [
  'serverless.cjs',
  'serverless.ts',
  'streams.ts',
  '.swcrc',
  'package.json',
  'tsconfig.json',
  'resources',
  'templates',
  'hooks',
];

/**
 * Restores the parts of serverless.ts that users change, so that tests do not depend on a
 * checkout's service name and parameters.
 */
const AS_DELIVERED: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/^ {2}service: .*,$/m, "  service: 'kinesis-rest-proxy',"],
  [
    /^const api = kinesisRestProxy\([\s\S]*?\);$/m,
    'const api = kinesisRestProxy({ stages: {}, streams });',
  ],
];

/** The text of a streams.ts. @param declared what is passed to `declare`: `{ orders: {} }` */
export const streamsFile = (declared: string): string =>
  `import { declare } from './resources/streams/declaration';\n\nexport const streams = declare(${declared});\n`;

/**
 * A copy of the service to run the CLI in: it writes `.serverless`, and tests change templates.
 * @param streams that it declares; none by default, whatever the checkout does
 */
export function serviceCopy(
  root = ROOT,
  streams = '{}',
): { readonly folder: string; remove(): void } {
  const folder = newFolder();
  for (const part of PARTS)
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const config = path.join(folder, 'serverless.ts');
  writeFileSync(config, asDelivered(readFileSync(config, 'utf8')));
  writeFileSync(path.join(folder, 'streams.ts'), streamsFile(streams));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * The first free one of this process: the warm CLI keeps what it has compiled by path, and so finds
 * it again in the next copy.
 */
function newFolder(nth = 1): string {
  const folder = path.join(tmpdir(), `kinesis-rest-proxy-${process.pid}-${nth}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return newFolder(nth + 1);
  }
}

/** @throws TypeError when serverless.ts is written in a way that this does not recognise */
function asDelivered(config: string): string {
  return AS_DELIVERED.reduce((text, [pattern, delivered]) => {
    if (!pattern.test(text)) throw new TypeError(`serverless.ts has no line like ${pattern}.`);
    return text.replace(pattern, delivered);
  }, config);
}
