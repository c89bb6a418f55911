import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { pythonWithRequests } from 'dev-kit/testing/python';
import type { Fault } from 'embedded-aws/kinesis';
import { AwsError } from 'embedded-aws/kinesis';
import { type Api, send } from '../contract/api';
import { type Answer, listOf, members } from '../contract/case';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// The programs of docs/retries.md, as they stand there, against an API whose Kinesis refuses.

const DOCUMENT = readFileSync(path.join(__dirname, '..', '..', 'docs', 'retries.md'), 'utf8');
const LOADER = pathToFileURL(require.resolve('tsx')).href;
const COUNT = 700;

const folder = mkdtempSync(path.join(tmpdir(), 'retries-'));
let stage: DeployedStage;
let api: Api;

beforeAll(async () => {
  stage = await deployedStage();
  api = { invokeUrl: await stage.deploy(), sign: async (request) => request };
});
afterEach(() => stage.fail(undefined));
afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true });
});

/** Writes the document's program in a language to a file of its own. */
function program(language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(DOCUMENT)?.[1];
  if (code === undefined) throw new Error(`docs/retries.md has no program in ${language}.`);
  const file = path.join(folder, `send-records.${language === 'python' ? 'py' : language}`);
  writeFileSync(file, code);
  return file;
}

/** Runs a program on an API's URL, a stream and a number of records. */
type Run = (api: string, stream: string, count: number) => ReturnType<typeof runProgram>;

async function runProgram(command: string, args: readonly string[]) {
  const child = spawn(command, [...args], { cwd: path.join(__dirname, '..', '..') });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, output, errors };
}

async function newStream(stream: string): Promise<void> {
  await send(api, 'CreateStream', { stream, body: { ShardCount: 1 } });
  let answer: Answer;
  do answer = await send(api, 'PutRecord', { stream, body: { Data: -1, PartitionKey: 'first' } });
  while (answer.status === 404);
}

/** The numbers that the stream's records hold, but for the one that newStream wrote. */
async function numbersIn(stream: string): Promise<number[]> {
  const query = { 'shard-id': 'shardId-000000000000' };
  let { json } = await send(api, 'GetShardIterator', { stream, query });
  let iterator = members(json).ShardIterator;
  const found: unknown[] = [];
  for (let behind = 1; behind > 0; behind = Number(members(json).MillisBehindLatest)) {
    const place = { stream, query: { 'shard-iterator': String(iterator) } };
    const page = await send(api, 'GetRecords', place);
    ({ json } = page);
    iterator = members(json).NextShardIterator;
    for (const { Data: data } of listOf(page, 'Records')) {
      found.push(JSON.parse(Buffer.from(String(data), 'base64').toString()));
    }
  }
  return found.slice(1).map((record) => Number(members(record).index));
}

const THROTTLED = {
  error: new AwsError('ProvisionedThroughputExceededException', 'Rate exceeded'),
};
const UNAVAILABLE = { error: new AwsError('ServiceUnavailable', '', { status: 503 }) };
const PARTLY = { throttledShare: 0.5 };

/** The faults of successive requests. */
const FAULTS: readonly Fault[] = [THROTTLED, PARTLY, UNAVAILABLE, PARTLY];

async function writesEveryRecordOnce(stream: string, run: Run): Promise<void> {
  await newStream(stream);
  const faults = [...FAULTS];
  stage.fail(({ action }) => (action === 'PutRecords' ? faults.shift() : undefined));

  const { code, output, errors } = await run(api.invokeUrl, stream, COUNT);

  expect({ code, output: output.trim(), errors }).toEqual({
    code: 0,
    output: `${COUNT} records written`,
    errors: '',
  });
  expect(faults).toEqual([]);
  const numbers = await numbersIn(stream);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, n) => n));
}

async function givesUpAtOnce(run: Run): Promise<void> {
  let requests = 0;
  const answers: readonly (readonly [number, Record<string, string>])[] = [
    [404, {}],
    [429, { 'retry-after': '3600' }],
  ];
  const server = createServer((request, response) => {
    request.resume();
    const [status, headers] = answers[requests] ?? [500, {}];
    requests += 1;
    response.writeHead(status, headers).end('{"code": "x", "message": "", "requestId": "x"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  for (const expected of [1, 2]) {
    const { code } = await run(`http://127.0.0.1:${port}`, 'orders', 1);
    expect(code).not.toBe(0);
    expect(requests).toBe(expected);
  }

  server.closeAllConnections();
  server.close();
}

const python =
  (command: string): Run =>
  (...args) =>
    runProgram(command, [program('python'), ...args.map(String)]);
const typescript: Run = (...args) =>
  runProgram(process.execPath, ['--import', LOADER, program('ts'), ...args.map(String)]);

pythonWithRequests('Python: every record is written once, whatever was refused', (command) =>
  writesEveryRecordOnce('python', python(command)),
);

pythonWithRequests('Python: what waiting does not mend is not sent again', (command) =>
  givesUpAtOnce(python(command)),
);

test('TypeScript: every record is written once, whatever was refused', () =>
  writesEveryRecordOnce('typescript', typescript));

test('TypeScript: what waiting does not mend is not sent again', () => givesUpAtOnce(typescript));
