import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { KinesisAction, KinesisAnswer } from 'dev-kit/testing/kinesis-answers';
import { createAws } from '../../src/aws';
import type { KinesisOptions } from '../../src/kinesis';
import type { Dispatcher } from '../../src/server/dispatch';
import { State, type StateOptions } from '../../src/state';
import { awsRequest } from '../support/aws-request';

/** Folders for one test file; they go when it ends. */
export function folders(): () => string {
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'state-'));
  let count = 0;
  afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));
  return () => path.join(parent, String(count++));
}

/** An embedded AWS with its state in a folder, without the server. */
export class PersistedAws {
  readonly aws: Dispatcher;
  readonly state: State;

  private constructor(aws: Dispatcher, state: State) {
    this.aws = aws;
    this.state = state;
  }

  static async start(
    directory: string,
    kinesis: KinesisOptions = {},
    options?: StateOptions,
  ): Promise<PersistedAws> {
    const state = await State.open(directory, options);
    try {
      const aws = createAws({ kinesis: { createMs: 0, deleteMs: 0, ...kinesis } }, state);
      return new PersistedAws(aws, state);
    } catch (error) {
      state.abandon();
      throw error;
    }
  }

  /** Ends as a killed process does: nothing more is written. */
  kill(): void {
    this.state.abandon();
  }

  async send(service: string, request: Parameters<typeof awsRequest>[0]): Promise<string> {
    const { status, body } = await this.aws.send(service, awsRequest(request));
    if (status >= 300) throw new Error(`${service}: ${status} ${body}`);
    return body.toString();
  }

  /** A call in a JSON protocol. */
  async json(service: string, target: string, input: object): Promise<unknown> {
    const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
    const text = await this.send(service, { headers, body: JSON.stringify(input) });
    return text === '' ? undefined : JSON.parse(text);
  }

  kinesis<Action extends KinesisAction>(
    action: Action,
    input: object,
  ): Promise<KinesisAnswer<Action>>;
  kinesis(action: string, input: object): Promise<unknown> {
    return this.json('kinesis', `Kinesis_20131202.${action}`, input);
  }

  /** The streamed answer of a Kinesis action, until the caller ends the iterator. */
  async stream(action: string, input: object): Promise<AsyncIterator<Uint8Array>> {
    const headers = {
      'x-amz-target': `Kinesis_20131202.${action}`,
      'content-type': 'application/x-amz-json-1.1',
    };
    const request = awsRequest({ headers, body: JSON.stringify(input) });
    const { status, body, stream } = await this.aws.send('kinesis', request);
    if (stream === undefined) throw new Error(`${action}: ${status} ${body}`);
    return stream(new AbortController().signal)[Symbol.asyncIterator]();
  }

  /** A call in the query protocol. */
  query(service: string, Action: string, input: Readonly<Record<string, string>>): Promise<string> {
    return this.send(service, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action, ...input }).toString(),
    });
  }
}

/** Waits until a stack has a status. @throws when it comes to rest with another one */
export async function stackStatus(
  kept: PersistedAws,
  name: string,
  status: string,
): Promise<string> {
  for (;;) {
    const answer = await kept.query('cloudformation', 'DescribeStacks', { StackName: name });
    if (answer.includes(`<StackStatus>${status}<`)) return answer;
    if (/_(FAILED|COMPLETE)</.test(answer)) throw new Error(answer);
    await new Promise(setImmediate);
  }
}

/** Each file in a folder with what it has, but for the lock. */
export function contents(directory: string): Record<string, string> {
  const entries = fs.readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile() && entry.name !== 'lock')
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .sort()
      .map((file) => [
        path.relative(directory, file),
        createHash('sha256').update(fs.readFileSync(file)).digest('hex'),
      ]),
  );
}

/** The one file with this ending. */
export function fileIn(directory: string, ending: string): string {
  const [found] = fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`No ${ending} in ${directory}`);
  return path.join(directory, found);
}
