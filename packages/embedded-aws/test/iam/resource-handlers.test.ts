import type { Properties } from '../../src/core/resource-handler';
import { createIam, iamResourceHandlers } from '../../src/iam';
import { testCaller } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
};
const policyFor = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const FULL = 'arn:aws:iam::aws:policy/AmazonKinesisFullAccess';

function handlers() {
  const iam = createIam();
  const all = iamResourceHandlers(iam);
  return { account: iam.account(testCaller), handler: (type: string) => handlerFor(all, type) };
}

async function withRole(properties: Properties = {}) {
  const made = handlers();
  const role = made.handler('AWS::IAM::Role');
  const given = { AssumeRolePolicyDocument: trust, ...properties };
  const context = resourceContext({ logicalId: 'Writer' });
  const state = await role.create(context, given);
  return { ...made, role, context, state, given, name: state.physicalId };
}

describe('AWS::IAM::Role', () => {
  test('is named after its stack, with its ARN and id as attributes', async () => {
    const { account, state } = await withRole({ Path: '/api/' });

    expect(state.physicalId).toMatch(/^shop-Writer-[0-9A-Z]{12}$/);
    expect(state.attributes).toEqual({
      Arn: `arn:aws:iam::000000000000:role/api/${state.physicalId}`,
      RoleId: account.role(state.physicalId).id,
    });
  });

  test('has the same name again for the same seed', async () => {
    expect((await withRole()).name).toBe((await withRole()).name);
  });

  test('has a name that fits, however long those of its stack and itself are', async () => {
    const { handler } = handlers();
    const context = resourceContext({ stackName: 's'.repeat(128), logicalId: 'L'.repeat(200) });

    const { physicalId } = await handler('AWS::IAM::Role').create(context, {
      AssumeRolePolicyDocument: trust,
    });

    expect(physicalId).toMatch(/^s+-L+-[0-9A-Z]{12}$/);
    expect(physicalId).toHaveLength(64);
  });

  test('gets its policies, and loses those that an update drops', async () => {
    const Policies = [{ PolicyName: 'a', PolicyDocument: policyFor('kinesis:PutRecord') }];
    const first = await withRole({ Policies, ManagedPolicyArns: [FULL] });
    const stored = first.account.role(first.name);
    expect([...stored.inlinePolicies.keys()]).toEqual(['a']);
    expect([...stored.attachedPolicies.keys()]).toEqual([FULL]);

    const next = {
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: 'b', PolicyDocument: policyFor('kinesis:GetRecords') }],
    };
    await first.role.update(first.context, first.name, next, first.given);

    expect([...stored.inlinePolicies.keys()]).toEqual(['b']);
    expect([...stored.attachedPolicies.keys()]).toEqual([]);
  });

  test('is deleted with its policies, and once gone is not missed', async () => {
    const Policies = [{ PolicyName: 'a', PolicyDocument: policyFor('kinesis:PutRecord') }];
    const { account, role, context, name, given } = await withRole({ Policies });

    await role.delete(context, name, given);
    await role.delete(context, name, given);

    expect(account.roles.size).toBe(0);
  });

  test("with somebody else's policy is not deleted", async () => {
    const { account, role, context, name, given } = await withRole();
    account.attachPolicy(account.role(name), FULL);

    expect(() => role.delete(context, name, given)).toThrow(
      'Cannot delete entity, must detach all policies first.',
    );
  });

  test('that fails half-way leaves nothing', async () => {
    const { account, handler } = handlers();
    const create = () =>
      handler('AWS::IAM::Role').create(resourceContext(), {
        AssumeRolePolicyDocument: trust,
        ManagedPolicyArns: [FULL],
        Policies: [{ PolicyName: 'a', PolicyDocument: { Statement: [] } }],
      });

    expect(create).toThrow('Syntax errors in policy.');
    expect(account.roles.size).toBe(0);
  });

  test('gets, changes and loses its permissions boundary, in place', async () => {
    const { account, role, context, name, given } = await withRole({ PermissionsBoundary: FULL });
    const boundary = () => account.role(name).permissionsBoundary?.arn;
    const other = 'arn:aws:iam::aws:policy/AdministratorAccess';

    const seen = [boundary()];
    for (const PermissionsBoundary of [other, undefined]) {
      const next = { AssumeRolePolicyDocument: trust, PermissionsBoundary };
      await role.update(context, name, next, given);
      seen.push(boundary());
    }

    expect(seen).toEqual([FULL, other, undefined]);
  });
});

describe('AWS::IAM::Policy', () => {
  test('is put into its roles, and follows them', async () => {
    const { account, handler, name } = await withRole();
    const other = account.createRole({ name: 'other', trustPolicy: trust });
    const policy = handler('AWS::IAM::Policy');
    const PolicyDocument = policyFor('kinesis:PutRecord');
    const first = { PolicyName: 'p', PolicyDocument, Roles: [name] };
    const next = { PolicyName: 'p', PolicyDocument, Roles: ['other'] };
    const { physicalId } = await policy.create(resourceContext(), first);

    await policy.update(resourceContext(), physicalId, next, first);
    expect(account.role(name).inlinePolicies.size).toBe(0);
    expect(other.inlinePolicies.size).toBe(1);

    await policy.delete(resourceContext(), physicalId, next);
    expect(other.inlinePolicies.size).toBe(0);
  });

  test('without anybody to put it into is refused', () => {
    const { handler } = handlers();

    expect(() =>
      handler('AWS::IAM::Policy').create(resourceContext(), {
        PolicyName: 'p',
        PolicyDocument: policyFor('s3:*'),
      }),
    ).toThrow('At least one of [Groups,Roles,Users] must be non-empty.');
  });
});

test('AWS::IAM::RolePolicy is put into its role and taken out', async () => {
  const { account, handler, name } = await withRole();
  const rolePolicy = handler('AWS::IAM::RolePolicy');
  const given = { PolicyName: 'p', RoleName: name, PolicyDocument: policyFor('s3:*') };

  const { physicalId } = await rolePolicy.create(resourceContext(), given);
  expect([...account.role(name).inlinePolicies.keys()]).toEqual(['p']);
  await rolePolicy.delete(resourceContext(), physicalId, given);

  expect(account.role(name).inlinePolicies.size).toBe(0);
});

describe('AWS::IAM::ManagedPolicy', () => {
  test('is attached, updated in force any number of times, and deleted', async () => {
    const { account, handler, name } = await withRole();
    const managed = handler('AWS::IAM::ManagedPolicy');
    const given = (action: string) => ({
      ManagedPolicyName: 'p',
      PolicyDocument: policyFor(action),
      Roles: [name],
    });
    const { physicalId } = await managed.create(resourceContext(), given('s3:A0'));
    for (let index = 1; index < 8; index++) {
      await managed.update(resourceContext(), physicalId, given(`s3:A${index}`), given('s3:A0'));
    }

    const [statement] = account.statements(account.role(name));
    expect(physicalId).toBe('arn:aws:iam::000000000000:policy/p');
    expect(statement?.matchesAction('s3:A7')).toBe(true);
    expect(statement?.matchesAction('s3:A0')).toBe(false);

    await managed.delete(resourceContext(), physicalId, given('s3:A7'));
    expect(account.policies.has(physicalId)).toBe(false);
    expect(account.role(name).attachedPolicies.size).toBe(0);
  });
});
