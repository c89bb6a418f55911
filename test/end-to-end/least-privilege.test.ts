import { type AccessDecision, type LocalAws, startLocalAws } from 'embedded-aws';
import { ONLY_THE_CLI } from '../support/only-the-cli';
import { assume, makeRights, statementsOf, unused } from '../support/rights';
import { allowAccessLogs } from '../support/whole-stack';
import { bareEnvironment, type Finished, serverless } from './support/processes';
import { serviceCopy } from './support/service-copy';

// The CLI needs no more than the rights of examples/rights, on an embedded AWS that verifies
// signatures and acts as the caller. That each of them is needed is tested in
// test/examples/rights/deployer.test.ts and test/docs/verification.test.ts.

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
  const run = (command: string, ...args: string[]): Promise<Finished> =>
    serverless(
      service.folder,
      [command, '--stage', 'dev', '--param', invokeUrl, ...args],
      environment,
    );
  return { run, outputs };
}

test('roles with the rights of examples/rights deploy, deploy again, verify, sweep and remove a stage', async () => {
  await allowAccessLogs(owner());
  const deployer = await cliAs('deployer');
  const verifier = await cliAs('verifier');

  const runs = [
    await deployer.run('deploy'),
    await deployer.run('deploy', '--on-failure', 'rollback', '--param', 'streams=orders-*'),
    await verifier.run('verify', '--param', 'streams=orders-*'),
    await verifier.run('sweep', '--delete'),
    await deployer.run('remove'),
  ];

  expect(runs.map(({ code, output }) => (code === 0 ? 'done' : output))).toEqual(
    Array(runs.length).fill('done'),
  );
  expect(runs[2]?.output).not.toMatch(/[✖–] /);
  const denied = decisions.filter(
    ({ principal, decision }) => principal.includes('/rights-') && decision !== 'allowed',
  );
  expect(denied).toEqual([]);
  const { StackPolicyArn = '', ApiPolicyArn = '' } = deployer.outputs;
  const statements = [
    ...(await statementsOf(owner(), StackPolicyArn)),
    ...(await statementsOf(owner(), ApiPolicyArn)),
  ];
  const superfluous: readonly string[] = ONLY_THE_CLI;
  expect(unused(statements, decisions).filter((right) => superfluous.includes(right))).toEqual([]);
});
