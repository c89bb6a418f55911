import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { KinesisAction, KinesisAnswer } from 'dev-kit/testing/kinesis-answers';
import { build } from 'esbuild';

/** Where an embedded AWS that is started again and again has its program and its state. */
export interface KeptAws {
  /**
   * @param state name of the folder with its state; made where there is none
   * @param within a program, and its arguments, that runs the process
   * @throws what it says when it does not start
   */
  start(state: string, within?: readonly string[]): Promise<RunningAws>;
  /** Ends what still runs, and deletes everything. */
  remove(): Promise<void>;
}

/** One process of an embedded AWS. */
export interface RunningAws {
  readonly endpoint: string;
  /** Calls an action of Kinesis. @throws when it is refused, or the process is gone */
  kinesis<Action extends KinesisAction>(
    action: Action,
    input: object,
  ): Promise<KinesisAnswer<Action>>;
  /** Ends it as nothing can be prepared for. */
  kill(): Promise<void>;
  /** The process, or the program that runs it. */
  readonly child: ChildProcess;
}

/** Starts the program beside it from what the first process, which has to end by itself, compiled of it. */
const STARTER = `
const fs = require('node:fs');
const { wrap } = require('node:module');
const { Script } = require('node:vm');
const filename = __dirname + '/program.js';
const compiled = __dirname + '/program.cache';
const cachedData = fs.existsSync(compiled) ? fs.readFileSync(compiled) : undefined;
const script = new Script(wrap(fs.readFileSync(filename, 'utf8')), { filename, cachedData });
const keep = () => fs.writeFileSync(compiled, script.createCachedData());
if (cachedData === undefined) process.once('exit', keep);
script.runInThisContext().call(exports, exports, require, module, filename, __dirname);
`;

/** In one file, with all that it runs when it starts compiled already, the program starts in a fraction of the time. */
export async function keptAws(): Promise<KeptAws> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kept-aws-'));
  const program = path.join(folder, 'start.js');
  const main = path.join(__dirname, '..', '..', '..', 'src', 'main.ts');
  const outfile = path.join(folder, 'program.js');
  await build({ entryPoints: [main], outfile, bundle: true, platform: 'node' });
  fs.writeFileSync(program, STARTER);
  const { child } = await start([], program, path.join(folder, 'compiling'));
  child.disconnect();
  await once(child, 'exit');
  const started: RunningAws[] = [];
  return {
    async start(state, within = []) {
      const aws = await start(within, program, path.join(folder, state));
      started.push(aws);
      return aws;
    },
    async remove() {
      // One that a failed test left behind, too.
      for (const aws of started) await aws.kill();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(
  within: readonly string[],
  program: string,
  directory: string,
): Promise<RunningAws> {
  const node = [process.execPath, program, '--port', '0', '--persist', directory];
  const [command = '', ...args] = [...within, ...node];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [message] = await once(child, 'message');
  if (message.type !== 'listening') throw new Error(message.message);
  const agent = new http.Agent({ keepAlive: true });
  return {
    endpoint: `http://127.0.0.1:${message.port}`,
    kinesis: (action, input) => kinesis(agent, message.port, action, input),
    kill: () => kill(child, agent),
    child,
  };
}

async function kill(child: ChildProcess, agent: http.Agent): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  agent.destroy();
}

async function kinesis<Action extends KinesisAction>(
  agent: http.Agent,
  port: number,
  action: Action,
  input: object,
): Promise<KinesisAnswer<Action>> {
  const request = http.request({
    agent,
    port,
    host: '127.0.0.1',
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/kinesis/aws4_request',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Kinesis_20131202.${action}`,
    },
  });
  request.end(JSON.stringify(input));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const body = await text(response);
  if (response.statusCode !== 200) throw new Error(`${action}: ${response.statusCode} ${body}`);
  const answer = body === '' ? undefined : JSON.parse(body);
  return answer;
}
