import { inOrder } from 'dev-kit/testing/in-order';
import type { ParameterName } from '../../resources/parameters';
import { createKafkaRest } from '../support/kafka-rest';
import { type LivingStage, openLivingStage, SKIP, TWICE } from './support/living-stage';
import { type Looked, type Row, type World, walk } from './support/parameter-walk';
import type { Workbench } from './support/workbench';

// One living stage, to which every parameter is given and from which each is taken back, and a
// route: what is taken away is gone when the deploy ends. Told in order.

const test = inOrder();

const kafka = createKafkaRest('orders');
let proxy: Awaited<ReturnType<typeof kafka.listen>>;
let stage: LivingStage;
let workbench: Workbench;
let world: World;

const looked = (group: Looked['group']) =>
  (Object.entries(walk) as [ParameterName, Row][]).filter(
    (entry): entry is [ParameterName, Looked] => 'look' in entry[1] && entry[1].group === group,
  );

/** `--param name=value`, with those that mean nothing without it. */
function given([name, row]: [ParameterName, Looked]): string[] {
  const alike = Object.entries(walk).flatMap(([other, its]) =>
    'with' in its && its.with === name ? [`${other}=${its.value}`] : [],
  );
  return [`${name}=${row.value(world)}`, ...alike].flatMap((text) => ['--param', text]);
}

beforeAll(async () => {
  [stage, proxy] = await Promise.all([openLivingStage(), kafka.listen()]);
  ({ workbench } = stage);
  world = { ...stage, webAclArn: await webAcl(), kafkaUrl: proxy.url };
});
afterAll(async () => {
  await proxy.close();
  await stage.close();
});

/** By WAF's own protocol, for which the SDK's client is not at hand. */
async function webAcl(): Promise<string> {
  const answer = await fetch(workbench.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSWAF_20190729.CreateWebACL',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/wafv2/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      Name: 'front',
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: false,
        CloudWatchMetricsEnabled: false,
        MetricName: 'front',
      },
      Rules: [],
    }),
  });
  return ((await answer.json()) as { Summary: { ARN: string } }).Summary.ARN;
}

describe('parameters', () => {
  test('all that go together are given at once', async () => {
    const rows = looked('together');
    await workbench.succeed('deploy', SKIP, ...rows.flatMap(given));
    for (const [name, row] of rows) {
      expect([name, await row.look(world)]).toEqual([name, row.given(world)]);
    }
    await stage.expectNothingLeft();
  });

  test.each(looked('together').map(([name], index) => [name, index] as const))(
    '%s is taken back, and the others stay',
    async (name, index) => {
      const rows = looked('together');
      const rest = rows.slice(index + 1);
      await workbench.succeed('deploy', SKIP, ...rest.flatMap(given));
      for (const [other, row] of rows) {
        const isGiven = rest.some(([left]) => left === other);
        const expected = isGiven ? row.given(world) : row.takenBack;
        expect([name, other, await row.look(world)]).toEqual([name, other, expected]);
      }
      await stage.expectNothingLeft();
    },
  );

  test.each(['settings', 'private', 'key'] as const)(
    'of group %s are given and taken back',
    async (group) => {
      const rows = looked(group);
      await workbench.succeed('deploy', SKIP, ...rows.flatMap(given));
      for (const [name, row] of rows) {
        expect([name, await row.look(world)]).toEqual([name, row.given(world)]);
      }
      await stage.expectNothingLeft();
      await workbench.succeed('deploy', SKIP);
      for (const [name, row] of rows) {
        expect([name, await row.look(world)]).toEqual([name, row.takenBack]);
      }
      await stage.expectNothingLeft();
    },
  );

  test('a deploy with nothing changed makes no deployment', () => stage.expectNothingNew());
});

describe('endpoints', () => {
  const RECORD_FILE = 'resources/endpoints/put-record.ts';
  const BATCH_FILE = 'resources/endpoints/put-records.ts';
  const withoutShards = (text: string) => text.replace('\n  listShards,\n', '\n');
  const moved = (text: string) => text.replace("{stream-name}/record'", "{stream-name}/entry'");
  const otherVerb = (text: string) => text.replace("method: 'PUT'", "method: 'POST'");
  const status = async (method: string, route: string) =>
    (
      await fetch(`${world.url}${route}`, {
        method,
        headers: { 'content-type': 'application/json' },
      })
    ).status;
  const [SHARDS, RECORD, ENTRY, RECORDS] = ['shards', 'record', 'entry', 'records'].map(
    (part) => `/streams/walk/${part}`,
  ) as [string, string, string, string];

  test('one that is removed is gone at once, and one that is added again is there', async () => {
    expect(await status('GET', SHARDS)).toBe(404);
    await stage.changed('resources/endpoints/index.ts', withoutShards, async () => {
      expect(await workbench.succeed('deploy', SKIP)).toContain(`${TWICE}`);
      expect(await status('GET', SHARDS)).toBe(403);
      await stage.expectNothingLeft();
      await stage.expectNothingNew();
    });
    expect(await workbench.succeed('deploy', SKIP)).not.toContain(TWICE);
    expect(await status('GET', SHARDS)).toBe(404);
  });

  test.each([
    ['another path', RECORD_FILE, moved, ['PUT', RECORD], ['PUT', ENTRY]],
    ['another verb', BATCH_FILE, otherVerb, ['PUT', RECORDS], ['POST', RECORDS]],
  ] as const)('one that gets %s is not at the old one', async (_, file, change, before, after) => {
    const [old, now] = [before, after].map(
      ([method, route]) =>
        () =>
          status(method, route),
    ) as [() => Promise<number>, () => Promise<number>];
    expect(await old()).toBe(400);
    await stage.changed(file, change, async () => {
      await workbench.succeed('deploy', SKIP);
      expect(await old()).toBe(403);
      expect(await now()).toBe(400);
      await stage.expectNothingLeft();
    });
    await workbench.succeed('deploy', SKIP);
    expect(await old()).toBe(400);
    expect(await now()).toBe(403);
  });

  test('a failed verification goes back to what had it, and says so', async () => {
    const badly = (text: string) => text.replace('"PartitionKey":', '"PartitionKey"');
    await stage.changed(RECORD_FILE, moved, async () => {
      const { code, output } = await stage.changed('templates/PutRecord.request.vtl', badly, () =>
        workbench.run('deploy', '--on-failure', 'rollback'),
      );
      expect(code).toBe(1);
      expect(output).toMatch(
        /Stage local serves deployment \w+ again, and the stack is as it was before\. Callers have again: PUT \/streams\/\{stream-name\}\/record \(NONE\)/,
      );
      expect(await status('PUT', RECORD)).toBe(400);
      expect(await status('PUT', ENTRY)).toBe(403);
    });
    await stage.expectNothingLeft();
    const verified = await workbench.succeed('deploy', '--on-failure', 'rollback');
    expect(verified).not.toContain('✖');
    await stage.expectNothingLeft();
    expect(await stage.deployments()).toHaveLength(1);
  });
});
