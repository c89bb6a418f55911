import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BenchError, type Pace } from 'dev-kit/bench/measurement';
import { startChild } from 'dev-kit/bench/processes/child';
import { onExit } from 'dev-kit/bench/processes/cleanup';
import { type Server, serverOf } from 'dev-kit/bench/processes/server';
import { buildSync } from 'esbuild';

const SOURCES = path.join(__dirname, '..', '..', 'src');
const MAIN = path.join(SOURCES, 'main.ts');

let bundled: string | undefined;

/** One of the sources as the file that runs of it. @param outfile is written */
export function bundle(source: string, outfile: string): void {
  buildSync({
    entryPoints: [path.join(SOURCES, source)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    logLevel: 'error',
  });
}

/**
 * The embedded AWS in one file, as it is installed, on a free port.
 * @param options of its command line
 */
export async function startEmbeddedAws(
  { profileFolder }: Pick<Pace, 'profileFolder'>,
  options: readonly string[] = [],
): Promise<Server> {
  const child = startChild({
    args: ['--port', '0', ...options],
    // A profile is to name the files, of which the bundle is one.
    ...(profileFolder
      ? { script: MAIN, typescript: true, profileFolder }
      : { script: bundledMain() }),
  });
  const message = (await child.message()) as { type: string; port: number };
  if (message.type !== 'listening') {
    throw new BenchError(`The embedded AWS did not start: ${JSON.stringify(message)}`);
  }
  return serverOf(child, message.port);
}

function bundledMain(): string {
  if (bundled !== undefined) return bundled;
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-aws-'));
  onExit(() => rmSync(folder, { recursive: true, force: true }));
  bundled = path.join(folder, 'main.cjs');
  bundle('main.ts', bundled);
  return bundled;
}
