import { GetDomainNamesCommand } from '@aws-sdk/client-api-gateway';
import { inOrder } from 'dev-kit/testing/in-order';
import { everything } from './support/owners-view';
import { AS_BEFORE, openRollouts, type Rollouts, StackName, type World } from './support/rollouts';
import type { Workbench } from './support/workbench';

// One stage, deploys of which are cut off while they are verified, or fail once they are live. Told in
// order.

const test = inOrder();

let rollouts: Rollouts;
let workbench: Workbench;

beforeAll(async () => {
  rollouts = await openRollouts();
  ({ workbench } = rollouts);
  await succeed('--skip-verify');
});
afterAll(() => rollouts.close());

const succeed = (...args: string[]) => workbench.succeed(...rollouts.deploying(...args));

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a deploy that is cut off while it verifies', () => {
  const SETTING = ['--param', 'throttleRate=800', '--param', 'streams=o*'];
  let before: World;

  test.before(async () => {
    before = await rollouts.world();
  });

  async function cutOff(signal: 'SIGKILL' | 'SIGINT') {
    const running = workbench.start(...rollouts.deploying(...SETTING));
    await running.printed('before dev serves it');
    await running.printed('✔ POST /streams/{stream-name}  ');
    running.child.kill(signal);
    return { code: await running.code, output: running.output() };
  }

  test('by Ctrl-C: all is as before when it ends', async () => {
    const { code, output } = await cutOff('SIGINT');
    expect(output).toContain(AS_BEFORE);
    expect(output).not.toMatch(/^ {4}at /m);
    expect(code).toBe(130);
    expect(await rollouts.world()).toEqual(before);
  });

  test('by Ctrl-C before it verifies: the update of the stack is awaited, then taken back', async () => {
    const running = workbench.start(...rollouts.deploying(...SETTING));
    await until(async () => (await rollouts.resources()).some(({ id }) => id.startsWith('Shadow')));
    running.child.kill('SIGINT');
    expect(await running.code).toBe(130);
    expect(running.output()).toContain(AS_BEFORE);
    expect(running.output()).not.toMatch(/^ {4}at /m);
    expect(await rollouts.world()).toEqual(before);
  });

  test('by another deploy: that one goes live, and stays', async () => {
    const first = workbench.start(...rollouts.deploying(...SETTING));
    await first.printed('✔ POST /streams/{stream-name}  ');
    await succeed('--read-only', '--param', 'throttleRate=750');
    first.child.kill('SIGINT');
    expect(await first.code).toBe(130);
    expect(first.output()).toContain('Another deploy has taken over the stack of stage dev');
    const { api, resources, roles, streams: names } = await rollouts.world();
    expect(api.stage.methodSettings?.['*/*']?.throttlingRateLimit).toBe(750);
    expect(api.stages).toEqual(['dev']);
    expect(resources.filter((id) => id.startsWith('Shadow'))).toEqual([]);
    expect([roles, names]).toEqual([before.roles, before.streams]);
    before = await rollouts.world();
  });

  test('by kill -9: the live stage is sound, and sweep takes the rest away', async () => {
    await rollouts.withStream(() => cutOff('SIGKILL'));
    const cut = await rollouts.world();
    expect(cut.api.stages).toHaveLength(2);
    expect(cut.streams).toContain(`${StackName}-clicks`);
    const verified = await workbench.run('verify', '--stage', 'dev', '--read-only');
    expect([verified.code, verified.output]).toEqual([0, expect.not.stringContaining('✖')]);
    expect(verified.output).toContain('a new deployment is verified on stage dev-verify-');

    const kept = await workbench.succeed('sweep', '--stage', 'dev', '--delete');
    expect(kept).toMatch(/Kept: dev-verify-[0-9a-f]{6}, \d+ min old/);
    const swept = await workbench.succeed(
      ...['sweep', '--stage', 'dev', '--older-than', '0s', '--delete'],
    );
    expect(swept).toMatch(/Deleting dev-verify-[0-9a-f]{6}, \d+ min old/);
    expect(await rollouts.world()).toEqual(before);
  });

  test('by kill -9: the next deploy goes live and leaves nothing of it', async () => {
    await cutOff('SIGKILL');
    const output = await succeed('--read-only', ...SETTING);
    expect(output).not.toContain('✖');
    const { api, resources, template } = await rollouts.world();
    expect(api.stage.methodSettings?.['*/*']?.throttlingRateLimit).toBe(800);
    expect(api.stages).toEqual(['dev']);
    expect(api.deployments?.map(({ id }) => id)).toEqual([api.stage.deploymentId]);
    expect(resources.filter((id) => id.startsWith('Shadow'))).toEqual([]);
    expect(Object.keys(template.Metadata)).toEqual(['KinesisRestProxy']);
  });
});

describe('a live stage that does not pass, after its shadow did', () => {
  const DOMAIN = [
    ...['--param', 'domainName=api.example.com'],
    ...['--param', 'certificateArn=arn:aws:acm:us-east-1:000000000000:certificate/1'],
  ];

  test('goes back with everything: domain, API key, settings, role', async () => {
    const local = (...args: string[]) => ['deploy', '--param', 'accessLogs=false', ...args];
    await workbench.succeed(
      ...local('--skip-verify', '--param', 'authorization=API_KEY', '--param', 'streams=o*'),
    );
    const { RestApiId: id = '', RoleArn: role } = await workbench.outputs();
    const before = await everything(rollouts.gateway, id, 'local');

    const { code, output } = await workbench.run(
      ...local('--on-failure', 'rollback', '--param', 'shadow=true', ...DOMAIN),
      // The domain leads to another API.
      ...['--param', `invokeUrl=${workbench.endpoint}/_aws/execute-api/none/local`],
    );

    expect(output).toMatch(/Verifying stage local-verify-[0-9a-f]{6} before local serves it/);
    expect(output).toContain('Verifying stage local at');
    expect(output).toMatch(
      /Stage local serves deployment \w+ again, and the stack is as it was before/,
    );
    expect(code).toBe(1);
    expect(await everything(rollouts.gateway, id, 'local')).toEqual(before);
    expect((await workbench.outputs()).RoleArn).toBe(role);
    const { items: domains = [] } = await rollouts.gateway.send(new GetDomainNamesCommand({}));
    expect(domains).toEqual([]);
  });
});
