import { keeping } from '../../../hooks/rollout/keeping';
import { servesTheSame, withShadow } from '../../../hooks/rollout/shadow';
import { deploymentOf } from '../../../hooks/stage/own';
import { rememberedBy, remembering, shadowStageOf } from '../../../hooks/stage/shadow';
import { declaredStreams } from '../../../resources/streams/declared';
import { deployed, packaged, WEB_ACL } from '../../support/packaged-stack';

const before = packaged({ authorization: 'API_KEY', webAclArn: WEB_ACL });
const next = packaged({
  authorization: 'API_KEY',
  webAclArn: WEB_ACL,
  manageStreams: 'false',
  throttleRate: '7',
});
const { template, stageName, ids } = withShadow(next, deployed(before), false, 'c0ffee');

test('the live stage keeps everything that it serves with', () => {
  const old = deploymentOf(before) ?? '';
  for (const id of ['Stage', 'UsagePlan', 'UsagePlanKey', 'ApiKey', 'WebAclAssociation', old]) {
    const { DependsOn: _, ...declared } = before.Resources[id] ?? { Type: '' };
    expect(template.Resources[id]).toMatchObject(declared);
  }
  expect(deploymentOf(template)).toBe(old);
  expect([template.Outputs, template.Metadata]).toEqual([before.Outputs, before.Metadata]);
});

test('the shadow has a copy of each, with the new settings and the new deployment', () => {
  expect(stageName).toBe('dev-verify-c0ffee');
  expect(ids).toEqual({
    Stage: 'ShadowStagec0ffee',
    UsagePlan: 'ShadowUsagePlanc0ffee',
    UsagePlanKey: 'ShadowUsagePlanKeyc0ffee',
    WebAclAssociation: 'ShadowWebAclAssociationc0ffee',
  });
  const { Resources } = template;
  expect(shadowStageOf(template)).toBe('ShadowStagec0ffee');
  expect(Resources.ShadowStagec0ffee?.Properties).toMatchObject({
    StageName: stageName,
    DeploymentId: { Ref: deploymentOf(next) },
    MethodSettings: expect.arrayContaining([expect.objectContaining({ ThrottlingRateLimit: '7' })]),
  });
  expect(Resources.ShadowUsagePlanc0ffee?.Properties).toMatchObject({
    UsagePlanName: 'kinesis-rest-proxy-dev dev-verify-c0ffee',
    ApiStages: [{ Stage: { Ref: 'ShadowStagec0ffee' } }],
  });
  expect(Resources.ShadowUsagePlanKeyc0ffee?.Properties).toMatchObject({
    KeyId: { Ref: 'ApiKey' },
    UsagePlanId: { Ref: 'ShadowUsagePlanc0ffee' },
  });
  expect(JSON.stringify(Resources.ShadowWebAclAssociationc0ffee)).toContain(
    '/stages/${ShadowStagec0ffee}',
  );
});

test('a deployment that no stage has served goes with the shadow, unless it is to outlive it', () => {
  const policy = (retains: boolean) => {
    const { Resources } = withShadow(next, deployed(before), retains).template;
    return Resources[deploymentOf(next) ?? '']?.DeletionPolicy;
  };
  expect([policy(false), policy(true)]).toEqual(['Delete', 'RetainExceptOnCreate']);
});

test('a first deployment has no live stage beside it', () => {
  const core = { Resources: { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } } };
  const first = withShadow(next, { template: core }, false, 'c0ffee').template;
  expect(first.Resources).not.toHaveProperty('Stage');
  expect(first.Resources).toHaveProperty('ServerlessDeploymentBucket');
  expect(first.Resources).toHaveProperty('ApiKey');
  expect(first.Outputs).toEqual({});
});

test('nothing is to be verified where a request meets the same', () => {
  expect(servesTheSame(packaged(), packaged({ alarmTopicArn: 'arn:aws:sns:a:1:b' }))).toBe(true);
  expect(servesTheSame(packaged(), packaged({ throttleRate: '7' }))).toBe(false);
  expect(servesTheSame(packaged(), packaged({ streams: 'orders' }))).toBe(false);
});

test('the template before is remembered to the letter, in little space', () => {
  const stored = remembering(template, before);
  expect(rememberedBy(JSON.parse(JSON.stringify(stored)))).toEqual(before);
  expect(rememberedBy(template)).toBeUndefined();
  const added = JSON.stringify(stored).length - JSON.stringify(template).length;
  expect(added).toBeLessThan(JSON.stringify(before).length / 5);
});

describe('declared streams', () => {
  const declared = (...names: string[]) =>
    declaredStreams(Object.fromEntries(names.map((name) => [name, {}])), {
      stage: 'dev',
      folder: '.',
    });
  const one = packaged({}, declared('orders'));
  const two = packaged({}, declared('orders', 'clicks'));
  const shadow = withShadow(two, deployed(one), false).template.Resources;

  test('that are new are there while the shadow is verified, and go with it', () => {
    expect(two.Resources.ClicksStream?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(shadow.ClicksStream).toEqual({
      ...two.Resources.ClicksStream,
      DeletionPolicy: 'Delete',
    });
  });

  test('that the stack has stay as they are', () => {
    expect(shadow.OrdersStream).toEqual(one.Resources.OrdersStream);
  });

  test('are written to by a role of the shadow’s, and the live stage keeps its own', () => {
    const rolesIn = (resources: typeof shadow) =>
      Object.keys(resources).filter((id) => id.startsWith('EventsRole'));
    const [before, after] = [one, two].flatMap(({ Resources }) => rolesIn(Resources));
    expect(after).not.toBe(before);
    expect(rolesIn(shadow).sort()).toEqual([before, after].sort());
    expect(rolesIn(keeping(two, one, 'rights').Resources).sort()).toEqual([before, after].sort());
  });

  test('are there before the stage serves their endpoints', () => {
    expect(two.Resources[deploymentOf(two) ?? '']?.DependsOn).toEqual(
      expect.arrayContaining(['OrdersStream', 'ClicksStream']),
    );
  });
});

describe('producers', () => {
  const producer = (keys: readonly string[]) => [{ name: 'acme', keys, endpoints: {} }];
  const withKeys = (keys: readonly string[], values = {}) =>
    packaged({ authorization: 'API_KEY', ...values }, [], producer(keys));

  test('come in by the live stage alone, and keep their way in while a shadow is verified', () => {
    const now = withKeys(['1']);
    const { template, ids } = withShadow(
      withKeys(['2'], { manageStreams: 'false' }),
      deployed(now),
      false,
    );

    expect(Object.keys(ids)).toEqual(['Stage', 'UsagePlan', 'UsagePlanKey']);
    for (const id of ['ProduceracmePlan', 'ProduceracmeZk1Key', 'ProduceracmeZk1Access']) {
      expect(template.Resources[id]).toEqual(now.Resources[id]);
    }
    expect(template.Resources).not.toHaveProperty('ProduceracmeZk2Key');
  });

  test('a rotated key changes nothing that verification meets', () => {
    expect(servesTheSame(withKeys(['1', '2']), withKeys(['1']))).toBe(true);
    expect(servesTheSame(packaged({ authorization: 'API_KEY' }), withKeys(['1']))).toBe(true);
  });

  test('a key that leaves stays until the outcome is known, where a deploy may go back', () => {
    const kept = keeping(withKeys(['2']), withKeys(['1']), 'all').Resources;
    expect(kept).toMatchObject({
      ProduceracmeZk1Key: { Type: 'AWS::ApiGateway::ApiKey' },
      ProduceracmeZk1Access: { Properties: { UsagePlanId: { Ref: 'ProduceracmePlan' } } },
    });
    expect(keeping(withKeys(['2']), withKeys(['1']), 'rights').Resources).not.toHaveProperty(
      'ProduceracmeZk1Key',
    );
  });
});
