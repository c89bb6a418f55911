import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from 'dev-kit/testing/processes';
import { HEADERS, type Reply, type Send } from './target';

const VERSION = '0.6.2';
/** A folder of its own, kept for the next run: an executable of 240,000 lines is no dependency. */
const FOLDER = path.join(tmpdir(), `kinesis-local-${VERSION}`);
const PACKAGE = path.join(FOLDER, 'node_modules', 'kinesis-local');

/** It takes seconds to start on a busy machine. */
const START_MS = 60_000;

/** kinesis-local in a process of its own. It listens on all interfaces, so it must not live long. */
export class Oracle {
  readonly send: Send;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.send = async (action, input): Promise<Reply> => {
      const answer = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { ...HEADERS, 'x-amz-target': `Kinesis_20131202.${action}` },
        body: JSON.stringify(input),
        signal: AbortSignal.timeout(START_MS),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    };
  }

  /** Installs it if need be, starts it and waits until it answers. */
  static async start(): Promise<Oracle> {
    install();
    const [plain, tls] = [await freePort(), await freePort()];
    const child = spawn(process.execPath, [path.join(PACKAGE, 'main.js')], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        LOG_LEVEL: 'ERROR',
        KINESIS_MOCK_PLAIN_PORT: String(plain),
        KINESIS_MOCK_TLS_PORT: String(tls),
        KINESIS_MOCK_CERT_PATH: path.join(PACKAGE, 'server.json'),
        SHARD_LIMIT: '200',
        ON_DEMAND_STREAM_COUNT_LIMIT: '50',
        ...Object.fromEntries(DURATIONS.map((name) => [`${name}_DURATION`, '50ms'])),
      },
    });
    process.once('exit', () => child.kill('SIGKILL'));
    const oracle = new Oracle(child, plain);
    await oracle.#ready();
    return oracle;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    // Asked nicely it takes seconds.
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #ready(): Promise<void> {
    const until = Date.now() + START_MS;
    for (;;) {
      if (this.#process.exitCode !== null) throw new Error('kinesis-local ended by itself.');
      const answer = await this.send('ListStreams', {}).catch(() => undefined);
      if (answer?.status === 200) return;
      if (answer !== undefined) throw new Error(`kinesis-local: ${JSON.stringify(answer)}`);
      if (Date.now() > until) throw new Error('kinesis-local does not answer.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const DURATIONS = [
  'CREATE_STREAM',
  'DELETE_STREAM',
  'REGISTER_STREAM_CONSUMER',
  'START_STREAM_ENCRYPTION',
  'STOP_STREAM_ENCRYPTION',
  'DEREGISTER_STREAM_CONSUMER',
  'MERGE_SHARDS',
  'SPLIT_SHARD',
  'UPDATE_SHARD_COUNT',
  'UPDATE_STREAM_MODE',
] as const;

function install(): void {
  if (existsSync(path.join(PACKAGE, 'main.js'))) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'package.json'), '{"private": true}');
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', `kinesis-local@${VERSION}`],
    { cwd: FOLDER, stdio: 'inherit' },
  );
}
