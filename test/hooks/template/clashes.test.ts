import { refuseClashes } from '../../../hooks/template/clashes';
import { stack } from '../../../resources';
import { kinesisRestProxy } from '../../../resources/service';
import { compiledStack } from '../../support/compiled-stack';

/** The declaration as the framework hands it on: plain, with the variables of a stage filled in. */
const filledIn = () => ({
  ...JSON.parse(
    JSON.stringify(stack)
      .replaceAll('"${param:throttleRate}"', '1000')
      .replaceAll('"${param:throttleBurst}"', '2000')
      .replaceAll(/\$\{(param|self):[\w.]+\}/g, 'x(.[y]\\n'),
  ),
});

test("the API's own declaration is none, nor is anything beside it", () => {
  const { Resources, Outputs, Conditions } = filledIn();

  expect(() => refuseClashes({})).not.toThrow();
  expect(() => refuseClashes({ Resources, Outputs, Conditions })).not.toThrow();
  const more = { ...Resources, Orders: { Type: 'AWS::Kinesis::Stream' } };
  expect(() => refuseClashes({ Resources: more })).not.toThrow();
  // One who has left out an alarm has had a reason.
  const { LatencyAlarm: _, ...less } = Resources;
  expect(() => refuseClashes({ Resources: less })).not.toThrow();
});

test('neither is the dashboard of a stage with a canary', () => {
  const { functions, resources } = kinesisRestProxy(
    { stages: { dev: { canary: 'rate(5 minutes)' } } },
    ['deploy', '--stage', 'dev'],
  );
  expect(Object.keys(functions)).toEqual(['canary']);
  expect(() => refuseClashes(resources as Parameters<typeof refuseClashes>[0])).not.toThrow();
});

test.each([
  ['of another type', 'KinesisRole', { Type: 'AWS::S3::Bucket' }],
  ['of the same type', 'RestApi', { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'x' } }],
  ['with more', 'RestApi', { ...compiledStack().Resources.RestApi, DeletionPolicy: 'Retain' }],
  ['with less', 'Stage', { Type: 'AWS::ApiGateway::Stage', Properties: {} }],
  ['that is no resource', 'AccessLog', 'text'],
])('a resource %s under an id of the API is refused by name', (_, id, resource) => {
  const { Resources } = filledIn();

  expect(() => refuseClashes({ Resources: { ...Resources, [id]: resource } })).toThrow(
    `The resource '${id}' of your service has a name that the API needs.`,
  );
});

test('so are an output and a condition', () => {
  expect(() => refuseClashes({ Outputs: { Streams: { Value: 'a' } } })).toThrow(
    "The output 'Streams' of your service",
  );
  expect(() => refuseClashes({ Conditions: { HasDomain: { 'Fn::Equals': ['a', 'a'] } } })).toThrow(
    "The condition 'HasDomain' of your service",
  );
});
