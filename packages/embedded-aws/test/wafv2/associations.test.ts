import { AwsError } from '../../src/core/errors';
import { awsRequest, testCaller } from '../support/aws-request';
import { ALLOW, caller, MISSING, OTHER_STAGE, STAGE, waf } from './support';

describe('a web ACL in front of a stage', () => {
  test('is told by the stage and by itself, until it is taken away', async () => {
    const { call, create } = waf();
    const { arn: WebACLArn } = await create('front');
    const resources = () =>
      call('ListResourcesForWebACL', { WebACLArn, ResourceType: 'API_GATEWAY' });
    const ofStage = () => call('GetWebACLForResource', { ResourceArn: STAGE });

    const before = await ofStage();
    await call('AssociateWebACL', { WebACLArn, ResourceArn: STAGE });
    const during = [await ofStage(), await resources()];
    await call('DisassociateWebACL', { ResourceArn: STAGE });

    expect(before).toEqual({});
    expect(during).toMatchObject([{ WebACL: { ARN: WebACLArn } }, { ResourceArns: [STAGE] }]);
    expect(await ofStage()).toEqual({});
    expect(await resources()).toEqual({ ResourceArns: [] });
  });

  test('cannot be deleted', async () => {
    const { call, create } = waf();
    const { arn: WebACLArn, key, lockToken: LockToken } = await create('front');
    await call('AssociateWebACL', { WebACLArn, ResourceArn: STAGE });

    await expect(call('DeleteWebACL', { ...key, LockToken })).rejects.toMatchObject({
      __type: 'WAFAssociatedItemException',
      message:
        'AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.',
    });
    await call('DisassociateWebACL', { ResourceArn: STAGE });
    await expect(call('DeleteWebACL', { ...key, LockToken })).resolves.toEqual({});
  });

  test('gives way to another', async () => {
    const { call, create, associations } = waf();
    const first = await create('first');
    const second = await create('second');

    await call('AssociateWebACL', { WebACLArn: first.arn, ResourceArn: STAGE });
    await call('AssociateWebACL', { WebACLArn: second.arn, ResourceArn: STAGE });

    expect(associations.get(STAGE)).toBe(second.arn);
  });

  test('decides by its default action, as it is now', async () => {
    const { wafv2, call, create } = waf();
    const { arn, key, lockToken } = await create('front');

    const before = wafv2.decide(arn, awsRequest());
    await call('UpdateWebACL', {
      ...key,
      ...ALLOW,
      DefaultAction: { Block: {} },
      LockToken: lockToken,
    });

    expect([before, wafv2.decide(arn, awsRequest())]).toEqual(['Allow', 'Block']);
  });
});

describe('an association is refused', () => {
  const elsewhere = STAGE.replace('us-east-1', 'eu-west-1');

  test.each([
    ['a stage that is not there', STAGE.replace('dev', 'none'), 'WAFNonexistentItemException'],
    ['an API that is not there', STAGE.replace('abc123', 'x'), 'WAFNonexistentItemException'],
    ['a stage of another region', elsewhere, 'WAFInvalidParameterException'],
    ['a whole API', STAGE.replace('/stages/dev', ''), 'WAFInvalidParameterException'],
    ['no ARN', 'dev', 'WAFInvalidParameterException'],
    [
      'a load balancer',
      'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/x/1',
      'NotImplemented',
    ],
  ])('with %s', async (_case, ResourceArn, type) => {
    const { call, create } = waf();
    const { arn: WebACLArn } = await create('front');

    await expect(call('AssociateWebACL', { WebACLArn, ResourceArn })).rejects.toMatchObject({
      __type: type,
    });
    await expect(call('GetWebACLForResource', { ResourceArn })).rejects.toMatchObject({
      __type: type,
    });
  });

  test('of a web ACL that is not there', async () => {
    const { call } = waf();
    const WebACLArn = 'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/x/y';

    await expect(call('AssociateWebACL', { WebACLArn, ResourceArn: STAGE })).rejects.toMatchObject({
      __type: 'WAFNonexistentItemException',
      message: MISSING,
    });
    await expect(call('ListResourcesForWebACL', { WebACLArn })).rejects.toMatchObject({
      __type: 'WAFNonexistentItemException',
    });
  });

  test('for who may not set a stage’s web ACL', async () => {
    const { wafv2, create, associations } = waf();
    const { arn: WebACLArn } = await create('front');
    const call = caller(wafv2, {
      ...testCaller,
      authorize(action) {
        if (action === 'apigateway:SetWebACL') throw new AwsError('AccessDeniedException', action);
      },
    });

    await expect(call('AssociateWebACL', { WebACLArn, ResourceArn: STAGE })).rejects.toThrow(
      'apigateway:SetWebACL',
    );
    expect(associations.get(STAGE)).toBeUndefined();
  });
});

test('lists of resources are for one type, load balancers unless it is said', async () => {
  const { call, create } = waf();
  const { arn: WebACLArn } = await create('front');
  for (const ResourceArn of [STAGE, OTHER_STAGE]) {
    await call('AssociateWebACL', { WebACLArn, ResourceArn });
  }
  const list = (ResourceType?: string) =>
    call('ListResourcesForWebACL', { WebACLArn, ResourceType });

  expect(await list()).toEqual({ ResourceArns: [] });
  expect(await list('API_GATEWAY')).toEqual({ ResourceArns: [STAGE, OTHER_STAGE] });
  await expect(list('TOASTER')).rejects.toMatchObject({ __type: 'ValidationException' });
});
