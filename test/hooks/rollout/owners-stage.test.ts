import { withOwnersStage } from '../../../hooks/rollout/owners-stage';
import { withShadow } from '../../../hooks/rollout/shadow';
import { deploymentOf } from '../../../hooks/stage/own';
import { deployed, packaged } from '../../support/packaged-stack';

const SHARED = {
  restApiId: 'abc1234567',
  rootResourceId: 'root12',
  restApiStage: 'live',
  authorization: 'API_KEY',
};
const next = packaged(SHARED);
const whole = withOwnersStage(
  next,
  'abc1234567',
  {
    stageName: 'live',
    variables: { backend: 'blue' },
    tracingEnabled: true,
    cacheClusterEnabled: true,
    webAclArn: 'arn:aws:wafv2:eu-west-1:0:regional/webacl/a/b',
    accessLogSettings: { destinationArn: 'arn:aws:logs:eu-west-1:0:log-group:a', format: '{}' },
    methodSettings: {
      '*/*': { throttlingRateLimit: 5, throttlingBurstLimit: 9, cachingEnabled: true },
      'streams~1{stream-name}/GET': { throttlingRateLimit: 1, loggingLevel: 'OFF' },
    },
  },
  'kinesis-rest-proxy-dev 0123456789, in place of dep123',
);

test("the shadow of a shared API's stage has its owner's settings, and no cache", () => {
  const { template } = withShadow(whole, deployed(packaged(SHARED)), true, 'c0ffee');
  expect(template.Resources.ShadowStagec0ffee?.Properties).toEqual({
    RestApiId: 'abc1234567',
    StageName: 'live-verify-c0ffee',
    DeploymentId: { Ref: deploymentOf(whole) },
    AccessLogSetting: { DestinationArn: 'arn:aws:logs:eu-west-1:0:log-group:a', Format: '{}' },
    Variables: { backend: 'blue' },
    TracingEnabled: true,
    MethodSettings: [
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        ThrottlingRateLimit: 5,
        ThrottlingBurstLimit: 9,
      },
      {
        ResourcePath: '/~1streams~1{stream-name}',
        HttpMethod: 'GET',
        ThrottlingRateLimit: 1,
      },
    ],
  });
  expect(template.Resources).toHaveProperty('ShadowWebAclAssociationc0ffee');
  expect(template.Resources.ShadowUsagePlanc0ffee?.Properties).toMatchObject({
    ApiStages: [{ ApiId: 'abc1234567', Stage: { Ref: 'ShadowStagec0ffee' } }],
  });
});

test('its deployment is made after every method, and outlives the shadow', () => {
  const { template } = withShadow(whole, deployed(packaged(SHARED)), true);
  const { DependsOn, DeletionPolicy, Properties } =
    template.Resources[deploymentOf(whole) ?? ''] ?? {};
  expect(DependsOn).toContain('PutRecordMethod');
  expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  expect(Properties).toMatchObject({ RestApiId: 'abc1234567' });
});

test('what is live next has neither', () => {
  expect(next.Resources).not.toHaveProperty('Stage');
  expect(deploymentOf(next)).toBeUndefined();
});
