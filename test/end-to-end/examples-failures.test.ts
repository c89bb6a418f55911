import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { pythonForExamples } from 'dev-kit/testing/python';
import { type ExampleRun, runExample, startExample } from './support/example-runs';
import { bareEnvironment } from './support/processes';

// The bulk sender of examples/ against an API that answers as badly as one can.

interface Sent {
  readonly records: readonly { readonly data: number; readonly 'partition-key': string }[];
}

type Reply = (response: ServerResponse, sent: Sent) => void;

/** An API that gives these answers one after the other, the last one again and again. */
async function standIn(...replies: readonly Reply[]) {
  const requests: number[][] = [];
  const server = createServer(async (request, response) => {
    const sent = (await json(request)) as Sent;
    requests.push(sent.records.map(({ data }) => data));
    replies[Math.min(requests.length, replies.length) - 1]?.(response, sent);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The data of each request's records. */
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const TAKEN = { SequenceNumber: '1', ShardId: 'shardId-000000000000' };
const REFUSED = { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: '' };

/** Refuses the records with this data and takes the others. */
const allBut =
  (...refused: readonly number[]): Reply =>
  (response, { records }) => {
    const Records = records.map(({ data }) => (refused.includes(data) ? REFUSED : TAKEN));
    const FailedRecordCount = Records.filter((result) => result === REFUSED).length;
    response.writeHead(FailedRecordCount > 0 ? 207 : 200);
    response.end(JSON.stringify({ FailedRecordCount, Records }));
  };
const all = allBut();
const error =
  (status: number, code: string, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response
      .writeHead(status, headers)
      .end(JSON.stringify({ code, message: `It is ${code}.`, requestId: 'x' }));
const broken: Reply = (response) => response.destroy();
const html: Reply = (response) => response.writeHead(200).end('<html>Sign in to the hotel</html>');
const date = error(502, 'BadGateway', { 'retry-after': 'Sun, 22 Nov 2026 00:00:00 GMT' });

const folder = mkdtempSync(path.join(tmpdir(), 'examples-failures-'));
const rejected = path.join(folder, 'rejected.jsonl');
let api: Awaited<ReturnType<typeof standIn>>;
afterEach(() => {
  api.close();
  rmSync(rejected, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const linesUpTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const textOf = (lines: readonly number[]) => lines.map((line) => `${line}\n`).join('');

/** A file whose lines are their numbers. */
function input(count: number): string {
  const file = path.join(folder, 'input.jsonl');
  writeFileSync(file, textOf(linesUpTo(count)));
  return file;
}

const send = (python: string, ...args: readonly string[]): Promise<ExampleRun> =>
  runExample({ python, folder }, 'bulk_send.py', api.url, 'orders', ...args);

const rejects = () => (existsSync(rejected) ? readFileSync(rejected, 'utf8') : undefined);

pythonForExamples('only what was refused is sent again, before what follows', async (python) => {
  api = await standIn(allBut(2, 5), allBut(5), all);
  const run = await send(python, input(501));
  expect(run).toMatchObject({ code: 0, errors: '' });
  expect(run.output).toMatch(/^501 records accepted \(.+\) in .+ s, 3 sent again\n$/);
  expect(api.requests).toEqual([linesUpTo(500), [2, 5], [5], [501]]);
  expect(rejects()).toBeUndefined();
});

pythonForExamples('what nobody took is sent again as it was', async (python) => {
  api = await standIn(
    broken,
    error(503, 'ServiceUnavailable'),
    error(429, 'ThrottlingException', { 'retry-after': '1' }),
    date,
    all,
  );
  expect(await send(python, input(3))).toMatchObject({ code: 0, errors: '' });
  expect(api.requests).toEqual(Array(5).fill([1, 2, 3]));
});

pythonForExamples('a record that Kinesis never takes is put aside', async (python) => {
  api = await standIn(allBut(2, 501));
  const run = await send(python, input(501), '--attempts', '2');
  expect(run.code).toBe(1);
  expect(run.errors).toBe(
    'line 2: ProvisionedThroughputExceededException, 2 times\n' +
      'line 501: ProvisionedThroughputExceededException, 2 times\n',
  );
  expect(run.output).toContain('2 not accepted: rejected.jsonl\n');
  expect(rejects()).toBe('2\n501\n');
  expect(api.requests).toEqual([linesUpTo(500), [2], [501], [501]]);
});

pythonForExamples('and with --ordered nothing overtakes it', async (python) => {
  api = await standIn(allBut(2));
  const run = await send(python, input(501), '--attempts', '2', '--ordered');
  expect(run.code).toBe(1);
  expect(run.errors).toBe('Gave up at line 2: ProvisionedThroughputExceededException, 2 times\n');
  expect(rejects()).toBe('2\n');
  expect(api.requests).toHaveLength(2);
});

interface End {
  readonly why: string;
  readonly reply: Reply;
  readonly message: string;
  readonly requests: number;
}

const ENDS: readonly End[] = [
  {
    why: 'a stream that is not there',
    reply: error(404, 'ResourceNotFoundException'),
    message:
      'Stopped at lines 1 to 500: 404 ResourceNotFoundException: It is ResourceNotFoundException.',
    requests: 1,
  },
  {
    why: 'a quota that is used up for today',
    reply: error(429, 'LimitExceededException', { 'retry-after': '3600' }),
    message:
      'Stopped at lines 1 to 500: 429 LimitExceededException: It is LimitExceededException.; ' +
      'the API asks to wait for 3600 seconds',
    requests: 1,
  },
  {
    why: 'somebody else who answers',
    reply: html,
    message:
      'Stopped at lines 1 to 500: 200 without results: is URL/streams/orders/records this API?',
    requests: 1,
  },
  {
    why: 'an API that stays away',
    reply: error(503, 'ServiceUnavailable'),
    message:
      'Gave up at lines 1 to 500: 503 ServiceUnavailable: It is ServiceUnavailable., 2 times',
    requests: 2,
  },
];

for (const { why, reply, message, requests } of ENDS) {
  pythonForExamples(`${why} ends it, and nothing is lost`, async (python) => {
    api = await standIn(reply);
    const run = await send(python, input(600), '--attempts', '2');
    expect(run.code).toBe(1);
    expect(run.errors).toBe(`${message.replace('URL', api.url)}\n`);
    expect(run.output).toContain('500 not accepted: rejected.jsonl\n');
    expect(run.output).toContain('To go on: --resume-from 501\n');
    expect(rejects()).toBe(textOf(linesUpTo(500)));
    expect(api.requests).toHaveLength(requests);
  });
}

pythonForExamples('it goes on from the line that it named', async (python) => {
  api = await standIn(all);
  expect((await send(python, input(600), '--resume-from', '501')).code).toBe(0);
  expect(api.requests.flat()).toEqual(linesUpTo(600).slice(500));
});

pythonForExamples('Ctrl-C waits for the answer that is on its way', async (python) => {
  let arrive: (answer: () => void) => void = () => {};
  const request = new Promise<() => void>((resolve) => {
    arrive = resolve;
  });
  api = await standIn((response, sent) => arrive(() => allBut(7)(response, sent)));
  const { child, ended } = startExample(
    { python, folder },
    'bulk_send.py',
    ...[api.url, 'orders', input(600)],
  );
  const answer = await request;
  child.kill('SIGINT');
  await once(child.stderr, 'data');
  answer();

  const { code, output, errors } = await ended;
  expect(code).toBe(130);
  expect(errors).toContain('Waiting for the answer to the request that is out …');
  expect(output).toContain('499 records accepted');
  expect(output).toContain('To go on: --resume-from 501');
  expect(rejects()).toBe('7\n');
});

pythonForExamples('Ctrl-C while it waits to send again ends it at once', async (python) => {
  let answer: () => void = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  api = await standIn((response) => {
    response.on('finish', answer);
    error(503, 'ServiceUnavailable', { 'retry-after': '10' })(response, { records: [] });
  });
  const { child, ended } = startExample(
    { python, folder },
    'bulk_send.py',
    ...[api.url, 'orders', input(3)],
  );
  await answered;
  child.kill('SIGINT');

  const { code, output } = await ended;
  expect(code).toBe(130);
  expect(output).toContain('To go on: --resume-from 4');
  expect(rejects()).toBe('1\n2\n3\n');
  expect(api.requests).toHaveLength(1);
});

pythonForExamples('a terminal sees how far it is', async (python) => {
  api = await standIn(all);
  const sender = path.join(__dirname, '..', '..', 'examples', 'bulk_send.py');
  const terminal =
    'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  const { stdout } = await promisify(execFile)(
    python,
    ['-c', terminal, python, sender, api.url, 'orders', input(600)],
    { cwd: folder, env: { ...bareEnvironment(), COLUMNS: '120' } },
  );
  expect(stdout).toContain('records/s');
  // Erased before the summary takes its place.
  expect(stdout).toContain('\r\u001b[K600 records accepted');
});

pythonForExamples('what it rejected is not written to what it reads', async (python) => {
  api = await standIn(all);
  const file = input(3);
  const run = await send(python, file, '--rejected', file);
  expect(run.code).toBe(2);
  expect(run.errors).toBe('FILE and --rejected are the same file: name another one\n');
  expect(readFileSync(file, 'utf8')).toBe(textOf([1, 2, 3]));
  expect(api.requests).toEqual([]);
});
