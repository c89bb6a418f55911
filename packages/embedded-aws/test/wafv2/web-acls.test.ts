import { AwsError } from '../../src/core/errors';
import { awsRequest, testCaller } from '../support/aws-request';
import { ALLOW, caller, MISSING, waf } from './support';

const SOMEWHERE = { Scope: 'REGIONAL', Name: 'front' };

describe('a web ACL', () => {
  test('is created, read and listed', async () => {
    const { call, create } = waf();

    const { key, arn, lockToken } = await create('front', {
      Description: 'the door',
      Tags: [{ Key: 'team', Value: 'ä' }],
      Rules: [],
    });

    expect(arn).toBe(`arn:aws:wafv2:us-east-1:000000000000:regional/webacl/front/${key.Id}`);
    const expected = {
      WebACL: {
        Name: 'front',
        Id: key.Id,
        ARN: arn,
        Description: 'the door',
        ...ALLOW,
        Rules: [],
        Capacity: 0,
        ManagedByFirewallManager: false,
        LabelNamespace: 'awswaf:000000000000:webacl:front:',
      },
      LockToken: lockToken,
    };
    expect(await call('GetWebACL', key)).toEqual(expected);
    expect(await call('GetWebACL', { ARN: arn })).toEqual(expected);
    expect(await call('ListWebACLs', { Scope: 'REGIONAL' })).toEqual({
      WebACLs: [
        { Name: 'front', Id: key.Id, ARN: arn, Description: 'the door', LockToken: lockToken },
      ],
    });
    expect(await call('ListTagsForResource', { ResourceARN: arn })).toEqual({
      TagInfoForResource: { ResourceARN: arn, TagList: [{ Key: 'team', Value: 'ä' }] },
    });
  });

  test('has a name of its own in its account and region', async () => {
    const { wafv2, create } = waf();
    await create('front');

    await expect(create('front')).rejects.toMatchObject({
      __type: 'WAFDuplicateItemException',
      message: expect.stringContaining('is a duplicate of an existing one'),
    });
    const abroad = caller(wafv2, { ...testCaller, region: 'eu-west-1' });
    await expect(abroad('CreateWebACL', { ...ALLOW, ...SOMEWHERE })).resolves.toHaveProperty(
      'Summary.Name',
      'front',
    );
  });

  test('changes only for who knows its lock token', async () => {
    const { call, create } = waf();
    const { key, lockToken } = await create('front');
    const block = { ...ALLOW, DefaultAction: { Block: {} } };
    const update = (LockToken: string) => call('UpdateWebACL', { ...key, ...block, LockToken });

    const { NextLockToken } = await update(lockToken);

    await expect(update(lockToken)).rejects.toMatchObject({
      __type: 'WAFOptimisticLockException',
      message:
        'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it. Reapply your changes.',
    });
    await expect(call('DeleteWebACL', { ...key, LockToken: lockToken })).rejects.toMatchObject({
      __type: 'WAFOptimisticLockException',
    });
    expect(await call('GetWebACL', key)).toMatchObject({
      LockToken: NextLockToken,
      WebACL: { DefaultAction: { Block: {} } },
    });
    await call('DeleteWebACL', { ...key, LockToken: NextLockToken });
    await expect(call('GetWebACL', key)).rejects.toMatchObject({
      __type: 'WAFNonexistentItemException',
      message: MISSING,
    });
  });

  test.each([
    [{ Name: 'a b' }, 'ValidationException', "Value 'a b' at 'name'"],
    [{ Name: '__proto__' }, undefined, undefined],
    [{ Name: undefined }, 'ValidationException', "Value null at 'name'"],
    [{ Scope: 'GLOBAL' }, 'ValidationException', '[CLOUDFRONT, REGIONAL]'],
    [{ Scope: 'CLOUDFRONT' }, 'NotImplemented', 'the scope CLOUDFRONT'],
    [{ VisibilityConfig: undefined }, 'ValidationException', "'visibilityConfig'"],
    [{ VisibilityConfig: { MetricName: 'x' } }, 'ValidationException', 'sampledRequestsEnabled'],
    [{ DefaultAction: {} }, 'WAFInvalidParameterException', 'DEFAULT_ACTION'],
    [{ DefaultAction: { Allow: {}, Block: {} } }, 'WAFInvalidParameterException', 'exactly one'],
    [
      { DefaultAction: { Block: { CustomResponse: { ResponseCode: 418 } } } },
      'NotImplemented',
      'CustomResponse in the default action',
    ],
    [
      { Rules: [{ Name: 'geo', Statement: { GeoMatchStatement: {} } }] },
      'NotImplemented',
      "does not implement GeoMatchStatement (rule 'geo')",
    ],
    [
      { CustomResponseBodies: { a: { Content: '' } } },
      'NotImplemented',
      'the parameter CustomResponseBodies of wafv2:CreateWebACL',
    ],
  ])('made with %j', async (input, type, message) => {
    const { call } = waf();
    const made = call('CreateWebACL', { ...ALLOW, ...SOMEWHERE, ...input });

    if (type === undefined) await expect(made).resolves.toHaveProperty('Summary.Id');
    else {
      await expect(made).rejects.toMatchObject({
        __type: type,
        message: expect.stringContaining(message),
      });
    }
  });

  test('gets no rules by an update either, and stays as it was', async () => {
    const { call, create } = waf();
    const { key, lockToken } = await create('front');
    const Rules = [{ Name: 'r', Statement: { RateBasedStatement: { Limit: 100 } } }];

    await expect(
      call('UpdateWebACL', { ...key, ...ALLOW, Rules, LockToken: lockToken }),
    ).rejects.toThrow('RateBasedStatement');

    expect(await call('GetWebACL', key)).toMatchObject({ LockToken: lockToken });
  });
});

test('lists go by pages, and CloudFront’s is empty', async () => {
  const { call, create } = waf();
  for (const name of ['a', 'b', 'c']) await create(name);
  const list = (more: object) => call('ListWebACLs', { Scope: 'REGIONAL', ...more });

  const first = await list({ Limit: 2 });
  const second = await list({ Limit: 2, NextMarker: first.NextMarker });

  expect(first.WebACLs).toMatchObject([{ Name: 'a' }, { Name: 'b' }]);
  expect(second).toMatchObject({ WebACLs: [{ Name: 'c' }] });
  expect(second).not.toHaveProperty('NextMarker');
  await expect(list({ NextMarker: 'nobody' })).rejects.toMatchObject({
    __type: 'WAFInvalidParameterException',
  });
  expect(await list({ Scope: 'CLOUDFRONT' })).toEqual({ WebACLs: [] });
});

test('tags come and go', async () => {
  const { call, create } = waf();
  const { arn: ResourceARN } = await create('front');

  await call('TagResource', {
    ResourceARN,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: '__proto__', Value: '2' },
    ],
  });
  await call('UntagResource', { ResourceARN, TagKeys: ['a'] });

  expect(await call('ListTagsForResource', { ResourceARN })).toMatchObject({
    TagInfoForResource: { TagList: [{ Key: '__proto__', Value: '2' }] },
  });
});

test('every action asks the caller’s policies', async () => {
  const { wafv2, create } = waf();
  const { key } = await create('front');
  const asked: string[][] = [];
  const call = caller(wafv2, {
    ...testCaller,
    authorize(action, resource) {
      asked.push([action, resource]);
      throw new AwsError('AccessDeniedException', 'no');
    },
  });

  await expect(call('GetWebACL', key)).rejects.toMatchObject({ __type: 'AccessDeniedException' });

  expect(asked).toEqual([
    ['wafv2:GetWebACL', `arn:aws:wafv2:us-east-1:000000000000:regional/webacl/front/${key.Id}`],
  ]);
});

test.each([
  ['CreateIPSet', '{}', 'UnknownOperationException'],
  ['__proto__', '{}', 'UnknownOperationException'],
  ['CreateWebACL', '{', 'SerializationException'],
  ['CreateWebACL', '{"Name": 1}', 'SerializationException'],
])('%s with %s is refused', async (action, body, type) => {
  const { status, body: answer } = await waf().wafv2.handle(
    awsRequest({ headers: { 'x-amz-target': `AWSWAF_20190729.${action}` }, body }),
  );

  expect(status).toBe(400);
  expect(JSON.parse(answer.toString())).toMatchObject({ __type: type });
});
