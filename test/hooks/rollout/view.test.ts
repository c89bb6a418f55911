import { resolve } from '../../../hooks/drift/resolve';
import type { CompiledTemplate } from '../../../hooks/framework';
import { withShadow } from '../../../hooks/rollout/shadow';
import { viewOf } from '../../../hooks/rollout/view';
import { deploymentOf } from '../../../hooks/stage/own';
import { deployed, packaged } from '../../support/packaged-stack';

type Values = Readonly<Record<string, string>>;

/** The shadow of a version with these parameters, as a verification gets it. */
const viewed = (values: Values, before: Values = {}, endpoint?: string) =>
  viewedOf(packaged(values), packaged(before), endpoint);

function viewedOf(next: CompiledTemplate, before: CompiledTemplate, endpoint?: string) {
  const shadow = withShadow(next, deployed(before), false, 'c0ffee');
  const { physicalIds } = deployed(shadow.template);
  const stack = {
    template: shadow.template,
    physicalIds: { ...physicalIds, ShadowStagec0ffee: shadow.stageName, RestApi: 'abc1234567' },
    outputs: {},
    status: 'UPDATE_COMPLETE',
    changedAt: new Date(),
    stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/kinesis-rest-proxy-dev/1',
    accountId: '000000000000',
    partition: 'aws',
  };
  const place = { service: 'kinesis-rest-proxy', stage: 'dev', region: 'eu-west-1', live: 'dev' };
  const target = viewOf({ ...place, shadow, packaged: next, whole: next, stack, endpoint });
  return { target, next, template: target.stack?.template as CompiledTemplate };
}

describe('the URL of a shadow stage', () => {
  const ON_AWS = 'https://abc1234567.execute-api.eu-west-1.amazonaws.com/dev-verify-c0ffee';

  test.each<[string, Values, string | undefined, string]>([
    ['as the live one', {}, undefined, ON_AWS],
    [
      'through a VPC endpoint',
      { invokeUrl: 'https://${RestApi}-vpce-1.execute-api.eu-west-1.amazonaws.com/${Stage}' },
      undefined,
      'https://abc1234567-vpce-1.execute-api.eu-west-1.amazonaws.com/dev-verify-c0ffee',
    ],
    ['beside an own domain', { invokeUrl: 'https://api.example.com' }, undefined, ON_AWS],
    [
      'beside an own domain on an emulator',
      { invokeUrl: 'https://api.example.com' },
      'http://127.0.0.1:4566',
      'http://127.0.0.1:4566/_aws/execute-api/abc1234567/dev-verify-c0ffee',
    ],
  ])('%s', (_, values, endpoint, url) => {
    expect(viewed(values, {}, endpoint).target.invokeUrl).toBe(url);
  });
});

test('it stands in the place of the live stage', () => {
  const { target, next, template } = viewed(
    { authorization: 'API_KEY', throttleRate: '7', manageStreams: 'false' },
    { authorization: 'API_KEY' },
  );
  expect(target).toMatchObject({
    stage: 'dev',
    restApiId: 'abc1234567',
    apiKeyId: 'ApiKey-1',
    deploymentId: `${deploymentOf(next)}-1`,
    parameters: { restApiStage: 'dev-verify-c0ffee', throttleRate: '7' },
    stack: {
      live: 'dev',
      physicalIds: { Stage: 'dev-verify-c0ffee', UsagePlan: 'ShadowUsagePlanc0ffee-1' },
    },
  });
  expect(template.Resources.Stage).toEqual(next.Resources.Stage);
  expect(template.Resources).not.toHaveProperty('DeleteStreamMethod');
  expect(template.Resources).not.toHaveProperty('ShadowStagec0ffee');
});

test('what has not come yet, or is still as it was, is not looked at', () => {
  const topic = 'arn:aws:sns:eu-west-1:000000000000:alarms';
  const { template } = viewed(
    { alarmTopicArn: topic, domainName: 'api.example.com', certificateArn: 'arn' },
    {},
  );
  expect(template.Resources).not.toHaveProperty('LatencyAlarm');
  expect(template.Resources).not.toHaveProperty('DomainName');
  expect(template.Resources).toHaveProperty('RestApi');
  expect(viewed({}).template.Resources).toHaveProperty('LatencyAlarm');
});

test('references to what is left out are resolved: the access log, with another retention', () => {
  const { target, template } = viewed({ logRetentionDays: '3' }, {});
  const { stack } = target;
  if (stack === undefined) throw new TypeError('A view has a stack.');

  expect(template.Resources).not.toHaveProperty('AccessLog');
  expect(resolve({ 'Fn::GetAtt': ['AccessLog', 'Arn'] }, target, stack)).toBe(
    'arn:aws:logs:eu-west-1:000000000000:log-group:AccessLog-1:*',
  );
});

test('a shadow is not looked at for the producers of the live stage', () => {
  const producers = [{ name: 'acme', keys: ['1'], endpoints: {} }];
  const whole = packaged({ authorization: 'API_KEY' }, [], producers);
  const seen = Object.keys(viewedOf(whole, whole).template.Resources);

  expect(seen).toEqual(expect.arrayContaining(['UsagePlan', 'UsagePlanKey', 'ApiKey']));
  expect(seen).not.toContain('ProduceracmePlan');
  expect(seen).not.toContain('ProduceracmeZk1Access');
});
