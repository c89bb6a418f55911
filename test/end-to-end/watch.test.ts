import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inOrder } from 'dev-kit/testing/in-order';
import {
  bareEnvironment,
  freePort,
  type Running,
  startServerless,
  warmServerless,
} from './support/processes';
import { serviceCopy, streamsFile } from './support/service-copy';

// The daily loop: what `npm start` does when a check fails, and with --watch when something is
// saved.

const test = inOrder();

const service = serviceCopy();
const ERRORS = 'templates/Error.response.vtl';
const SOUND = '"ResourceNotFoundException": 404';
const FAULT = '"ResourceNotFoundException": 410';
const SCHEMAS = path.join(__dirname, '..', 'fixtures', 'events', 'schemas');
const SCHEMA = readFileSync(path.join(SCHEMAS, 'order.json'), 'utf8');
const ORDER = readFileSync(path.join(SCHEMAS, 'order.sample.json'), 'utf8');
/** Printed when a deployment begins, and when it has ended one way or another. */
const BEGUN = / changed: deploying again/g;
const ENDED = /The API is ready at|✖ Not deployed/g;

let running: Running;
let port: number;
let invokeUrl: string;

beforeAll(async () => {
  replace(ERRORS, SOUND, FAULT);
  port = await freePort();
  running = start('--watch');
  await running.printed('Ctrl-C stops it.');
  invokeUrl = /The API is ready at (\S+)/.exec(running.output())?.[1] ?? '';
});

afterAll(async () => {
  running.child.kill('SIGKILL');
  await running.code;
  service.remove();
});

function start(...options: readonly string[]): Running {
  return startServerless(service.folder, ['local', ...options], environment());
}

const environment = () => ({ ...bareEnvironment(), LOCAL_AWS_PORT: String(port) });

function replace(name: string, before: string, after: string): void {
  const file = path.join(service.folder, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(before, after));
}

const count = (text: RegExp) => running.output().match(text)?.length ?? 0;

/** @returns what is printed from the save to the end of the deployment that it leads to */
async function deployedAfter(save: () => void): Promise<string> {
  const [before, ended] = [running.output().length, count(ENDED)];
  save();
  await running.printed(new RegExp(`(?:(?:${ENDED.source})[^]*){${ended + 1}}`));
  return running.output().slice(before);
}

const statusOf = async (route: string) => (await fetch(`${invokeUrl}${route}`)).status;

test('a stage whose verification fails is served, and the failures are printed', async () => {
  expect(running.output()).toMatch(/✖ GET \/streams\/\{stream-name\}.*404/);
  expect(running.output()).toContain('✖ The API is running, but its verification did not pass');
  expect(running.output()).not.toMatch(/^ {4}at /m);
  expect(await statusOf('/streams')).toBe(200);
  expect(await statusOf('/streams/nowhere')).toBe(410);
  await fetch(`${invokeUrl}/streams/kept`, { method: 'POST' });
});

test('a saved template is deployed and verified, and streams stay', async () => {
  const printed = await deployedAfter(() => replace(ERRORS, FAULT, SOUND));

  expect(printed).toContain(`${path.normalize(ERRORS)} changed: deploying again`);
  expect(printed).toContain('✔ PUT /streams/{stream-name}/records  ');
  expect(printed).not.toContain('✖');
  expect(await statusOf('/streams/nowhere')).toBe(404);
  expect(await (await fetch(`${invokeUrl}/streams`)).json()).toMatchObject({
    StreamNames: ['kept'],
  });
});

test('what does not load leaves the stage as it was, and says where it is wrong', async () => {
  const printed = await deployedAfter(() =>
    replace('serverless.ts', 'export default', 'export = default'),
  );

  expect(printed).toMatch(/serverless\.ts:\d+:\d+: .*expected/i);
  expect(printed).toContain('✖ Not deployed');
  expect(printed).not.toMatch(/^ {4}at /m);
  expect(await statusOf('/streams/nowhere')).toBe(404);
});

test('a burst of saves is one deployment', async () => {
  const begun = count(BEGUN);
  const folder = path.join(service.folder, 'resources');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);

  const printed = await deployedAfter(() => {
    replace('serverless.ts', 'export = default', 'export default');
    for (const name of files) appendFileSync(path.join(folder, name), '// saved\n');
  });

  expect(printed).toContain(`and ${files.length - 2} more changed: deploying again`);
  expect(printed).not.toContain('✖');
  expect(count(BEGUN)).toBe(begun + 1);
});

test('Ctrl-C while what was saved is verified ends all of it', async () => {
  const verified = running.output().split('Verifying stage').length;
  replace(ERRORS, SOUND, FAULT);
  await running.printed(new RegExp(`(?:Verifying stage[^]*){${verified}}`));

  running.child.kill('SIGINT');

  // The last complete deployment was sound.
  expect(await running.code).toBe(0);
  expect(running.output()).not.toMatch(/^ {4}at /m);
  await expect(fetch(`http://127.0.0.1:${port}/_aws/health`)).rejects.toThrow();
});

test('with --skip-verify nothing is called', async () => {
  running = start('--watch', '--skip-verify');
  await running.printed('Ctrl-C stops it.');

  expect(running.output()).not.toContain('Verifying');
  expect(await statusOf('/streams/nowhere')).toBe(410);
});

describe('a newcomer', () => {
  const event = (body: string) =>
    fetch(`${invokeUrl}/events/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const statuses = async () => [
    (await event(ORDER)).status,
    (await event('{"orderId": 1}')).status,
  ];
  const save = (name: string, text: string) => writeFileSync(path.join(service.folder, name), text);
  const declare = (streams: string) => save('streams.ts', streamsFile(streams));

  test('declares a stream with a schema, and sends it a good event and a bad one', async () => {
    mkdirSync(path.join(service.folder, 'schemas'));
    const printed = await deployedAfter(() => {
      save('schemas/order.json', SCHEMA);
      save('schemas/order.sample.json', ORDER);
      declare("{ orders: { schema: 'schemas/order.json', key: '$.customerId' } }");
    });

    expect(printed).toContain(`  curl -X POST ${invokeUrl}/events/orders -H 'content-type`);
    expect(await statuses()).toEqual([200, 400]);
  });

  test.each([
    ['no JSON', () => save('schemas/order.json', '{ "type": '), /schemas\/order\.json:1:11 /],
    [
      'a keyword that API Gateway does not have',
      () => save('schemas/order.json', SCHEMA.replace('"enum"', '"const"')),
      /schemas\/order\.json#\/properties\/currency\/const: /,
    ],
  ])(
    'has a schema that is %s: a line says where, and the stream is as it was',
    async (_, mistake, line) => {
      const printed = await deployedAfter(mistake);

      expect(printed).toMatch(line);
      expect(printed).toContain('✖ Not deployed');
      expect(printed).not.toMatch(/^ {4}at /m);
      expect(await statuses()).toEqual([200, 400]);
    },
  );

  test('mends it, takes the stream away and puts it back: its records are there', async () => {
    const taken = await deployedAfter(() => {
      save('schemas/order.json', SCHEMA);
      declare('{}');
    });
    const isTaken = await statuses();
    const back = await deployedAfter(() =>
      declare("{ orders: { shards: 2, schema: 'schemas/order.json', key: '$.customerId' } }"),
    );

    expect(taken).toContain('It has no event endpoints now.');
    expect(isTaken).toEqual([403, 403]);
    expect(back).toContain('Event endpoints:');
    expect(back).not.toContain('✖');
    expect(await statuses()).toEqual([200, 400]);
    // One of each of the three visits before, and one of now.
    const records = await warmServerless(
      service.folder,
      ['records', '--stream', 'orders'],
      environment(),
    );
    expect(records.output.match(/"PartitionKey":"c-7"/g)).toHaveLength(4);
  });

  test('asks for more shards than Kinesis adds at once, and is told how many it does', async () => {
    const printed = await deployedAfter(() => declare('{ orders: { shards: 5 } }'));

    expect(printed).toMatch(/has 2 shards, and 5 are declared.* shards: 4 first/);
    expect(printed).toContain('✖ Not deployed');
    expect(await statuses()).toEqual([200, 400]);
    running.child.kill('SIGINT');
    // The last deployment was not sound.
    expect(await running.code).toBe(1);
  });
});
