import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { openWorkbench, type Workbench } from './support/workbench';

// The CLI must need no more permissions than docs/verification.md lists. That each of them is
// needed is tested in test/docs/verification.test.ts.

const DOCUMENT = path.join(__dirname, '..', '..', 'docs', 'verification.md');

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench();
});
afterAll(() => workbench.close());

test('an identity with the documented policy verifies and sweeps a stage that asks for signatures', async () => {
  const url = `${workbench.endpoint}/_aws/execute-api/\${RestApi}/dev`;
  await workbench.succeed(
    ...['deploy', '--stage', 'dev', '--skip-verify', '--param', 'accessLogs=false'],
    ...['--param', `invokeUrl=${url}`, '--param', 'endpointThrottles=false'],
  );
  const { RestApiId: restApiId = '' } = await workbench.outputs('dev');
  const [, policy = ''] = /```json\n([\s\S]+?)```/.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
  const iam = new IAMClient(workbench.sdk);
  const UserName = 'verifier';
  await iam.send(new CreateUserCommand({ UserName }));
  const { Policy: managed } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: 'verify',
      PolicyDocument: policy
        .replaceAll('123456789012', '000000000000')
        .replaceAll('abc1234567', restApiId),
    }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: managed?.Arn }));
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  const identity = {
    AWS_ACCESS_KEY_ID: key?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: key?.SecretAccessKey ?? '',
  };

  const verified = await workbench.runWith(identity, 'verify', '--stage', 'dev');
  const swept = await workbench.runWith(identity, 'sweep', '--stage', 'dev', '--delete');

  expect(verified.output).toContain('✔ DELETE /streams/{stream-name}');
  expect(verified.output).not.toMatch(/[✖–] /);
  expect([verified.code, swept.code]).toEqual([0, 0]);
});
