import { wafv2ResourceHandlers } from '../../src/wafv2';
import { awsRequest } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';
import { ALLOW, OTHER_STAGE, STAGE, waf } from './support';

const PROPERTIES = { ...ALLOW, Scope: 'REGIONAL', Tags: [{ Key: 'team', Value: 'a' }] };

function stack() {
  const { wafv2, ...rest } = waf();
  const handlers = wafv2ResourceHandlers(wafv2);
  return {
    ...rest,
    wafv2,
    webAcl: handlerFor(handlers, 'AWS::WAFv2::WebACL'),
    association: handlerFor(handlers, 'AWS::WAFv2::WebACLAssociation'),
  };
}

const context = resourceContext();

describe('AWS::WAFv2::WebACL', () => {
  test('has attributes that are the same after a restart', async () => {
    const first = await stack().webAcl.create(context, PROPERTIES);
    const second = await stack().webAcl.create(context, PROPERTIES);

    const { Arn, Id, ...attributes } = first.attributes ?? {};
    const [name, id, scope] = first.physicalId.split('|');
    expect(name).toMatch(/^shop-Thing-[A-Z0-9]{12}$/);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(scope).toBe('REGIONAL');
    expect(Arn).toBe(`arn:aws:wafv2:us-east-1:000000000000:regional/webacl/${name}/${id}`);
    expect(Id).toBe(id);
    expect(attributes).toEqual({
      Capacity: 0,
      LabelNamespace: `awswaf:000000000000:webacl:${name}:`,
    });
    expect(second).toEqual(first);
  });

  test('changes in place, and goes', async () => {
    const { webAcl, wafv2, call } = stack();
    const { physicalId, attributes } = await webAcl.create(context, { ...PROPERTIES, Name: 'n' });
    const ResourceARN = String(attributes?.Arn);

    const block = { ...ALLOW, Scope: 'REGIONAL', Name: 'n', DefaultAction: { Block: {} } };
    await webAcl.update(context, physicalId, block, PROPERTIES);

    expect(wafv2.decide(ResourceARN, awsRequest())).toBe('Block');
    expect(await call('ListTagsForResource', { ResourceARN })).toMatchObject({
      TagInfoForResource: { TagList: [] },
    });
    await webAcl.delete(context, physicalId, block);
    await webAcl.delete(context, physicalId, block);
    expect(await call('ListWebACLs', { Scope: 'REGIONAL' })).toEqual({ WebACLs: [] });
  });

  test.each([
    [{ Rules: [{ Name: 'r', Statement: { IPSetReferenceStatement: {} } }] }, 'IPSetReference'],
    [{ Scope: 'CLOUDFRONT' }, 'the scope CLOUDFRONT'],
    [{ TokenDomains: ['example.com'] }, 'TokenDomains'],
  ])('with %j is refused by name', (more, what) => {
    expect(() => stack().webAcl.create(context, { ...PROPERTIES, ...more })).toThrow(what);
  });
});

describe('AWS::WAFv2::WebACLAssociation', () => {
  test('puts a web ACL in front of a stage, and takes it away', async () => {
    const { webAcl, association, associations } = stack();
    const { physicalId: webAclId, attributes } = await webAcl.create(context, PROPERTIES);
    const properties = { WebACLArn: attributes?.Arn, ResourceArn: STAGE };

    const { physicalId } = await association.create(context, properties);
    const during = associations.get(STAGE);
    expect(() => webAcl.delete(context, webAclId, PROPERTIES)).toThrow(
      'it’s associated with another resource',
    );
    await association.delete(context, physicalId, properties);

    expect(during).toBe(attributes?.Arn);
    expect(associations.get(STAGE)).toBeUndefined();
  });

  test('that replaced another survives the removal of the other', async () => {
    const { webAcl, association, associations } = stack();
    const arns = [];
    for (const Name of ['a', 'b']) {
      const named = resourceContext({ logicalId: Name });
      arns.push((await webAcl.create(named, { ...PROPERTIES, Name })).attributes?.Arn);
    }
    const [old, replacement] = arns.map((WebACLArn) => ({ WebACLArn, ResourceArn: STAGE }));

    const { physicalId } = await association.create(context, old ?? {});
    await association.create(context, replacement ?? {});
    await association.delete(context, physicalId, old ?? {});

    expect(associations.get(STAGE)).toBe(replacement?.WebACLArn);
  });

  test('is not made with what is not there, and goes with its stage', async () => {
    const { webAcl, association, associations } = stack();
    const { attributes } = await webAcl.create(context, PROPERTIES);
    const properties = { WebACLArn: attributes?.Arn, ResourceArn: OTHER_STAGE };
    const { physicalId } = await association.create(context, properties);

    associations.delete(OTHER_STAGE);

    expect(() => association.create(context, properties)).toThrow('your resource doesn’t exist');
    await association.delete(context, physicalId, properties);
    expect([...associations.keys()]).toEqual([STAGE]);
  });
});
