import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import { load } from 'js-yaml';
import type { Config } from '../../support/deploy-stack';
import { makeRights, type RightsFile, rightsTemplate, statementsOf } from '../../support/rights';

// The rights to verify are those of docs/verification.md, of which test/docs/verification.test.ts
// shows that they are enough, and that each is needed.

const DOCUMENT = path.join(__dirname, '..', '..', '..', 'docs', 'verification.md');
const [, printed = ''] = /```json\n([\s\S]+?)```/.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
const KEY = '11111111-2222-3333-4444-555555555555';

/** The document's statements with the account that the embedded AWS has. */
const documented = JSON.parse(printed.replaceAll('123456789012', '000000000000')).Statement;

const EVERYTHING = {
  Stage: 'dev',
  RestApiId: 'abc1234567',
  HasApiKey: 'true',
  AuthorizerFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:authorize',
  HasCanary: 'true',
  HasStreams: 'true',
  DomainName: 'api.example.com',
  KmsKeyArns: `arn:aws:kms:us-east-1:000000000000:key/${KEY}`,
};

function owner(): Config {
  const aws = createAws();
  return {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: answeredBy((request) => aws.handle(request)),
  };
}

/** With lists where one item may stand for itself. */
const plain = (statements: readonly object[]) =>
  statements.map((statement) =>
    Object.fromEntries(
      Object.entries(statement).map(([name, value]) => [
        name,
        name === 'Resource' ? [value].flat() : value,
      ]),
    ),
  );

test.each<RightsFile>(['verifier', 'deployer'])(
  '%s.yml has the documented rights to verify',
  async (file) => {
    const config = owner();

    const { VerifyPolicyArn = '' } = await makeRights(config, file, EVERYTHING);

    expect(plain(await statementsOf(config, VerifyPolicyArn))).toEqual(plain(documented));
  },
);

test.each<RightsFile>(['verifier', 'deployer'])(
  '%s.yml with a NamePrefix reads the roles and the rule whose names are shortened',
  async (file) => {
    const config = owner();
    const parameters = { Stage: 'dev', HasCanary: 'true', NamePrefix: 'kinesis-rest-proxy-produ' };

    const { VerifyPolicyArn = '' } = await makeRights(config, file, parameters);

    const statements = await statementsOf(config, VerifyPolicyArn);
    const resourceOf = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.Resource;
    expect(resourceOf('ReadTheRole')).toEqual([
      'arn:aws:iam::000000000000:role/kinesis-rest-proxy-produ*-KinesisRole*',
      'arn:aws:iam::000000000000:role/kinesis-rest-proxy-produ*-EventsRole*',
      'arn:aws:iam::000000000000:role/kinesis-rest-proxy-produ*-CanaryRole-*',
    ]);
    expect(resourceOf('ReadTheSchedule')).toBe(
      'arn:aws:events:us-east-1:000000000000:rule/kinesis-rest-proxy-produ*-Canary*',
    );
  },
);

test('what a stage has not is not granted', async () => {
  const config = owner();

  const { VerifyPolicyArn = '' } = await makeRights(config, 'verifier', { Stage: 'dev' });

  const sids = (await statementsOf(config, VerifyPolicyArn)).map(({ Sid }) => Sid);
  expect(sids).not.toContain('ReadTheCanary');
  expect(sids).not.toContain('ReadTheKey');
  expect(sids).not.toContain('ReadTheDomain');
  expect(sids).not.toContain('EncryptStreams');
});

test.each<RightsFile>(['verifier', 'deployer'])(
  '%s.yml trusts one environment of one repository, and makes its provider once',
  async (file) => {
    const { IAMClient, GetRoleCommand, ListOpenIDConnectProvidersCommand } = await import(
      '@aws-sdk/client-iam'
    );
    const config = owner();
    const iam = new IAMClient(config);

    const outputs = await makeRights(config, file, {
      Stage: 'dev',
      GitHubRepository: 'acme/streams',
      GitHubEnvironment: 'production',
    });

    const RoleName = outputs.RoleArn?.split('/').at(-1);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const { OpenIDConnectProviderList: providers } = await iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    const Federated = 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com';
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': 'repo:acme/streams:environment:production',
            },
          },
        },
      ],
    });
    expect(providers).toEqual([{ Arn: Federated }]);
  },
);

test('a session of the deployer may last as long as its parameter says', async () => {
  const { IAMClient, GetRoleCommand } = await import('@aws-sdk/client-iam');
  const config = owner();
  const iam = new IAMClient(config);

  const outputs = await makeRights(config, 'deployer', {
    Stage: 'dev',
    TrustedPrincipalArns: 'arn:aws:iam::000000000000:root',
    MaxSessionDuration: '7200',
  });

  const RoleName = outputs.RoleArn?.split('/').at(-1);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  expect(Role?.MaxSessionDuration).toBe(7200);
});

test.each<RightsFile>(['verifier', 'deployer'])(
  '%s.yml without anybody to trust makes policies, and no role',
  async (file) => {
    const outputs = await makeRights(owner(), file, { Stage: 'dev' });

    expect(outputs).not.toHaveProperty('RoleArn');
    expect(outputs).toHaveProperty('VerifyPolicyArn');
  },
);

test('both files explain every parameter', () => {
  for (const file of ['verifier', 'deployer'] as const) {
    // CloudFormation's short forms are no YAML of its own.
    const parameters = rightsTemplate(file).split('Conditions:')[0] ?? '';
    const { Parameters } = load(parameters) as { Parameters: Record<string, object> };
    for (const parameter of Object.values(Parameters)) {
      expect(parameter).toHaveProperty('Description');
    }
  }
});
