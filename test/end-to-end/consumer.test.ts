import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { inOrder } from 'dev-kit/testing/in-order';
import { until } from 'dev-kit/testing/until';
import { streamsFile } from './support/service-copy';
import { openWorkbench, type Workbench } from './support/workbench';

// The consumer of docs/customise.md, and two that count, in one deployment by the real CLI. Told in
// order.

const test = inOrder();

/** A code block of docs/customise.md, by what it begins with. */
function fromTheDocs(beginning: string): string {
  const docs = readFileSync(path.join(__dirname, '..', '..', 'docs', 'customise.md'), 'utf8');
  const section = docs.slice(docs.indexOf('## A consumer beside the API'));
  const blocks = [...section.matchAll(/```(?:js|ts)\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const block = blocks.find((code) => code.startsWith(beginning));
  if (block === undefined) throw new Error(`docs/customise.md has no block '${beginning}'`);
  return block;
}

const KEYS = 40;
const RECORDS = 10_000;

/**
 * Writes each record that it handles into a file, in the order of its calls. Before it has handled
 * some of them for the first time it throws, exits, hangs or reports them as failed.
 */
const COUNTER = `
const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
const failures = ['throw', 'exit', 'report', 'throw', 'exit', 'report', 'hang', 'throw', 'exit', 'report'];

exports.handler = async ({ Records }) => {
  const handled = [];
  const write = () => appendFileSync(process.env.FOLDER + '/' + process.env.LEDGER, handled.join(''));
  for (const { kinesis } of Records) {
    const { key, n } = JSON.parse(Buffer.from(kinesis.data, 'base64').toString());
    if (n % 125 === 60 && key % 8 === 1) {
      const mark = process.env.FOLDER + '/failed-' + process.env.LEDGER + key + '-' + n;
      if (!existsSync(mark)) {
        writeFileSync(mark, '');
        write();
        const failure = failures[(key - 1) / 4 + ((n - 60) / 125) % 2];
        if (failure === 'throw') throw new Error('injected');
        if (failure === 'exit') process.exit(1);
        if (failure === 'hang') for (;;);
        return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
      }
    }
    handled.push(key + ' ' + n + ' VERSION\\n');
  }
  write();
};`;

let workbench: Workbench;
let kinesis: KinesisClient;
let lambda: LambdaClient;

const inside = (name: string) => path.join(workbench.folder, name);

beforeAll(async () => {
  workbench = await openWorkbench();
  kinesis = new KinesisClient(workbench.sdk);
  lambda = new LambdaClient(workbench.sdk);
  mkdirSync(inside('functions'));
  mkdirSync(inside('ledgers'));
  writeFileSync(
    inside('streams.ts'),
    streamsFile('{}').replace(/^export const .*$/m, fromTheDocs('export const streams')),
  );
  writeFileSync(inside('functions/consumer.js'), fromTheDocs('exports.handler'));
  writeFileSync(inside('functions/counter.js'), COUNTER.replace('VERSION', 'first'));
  const counting = (ledger: string, stream: string) => `{
    handler: 'functions/counter.handler',
    timeout: 3,
    package: { patterns: ['!**', 'functions/counter.js'] },
    environment: { FOLDER: '${inside('ledgers')}', LEDGER: '${ledger}' },
    events: [{ stream: {
      type: 'kinesis',
      arn: { 'Fn::GetAtt': ['OrdersStream', 'Arn'] },
      functionResponseType: 'ReportBatchItemFailures',
      filterPatterns: [{ data: { key: [{ exists: true }] } }],
      ${stream}
    } }],
  },`;
  const declared = fromTheDocs('functions: {').replace(
    '...api.functions,',
    `...api.functions,
    counter: ${counting('counter', 'batchSize: 100, parallelizationFactor: 2, bisectBatchOnFunctionError: true,')}
    fanOut: ${counting('fanOut', 'batchSize: 500, consumer: true,')}`,
  );
  const config = inside('serverless.ts');
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace(
      '  functions: { ...api.functions },\n  package: { individually: true },\n',
      declared,
    ),
  );
  await workbench.succeed('deploy', '--skip-verify');
});

afterAll(async () => {
  kinesis.destroy();
  lambda.destroy();
  await workbench.close();
});

async function mappingOf(name: string): Promise<string | undefined> {
  const { EventSourceMappings = [] } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: `kinesis-rest-proxy-local-${name}` }),
  );
  return EventSourceMappings[0]?.UUID;
}

/** Puts records 0 to `count` of each key, from a number on, each key's in order. */
async function put(from: number, count: number): Promise<void> {
  const StreamName = `kinesis-rest-proxy-local-orders`;
  for (let n = from; n < from + count; n += 10) {
    const Records = Array.from({ length: 10 * KEYS }, (_, index) => {
      const key = String(index % KEYS);
      const event = { key: Number(key), n: n + Math.floor(index / KEYS), to: 'Zürich' };
      return { Data: Buffer.from(JSON.stringify(event)), PartitionKey: key };
    });
    const answer = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    expect(answer.FailedRecordCount).toBe(0);
  }
}

/** The records that a counter handled, in the order in which it did. */
class Ledger {
  readonly lines: string[] = [];
  /** By key, the numbers in the order in which each came first. */
  readonly #byKey = new Map<string, Set<number>>();
  handled = 0;
  #read = 0;

  /** Reads the lines that were added. */
  update(file: string): this {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size === this.#read) return this;
    const bytes = Buffer.alloc(size - this.#read);
    const opened = openSync(file, 'r');
    readSync(opened, bytes, { position: this.#read });
    closeSync(opened);
    const added = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    this.#read += added.length;
    for (const line of added.toString().split('\n').slice(0, -1)) this.#add(line);
    return this;
  }

  #add(line: string): void {
    const [key = '', n] = line.split(' ');
    const numbers = this.#byKey.get(key) ?? new Set();
    this.#byKey.set(key, numbers);
    if (!numbers.has(Number(n))) this.handled++;
    numbers.add(Number(n));
    this.lines.push(line);
  }

  get keys(): number[][] {
    return [...this.#byKey.values()].map((numbers) => [...numbers]);
  }
}

const ledgers = new Map(['counter', 'fanOut'].map((name) => [name, new Ledger()]));

function ledger(name: string): Ledger {
  const found = ledgers.get(name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found.update(inside(`ledgers/${name}`));
}

const areAllHandled = (count: number): boolean =>
  ['counter', 'fanOut'].every((name) => ledger(name).handled === count);

/** Each key's records, without a gap and in order. */
const ALL = (count: number) =>
  Array.from({ length: KEYS }, () => Array.from({ length: count }, (_, n) => n));

test('a record that curl sends is handled, and the log says so', async () => {
  const { InvokeUrl = '' } = await workbench.outputs();
  const answer = await fetch(`${InvokeUrl}/events/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"customerId": "größe-7", "total": 9.5}',
  });
  expect(answer.status).toBe(200);

  let log = '';
  await until(async () => {
    log = (await workbench.run('logs', '--function', 'consumer', '--stage', 'local')).output;
    return log.includes('handled');
  });

  expect(log).toMatch(/handled \S+: 9\.5/);
  // It would log ten thousand records more.
  await lambda.send(
    new UpdateEventSourceMappingCommand({ UUID: await mappingOf('consumer'), Enabled: false }),
  );
});

test(`of ${RECORDS} records with failures in between, each is handled, each key in order`, async () => {
  const rounds = RECORDS / KEYS;

  await put(0, rounds);
  await until(() => areAllHandled(RECORDS));

  for (const name of ['counter', 'fanOut']) expect(ledger(name).keys).toEqual(ALL(rounds));
  // Failures there were: some records came more than once.
  expect(ledger('counter').lines.length).toBeGreaterThan(RECORDS);
});

test('a function that is deployed again while records flow loses none, each key in order', async () => {
  const before = RECORDS / KEYS;
  writeFileSync(inside('functions/counter.js'), COUNTER.replace('VERSION', 'second'));
  let isDeployed = false;
  const deployed = workbench.succeed('deploy', '--skip-verify').then(() => {
    isDeployed = true;
  });
  let rounds = before;
  for (; !isDeployed; rounds += 10) {
    await put(rounds, 10);
    await until(() => isDeployed || areAllHandled((rounds + 10) * KEYS));
  }
  await deployed;
  await put(rounds, 10);
  rounds += 10;
  await until(() => areAllHandled(rounds * KEYS));

  for (const name of ['counter', 'fanOut']) {
    expect(ledger(name).keys).toEqual(ALL(rounds));
    const versions = new Set(
      ledger(name)
        .lines.slice(RECORDS)
        .map((line) => line.split(' ')[2]),
    );
    expect(versions).toEqual(new Set(['first', 'second']));
  }
});

test('what the stack has taken away reads no more', async () => {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const states = EventSourceMappings.map((mapping) => [
    mapping.State,
    mapping.LastProcessingResult,
  ]);
  expect(states.sort()).toEqual([
    ['Disabled', 'OK'],
    ['Enabled', 'OK'],
    ['Enabled', 'OK'],
  ]);

  await workbench.succeed('remove');

  const after = await lambda.send(new ListEventSourceMappingsCommand({}));
  expect(after.EventSourceMappings).toEqual([]);
});
