import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onExit } from './cleanup';

export interface Ran {
  /** False also for a program that is not there. */
  readonly ok: boolean;
  /** The text that it printed to both streams. */
  readonly output: string;
}

/** Runs an installer, or asks a tool for something; it ends with the bench. */
export async function run(program: string, args: readonly string[], folder?: string): Promise<Ran> {
  const child = spawn(program, args, {
    ...(folder && { cwd: folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a script there.
    shell: process.platform === 'win32',
  });
  const release = onExit(() => child.kill());
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const ok = await Promise.race([
    once(child, 'close').then(([code]) => code === 0),
    // The other promise fails as well, with the same error.
    once(child, 'error').then(() => false),
  ]).catch(() => false);
  release();
  return { ok, output: output.trim() };
}

/** The end of what an installer printed, where it says why it failed. */
export const lastLine = (output: string): string =>
  output.split('\n').findLast((line) => line.trim() !== '') ?? 'it printed nothing';
