import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** One rendering to compare. */
export interface Case {
  readonly template: string;
  readonly body: string;
}

export type Answer =
  | { readonly text: string }
  | { readonly error: 'parse' | 'evaluation' | 'payload'; readonly message?: string };

/** Parameters, context and stage variables that every case has. */
export const SURROUNDINGS = {
  params: {
    path: { id: 'p-1', both: 'path' },
    querystring: { q: 'a b', both: 'query' },
    header: { 'X-Header': 'h', both: 'header' },
  },
  context: { stage: 'dev', identity: { sourceIp: '1.2.3.4' } },
  stageVariables: { name: 'value', 'with-dash': 'v' },
} as const;

/** Debian's packages `velocity` and `libjsonpath-java` put these here. */
const JARS = [
  'velocity',
  'json-path',
  'json-smart',
  'commons-lang',
  'commons-collections3',
  'slf4j-api',
  'slf4j-nop',
  'accessors-smart',
  'asm',
].map((name) => `/usr/share/java/${name}.jar`);

/** Apache Velocity 1.7 in a Java process of its own, which answers one case after the other. */
export class Oracle {
  readonly #directory: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(directory: string) {
    this.#directory = directory;
    const classPath = [directory, ...JARS].join(':');
    this.#process = spawn('java', [
      '-Xss2m',
      '-Xmx512m',
      '-XX:-OmitStackTraceInFastThrow',
      '-cp',
      classPath,
      'VelocityOracle',
    ]);
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** Compiles the harness beside this file and starts it. */
  static start(): Oracle {
    const directory = mkdtempSync(path.join(tmpdir(), 'velocity-oracle-'));
    const source = path.join(__dirname, 'VelocityOracle.java');
    execFileSync('javac', ['-cp', JARS.join(':'), '-d', directory, source]);
    return new Oracle(directory);
  }

  async ask(given: Case): Promise<Answer> {
    this.#process.stdin.write(`${asciiJson({ ...SURROUNDINGS, ...given })}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error(`The oracle ended at ${JSON.stringify(given)}`);
    return JSON.parse(line.value) as Answer;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.stdin.end();
    await ended;
    rmSync(this.#directory, { recursive: true });
  }
}

/** JSON in ASCII: the harness reads it leniently, and would drop control characters. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
