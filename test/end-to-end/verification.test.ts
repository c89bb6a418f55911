import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  ListStreamsCommand,
  waitUntilStreamNotExists,
} from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { throwAwayName } from '../../hooks/stage/throw-away-name';
import { checks } from '../../hooks/verify/checks';
import { endpoints } from '../../resources/endpoints';
import { compiledStack } from '../support/compiled-stack';
import { deployStack } from '../support/deploy-stack';
import { userWithout } from './support/limited-user';
import { startHaltedRuns } from './support/processes';
import { openWorkbench, type Workbench } from './support/workbench';

// The verifier as a pipeline meets it: what it prints, writes, leaves and ends with.

const test = inOrder();

let workbench: Workbench;
let kinesis: KinesisClient;
let gateway: APIGatewayClient;

beforeAll(async () => {
  workbench = await openWorkbench();
  kinesis = new KinesisClient(workbench.sdk);
  gateway = new APIGatewayClient(workbench.sdk);
  await workbench.succeed('deploy', '--skip-verify');
});
afterAll(async () => {
  kinesis.destroy();
  gateway.destroy();
  await workbench.close();
});

const HOUR = 3_600_000;

const streams = async () => (await kinesis.send(new ListStreamsCommand({}))).StreamNames ?? [];

/** A stream as a run that died at a certain time would leave it. */
async function leftover(stage: string, made: number): Promise<string> {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(made);
  const StreamName = throwAwayName({ service: 'kinesis-rest-proxy', stage });
  clock.mockRestore();
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  return StreamName;
}

const template = (name: string) => path.join(workbench.folder, 'templates', name);

/** Runs with a template changed, and puts it back. */
async function withTemplate<T>(
  name: string,
  change: (text: string) => string,
  act: () => Promise<T>,
): Promise<T> {
  const original = readFileSync(template(name), 'utf8');
  writeFileSync(template(name), change(original));
  try {
    return await act();
  } finally {
    writeFileSync(template(name), original);
  }
}

describe('a run that passes', () => {
  test('prints a line for each check, writes reports and a summary, and ends with 0', async () => {
    const file = (name: string) => path.join(workbench.folder, 'reports', name);
    const { code, output } = await workbench.runWith(
      { GITHUB_STEP_SUMMARY: file('summary.md') },
      ...['verify', '--report', `${file('verify.json')},${file('verify.xml')}`],
    );

    expect(code).toBe(0);
    for (const { method, path: route } of endpoints)
      expect(output).toContain(`✔ ${method} ${route}`);
    const report = JSON.parse(readFileSync(file('verify.json'), 'utf8'));
    expect(report).toMatchObject({
      verdict: 'passed',
      stage: 'local',
      counts: { failed: 0, blocked: 0 },
      throwAwayStream: { teardown: 'complete' },
    });
    expect(report.checks.map(({ name }: { name: string }) => name)).toEqual(Object.keys(checks));
    expect(readFileSync(file('verify.xml'), 'utf8')).toContain('<testsuite name="verify local"');
    expect(readFileSync(file('summary.md'), 'utf8')).toContain('stage local: passed');
    expect(await streams()).toEqual([]);
  });
});

describe('what is chosen', () => {
  test('--list prints the checks and runs none', async () => {
    const output = await workbench.succeed('verify', '--list');
    for (const name of Object.keys(checks)) expect(output).toContain(`${name}  `);
    expect(output).not.toContain('✔');
  });

  test('--only runs a check and those it builds on', async () => {
    const output = await workbench.succeed('verify', '--only', 'GetRecords');
    const ran = [...output.matchAll(/^✔ (.+?) {2}\d+ ms$/gm)].map(([, title]) => title);
    expect(ran).toEqual([
      'POST /streams/{stream-name}',
      'GET /streams/{stream-name}/shards',
      'PUT /streams/{stream-name}/record',
      'GET /streams/{stream-name}/sharditerator',
      'GET /streams/{stream-name}/records',
    ]);
  });

  test('--keep leaves the stream, and prints the command that deletes it', async () => {
    const output = await workbench.succeed('verify', '--only', 'CreateStream', '--keep');
    const [, name = ''] = /aws kinesis delete-stream --stream-name (\S+)/.exec(output) ?? [];
    expect(await streams()).toEqual([name]);
    await kinesis.send(new DeleteStreamCommand({ StreamName: name }));
    await waitUntilStreamNotExists(
      { client: kinesis, maxWaitTime: 30, minDelay: 1 },
      { StreamName: name },
    );
  });

  test('a run that cannot start ends with 2', async () => {
    const { code, output } = await workbench.run('verify', '--only', 'Everything');
    expect(code).toBe(2);
    expect(output).toContain('there is no such check');
    expect(output).not.toMatch(/^ {4}at /m);
  });
});

describe('a protected stage', () => {
  const isProtected = ['--param', 'protected=true'];

  test('deploy refuses it unless told how, before anything is made', async () => {
    const { code, output } = await workbench.run('deploy', ...isProtected);
    expect(code).toBe(2);
    expect(output).toContain('Stage local is protected');
    expect(output).toContain('--allow-protected');
  });

  test('--read-only makes no stream', async () => {
    const output = await workbench.succeed('verify', ...isProtected, '--read-only');
    expect(output).toContain("✔ The stack's resources match its template");
    expect(output).not.toContain('✔ POST /streams/{stream-name}  ');
    expect(output).not.toContain('✖');
  });

  test('--allow-protected makes a stream, and writes to it', async () => {
    const only = ['--only', 'PutRecord'];
    const refused = await workbench.run('verify', ...isProtected, ...only);
    expect([refused.code, refused.output]).toEqual([2, expect.not.stringContaining('✔')]);

    const output = await workbench.succeed('verify', ...isProtected, '--allow-protected', ...only);
    expect(output).toContain('✔ POST /streams/{stream-name}');
    expect(output).toContain('✔ PUT /streams/{stream-name}/record  ');
  });
});

describe('what is left behind', () => {
  test('sweep lists what is old, and deletes it when told', async () => {
    const old = await leftover('local', Date.now() - 2 * HOUR);
    const young = await leftover('local', Date.now() - 60_000);
    const ofOtherStage = await leftover('local-2', Date.now() - 2 * HOUR);

    const listed = await workbench.succeed('sweep');
    expect(listed).toMatch(new RegExp(`Left behind: ${old}, 12\\d min old`));
    expect(listed).toContain(`Kept: ${young}, 1 min old`);
    expect(listed).not.toContain(ofOtherStage);
    expect(await streams()).toEqual(expect.arrayContaining([old, young, ofOtherStage]));

    await workbench.succeed('sweep', '--delete');
    expect(await streams()).toEqual(expect.arrayContaining([young, ofOtherStage]));
    expect(await streams()).not.toContain(old);
  });

  test('a stream that cannot be deleted: the checks passed, and the run ends with 3', async () => {
    const user = await userWithout('kinesis:DeleteStream', workbench.sdk);
    const invokeUrl = `${workbench.endpoint}/_aws/execute-api/\${RestApi}/dev`;
    await deployStack(
      workbench.sdk,
      'kinesis-rest-proxy-dev',
      compiledStack({ invokeUrl, accessLogs: 'false', endpointThrottles: 'false' }),
    );

    const { code, output } = await workbench.runWith(
      user,
      ...['verify', '--stage', 'dev', '--only', 'PutRecord'],
    );

    expect(code).toBe(3);
    expect(output).toContain(
      'All checks passed, but the throw-away stream verify-kinesis-rest-proxy-dev-',
    );
    expect(output).toMatch(
      /aws kinesis delete-stream --stream-name verify-kinesis-rest-proxy-dev-/,
    );
    expect(await streams()).toContainEqual(
      expect.stringMatching(/^verify-kinesis-rest-proxy-dev-/),
    );
  });

  test('a kill -9 at every step of a run, and a sweep: nothing is left', async () => {
    const { child, message } = startHaltedRuns(workbench.endpoint);
    const { steps } = await message;
    const halted = (await streams()).filter((name) =>
      name.startsWith('verify-kinesis-rest-proxy-local-'),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    // All but the runs that were stopped before their stream was made, or after it was gone.
    expect(steps).toBeGreaterThan(60);
    expect(halted.length).toBeGreaterThan(steps / 3);

    await workbench.succeed('sweep', '--older-than', '0s', '--delete');

    expect(
      (await streams()).filter((name) => /^verify-kinesis-rest-proxy-local-(?!2-)/.test(name)),
    ).toEqual([]);
  });
});

describe('a run that finds a fault', () => {
  const broken = (act: () => Promise<void>) =>
    withTemplate('PutRecord.request.vtl', (text) => text.replace('"Data": "', '"Date": "'), act);

  test('says what was sent, what came back, what the gateway logged, and ends with 1', async () => {
    const before = await streams();
    await broken(async () => {
      const { code, output } = await workbench.run('deploy');

      expect(code).toBe(1);
      expect(output).toContain('✖ PUT /streams/{stream-name}/record (PutRecord)');
      expect(output).toMatch(/request {2}PUT http\S+\/record \{/);
      expect(output).toMatch(/x-amzn-requestid \S+, attempts 1/);
      expect(output).toMatch(/again {4}curl -i -X PUT /);
      expect(output).toContain('Endpoint request body after transformations: ');
      expect(output).toContain('blocked: PUT /streams/{stream-name}/record failed');
      expect(output).toContain('The stage stays as deployed');
      expect(output).not.toMatch(/^ {4}at /m);
    });
    expect(await streams()).toEqual(before);
  });

  test('a deployment found good clears away those before it, and streams that are old', async () => {
    const { RestApiId: restApiId } = await workbench.outputs();
    const old = await leftover('local', Date.now() - 2 * HOUR);

    await workbench.succeed('deploy');

    expect(await streams()).not.toContain(old);
    const { items = [] } = await gateway.send(new GetDeploymentsCommand({ restApiId }));
    const stage = await gateway.send(new GetStageCommand({ restApiId, stageName: 'local' }));
    expect(items.map(({ id }) => id)).toEqual([stage.deploymentId]);
  });

  describe('and takes the stage back', () => {
    let output: string;
    let good: string | null;
    const served = async () => {
      const { InvokeUrl: url } = await workbench.outputs();
      return (await fetch(`${url}/streams`)).headers.get('x-deployment-id');
    };

    test.before(async () => {
      good = await served();
    });

    test('rolls it back to the deployment before, on request, and still ends with 1', async () => {
      await broken(async () => {
        const run = await workbench.run('deploy', '--on-failure', 'rollback');
        expect(run.code).toBe(1);
        expect(run.output).toContain(
          `Stage local serves deployment ${good} again, and the stack is as it was before`,
        );
      });

      expect(await served()).toBe(good);
    });

    test('the next run finds it as the stack declares it', async () => {
      expect((await workbench.run('verify')).code).toBe(0);
    });

    test('another deployment made by hand is found', async () => {
      const { RestApiId: restApiId } = await workbench.outputs();
      await gateway.send(
        new CreateDeploymentCommand({ restApiId, stageName: 'local', description: 'by hand' }),
      );
      await gateway.send(
        new UpdateStageCommand({
          restApiId,
          stageName: 'local',
          patchOperations: [{ op: 'replace', path: '/*/*/throttling/rateLimit', value: '7' }],
        }),
      );

      const run = await workbench.run('verify', '--read-only');

      output = run.output;
      expect(run.code).toBe(1);
      expect(output).toContain("✖ The stage serves the stack's deployment");
    });

    test('a change made by hand meanwhile is found and named', () => {
      expect(output).toContain("✖ The stack's resources match its template");
      expect(output).toContain('Stage local: throttlingRateLimit is 7, declared as');
    });
  });
});

test("remove takes the stage's streams of any age", async () => {
  await leftover('local', Date.now() - 1_000);
  await workbench.succeed('remove');
  // Those of other stages are not its own.
  expect(await streams()).toEqual([
    expect.stringMatching(/^verify-kinesis-rest-proxy-dev-/),
    expect.stringMatching(/^verify-kinesis-rest-proxy-local-2-/),
  ]);
});
