import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';

/** A process, and its output so far, both streams combined. */
export interface Running {
  readonly child: ChildProcess;
  output(): string;
  /** Waits for a text to be printed. @throws when the process ends without it */
  printed(text: string | RegExp): Promise<void>;
  /** Its exit code, once it has ended. */
  readonly code: Promise<number | null>;
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** The environment of a user who has nothing set up: no AWS variable, no proxy, no CI marker. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR && { TMPDIR }),
    // The framework's loader of serverless.ts names its cache entries by the time of the start: it
    // never finds one again, but reads through all of them, which takes long after many starts.
    TSX_DISABLE_CACHE: '1',
  };
}

/** Each process has a range of its own, below the ports that systems hand out by themselves. */
let nextPort = 10_000 + (process.pid % 100) * 200;

/** A port that was free a moment ago and that the system does not assign by itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** Collects what a process prints. */
export function watch(child: ChildProcess): Running {
  let text = '';
  const output = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      output.emit('more');
    });
  }
  const code = once(child, 'close').then(([exitCode]) => exitCode as number | null);
  return {
    child,
    code,
    output: () => text,
    async printed(wanted) {
      const found = () => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
      const ended = code.then(() => 'ended' as const);
      while (!found()) {
        const next = await Promise.race([once(output, 'more'), ended]);
        if (next === 'ended' && !found()) {
          throw new Error(`The process ended without printing ${wanted}. It printed:\n${text}`);
        }
      }
    },
  };
}
