import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { AS_BEFORE, openRollouts, type Rollouts, type World } from './support/rollouts';
import { RATE, type SteadyWriter, writeSteadily } from './support/steady-writer';
import { streamsOn } from './support/streams';
import type { Workbench } from './support/workbench';

// One stage that clients write to all the time, while new versions of it are deployed, good ones and
// bad ones. Told in order.

const test = inOrder();

const STREAM = 'orders';

let rollouts: Rollouts;
let workbench: Workbench;
let streams: ReturnType<typeof streamsOn>;
let writer: SteadyWriter;

const deploy = (...args: string[]) => workbench.run(...rollouts.deploying(...args));
const succeed = (...args: string[]) => workbench.succeed(...rollouts.deploying(...args));

/** The ids of all records in the stream. */
async function stored(): Promise<string[]> {
  const { Shards = [] } = await streams.kinesis.send(new ListShardsCommand({ StreamName: STREAM }));
  const ids: string[] = [];
  for (const { ShardId } of Shards) {
    let { ShardIterator } = await streams.kinesis.send(
      new GetShardIteratorCommand({
        StreamName: STREAM,
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    for (let isBehind = true; isBehind; ) {
      const page = await streams.kinesis.send(new GetRecordsCommand({ ShardIterator }));
      const data = (page.Records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString());
      ids.push(...data.map((text) => JSON.parse(text).id as string));
      ShardIterator = page.NextShardIterator;
      isBehind = (page.MillisBehindLatest ?? 0) > 0;
    }
  }
  return ids;
}

beforeAll(async () => {
  rollouts = await openRollouts();
  ({ workbench } = rollouts);
  streams = streamsOn(workbench.endpoint);
});
afterAll(async () => {
  await writer?.stop();
  streams.kinesis.destroy();
  await rollouts.close();
});

const TEMPLATE = 'templates/PutRecord.request.vtl';
const ENDPOINT = 'resources/endpoints/put-record.ts';
const broken = (text: string) => text.replace('"Data": "', '"Date": "');

describe('a first deployment', () => {
  test('that fails leaves nothing of the API, and no stage was ever there', async () => {
    const { code, output } = await rollouts.changed(TEMPLATE, broken, () =>
      rollouts.withStream(() => deploy()),
    );
    expect(output).toMatch(/Verifying stage dev-verify-[0-9a-f]{6} before dev serves it/);
    expect(output).toContain('Stage dev is not deployed, as before');
    expect(output).not.toMatch(/^ {4}at /m);
    expect(code).toBe(1);
    const { StreamNames: names } = await streams.kinesis.send(new ListStreamsCommand({}));
    expect(names).toEqual([]);
    expect((await rollouts.resources()).map(({ type }) => type).sort()).toEqual([
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
  });

  test('is verified before it is live, and writes a report of both', async () => {
    const file = path.join(workbench.folder, 'verify.json');
    const xml = path.join(workbench.folder, 'verify.xml');
    const output = await succeed('--report', `${file},${xml}`);
    const first = output.indexOf('before dev serves it');
    const second = output.indexOf('Verifying stage dev at');
    expect([first > 0, second > first]).toEqual([true, true]);
    const report = JSON.parse(readFileSync(file, 'utf8'));
    expect(report).toMatchObject({
      verdict: 'passed',
      url: expect.stringMatching(/\/dev-verify-[0-9a-f]{6}$/),
      live: { verdict: 'passed', url: expect.stringMatching(/\/dev$/) },
    });
    expect(report.live.deploymentId).toBe(report.deploymentId);
    const suites = [...readFileSync(xml, 'utf8').matchAll(/<testsuite name="([^"]*)"/g)];
    expect(suites.map(([, name]) => name)).toEqual(['verify dev', 'verify dev live']);
    const { api } = await rollouts.world();
    expect(api.stages).toEqual(['dev']);
    expect(api.deployments).toHaveLength(1);
  });
});

describe('while clients write', () => {
  let before: World;

  test.before(async () => {
    await streams.create(STREAM, 2);
    const { InvokeUrl: url } = await workbench.outputs('dev');
    writer = writeSteadily(`${url}/streams/${STREAM}`);
    before = await rollouts.world();
  });

  /** One kind of answer, from one deployment. */
  async function expectSteady(): Promise<void> {
    expect(writer.kinds()).toEqual([
      {
        status: 200,
        deployment: before.api.stage.deploymentId,
        contentType: 'application/json',
        members: 'ShardId,SequenceNumber',
      },
    ]);
  }

  test.each([
    ['a broken template', TEMPLATE, broken, /✖ PUT \/streams\/\{stream-name\}\/record/],
    [
      'a role that may no longer write',
      'resources/role.ts',
      (text: string) =>
        text.replace(
          '`kinesis:${action}`;',
          "`kinesis:${action.replace('PutRecord', 'Describe')}`;",
        ),
      /✖ PUT \/streams\/\{stream-name\}\/record/,
    ],
    [
      'a role for other streams than the stage',
      'resources/role.ts',
      (text: string) =>
        text.replace('[STREAMS, throwAwayStreams]', "[streamArns('x-*'), throwAwayStreams]"),
      /does not reach the stream/,
    ],
    [
      'a wrong model',
      ENDPOINT,
      (text: string) => text.replaceAll("['Data', 'PartitionKey']", "['Data', 'Key']"),
      /✖ PUT \/streams\/\{stream-name\}\/record/,
    ],
  ] as const)('%s never answers a client, and all is as before', async (_, file, change, found) => {
    const { code, output } = await rollouts.changed(file, change, () => deploy());
    expect(output).toMatch(found);
    expect(output).toContain(AS_BEFORE);
    expect(code).toBe(1);
    await expectSteady();
    expect(await rollouts.world()).toEqual(before);
  });

  test('a route less, a stream more, and a broken template: the route stays, the stream goes', async () => {
    const otherVerb = (text: string) => text.replace("method: 'GET'", "method: 'POST'");
    const { code, output } = await rollouts.changed(TEMPLATE, broken, () =>
      rollouts.changed('resources/endpoints/list-shards.ts', otherVerb, () =>
        rollouts.withStream(() => deploy()),
      ),
    );
    expect(output).toContain('so that the stage stops serving what was removed: ListShardsMethod');
    expect(output).toContain(AS_BEFORE);
    expect(code).toBe(1);
    await expectSteady();
    expect(await rollouts.world()).toEqual(before);
  });

  test('a stream more, whose event endpoint is broken: neither endpoint nor stream comes to be', async () => {
    const { code, output } = await rollouts.changed('templates/Event.put.vtl', broken, () =>
      rollouts.withStream(() => deploy()),
    );
    expect(output).toMatch(/✖ POST \/events\/clicks: /);
    expect(output).not.toMatch(/✖ (?!POST \/events\/clicks)/);
    expect(output).toContain(AS_BEFORE);
    expect(code).toBe(1);
    await expectSteady();
    expect(await rollouts.world()).toEqual(before);
  });

  test('the same template, mended, goes live at once', async () => {
    await rollouts.changed(
      TEMPLATE,
      (text) => `## mended\n${text}`,
      async () => {
        const output = await succeed();
        expect(output).not.toContain('✖');
      },
    );
    const { api } = await rollouts.world();
    expect(api.oas30).toContain('## mended');
    expect(api.stages).toEqual(['dev']);
    expect(api.deployments?.map(({ id }) => id)).toEqual([api.stage.deploymentId]);
    const kinds = writer.kinds();
    expect(kinds.map(({ status }) => status)).toEqual([200, 200]);
    expect(kinds.map(({ deployment }) => deployment)).toEqual([
      before.api.stage.deploymentId,
      api.stage.deploymentId,
    ]);
  });

  test('not one record is lost or doubled', async () => {
    await writer.stop();
    expect(writer.rate()).toBeGreaterThan(RATE * 0.95);
    expect(writer.written.length).toBeGreaterThan(1_000);
    expect((await stored()).sort()).toEqual([...writer.written].sort());
  });
});

describe('a deploy that changes little', () => {
  test('nothing: it is verified where it is', async () => {
    const before = await rollouts.world();
    await rollouts.changed(
      TEMPLATE,
      (text) => `## mended\n${text}`,
      async () => {
        const output = await succeed('--read-only');
        expect(output).not.toContain('before dev serves it');
        expect(output).toContain('Verifying stage dev at');
        expect(output).toContain('Change set did not include any changes');
      },
    );
    expect(await rollouts.world()).toEqual(before);
  });

  test('a setting of the stage: it is verified with the deployment that is live', async () => {
    const before = await rollouts.world();
    const output = await succeed('--read-only', '--param', 'throttleRate=700');
    expect(output).toMatch(/Verifying stage dev-verify-[0-9a-f]{6} before dev serves it/);
    const { api } = await rollouts.world();
    expect(api.stage.methodSettings?.['*/*']?.throttlingRateLimit).toBe(700);
    expect(api.deployments).toHaveLength(1);
    expect(api.stages).toEqual(before.api.stages);
  });
});
