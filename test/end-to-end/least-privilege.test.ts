import { inOrder } from 'dev-kit/testing/in-order';
import { type AccessDecision, type LocalAws, startLocalAws } from 'embedded-aws';
import { ONLY_THE_CLI } from '../support/only-the-cli';
import { assume, makeRights, statementsOf, unused } from '../support/rights';
import { allowAccessLogs } from '../support/whole-stack';
import { bareEnvironment, type Finished, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

// The CLI needs no more than the rights of examples/rights, on an embedded AWS that verifies
// signatures and acts as the caller. That each of them is needed is tested in
// test/examples/rights/deployer.test.ts and test/docs/verification.test.ts.

const test = inOrder();

const service = serviceCopy();
const decisions: AccessDecision[] = [];
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({
    port: 0,
    strict: true,
    kinesis: { createMs: 20, deleteMs: 20 },
    onAccessDecision: (decision) => decisions.push(decision),
  });
});
afterAll(async () => {
  await aws.close();
  service.remove();
});

const owner = () => ({
  endpoint: aws.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: aws.secretAccessKey ?? '' },
});

/** Makes the role of one of the files. @returns the CLI as that role, and what the stack tells */
async function cliAs(file: 'deployer' | 'verifier') {
  const outputs = await makeRights(owner(), file, {
    Stage: 'dev',
    TrustedPrincipalArns: 'arn:aws:iam::000000000000:root',
  });
  const session = await assume(owner(), outputs.RoleArn ?? '');
  const environment = {
    ...bareEnvironment(),
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    SLS_AWS_MONITORING_FREQUENCY: '50',
  };
  const invokeUrl = `invokeUrl=${aws.url}/_aws/execute-api/\${RestApi}/\${Stage}`;
  // Limits of endpoints need no right of their own, and a run below them takes two minutes.
  const params = ['--param', invokeUrl, '--param', 'endpointThrottles=false'];
  const run = (command: string, ...args: string[]): Promise<Finished> =>
    warmServerless(service.folder, [command, '--stage', 'dev', ...params, ...args], environment);
  return { run, outputs };
}

let deployer: Awaited<ReturnType<typeof cliAs>>;
let verifier: Awaited<ReturnType<typeof cliAs>>;

beforeAll(async () => {
  await allowAccessLogs(owner());
  deployer = await cliAs('deployer');
  verifier = await cliAs('verifier');
});

/** Insists on success, with the output of the run where there is none. */
async function done(running: Promise<Finished>): Promise<string> {
  const { code, output } = await running;
  expect([code, code === 0 ? 'done' : output]).toEqual([0, 'done']);
  return output;
}

// One after another, on one stage. On a stage that is not local a whole verification takes a minute:
// only one runs here.

test('the deployer deploys a stage', async () => {
  await done(deployer.run('deploy', '--skip-verify'));
});

test('the deployer deploys another version, which is verified', async () => {
  await done(deployer.run('deploy', '--on-failure', 'rollback', '--param', 'streams=orders-*'));
});

test('the verifier verifies the stage and sweeps', async () => {
  const only = ['--only', 'PutRecord,Drift', '--param', 'streams=orders-*'];
  const verified = await done(verifier.run('verify', ...only));
  await done(verifier.run('sweep', '--delete'));

  expect(verified).not.toMatch(/[✖–] /);
});

test('the deployer removes the stage', async () => {
  await done(deployer.run('remove'));
});

test('nothing was denied, and what only the CLI needs was asked for', async () => {
  const denied = decisions.filter(
    ({ principal, decision }) => principal.includes('/rights-') && decision !== 'allowed',
  );
  const { StackPolicyArn = '', ApiPolicyArn = '' } = deployer.outputs;
  const statements = [
    ...(await statementsOf(owner(), StackPolicyArn)),
    ...(await statementsOf(owner(), ApiPolicyArn)),
  ];
  const onlyTheCli: readonly string[] = ONLY_THE_CLI;

  expect(denied).toEqual([]);
  expect(unused(statements, decisions).filter((right) => onlyTheCli.includes(right))).toEqual([]);
});
