import type { CompiledResource, CompiledTemplate } from '../../../hooks/framework';
import { besideLive } from '../../../hooks/rollout/beside-live';
import { addressByContent } from '../../../hooks/template/deployment';
import {
  BESIDE_LIVE,
  excessOf,
  LIMITS,
  type LimitName,
  refuseExcess,
} from '../../../hooks/template/limits';
import { compiledStack } from '../../support/compiled-stack';

const REGION = 'us-east-1';

const many = (count: number, resource: CompiledResource): CompiledTemplate => ({
  Resources: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`R${index}`, resource]),
  ),
});
const oneOf = (Type: string, Properties: object): CompiledTemplate => many(1, { Type, Properties });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));
const inApi = { RestApiId: { Ref: 'RestApi' } };

/** A template with this number of what a quota is about. */
const withNumber: Readonly<Record<LimitName, (number: number) => CompiledTemplate>> = {
  resources: (number) => many(number, { Type: 'AWS::S3::Bucket' }),
  outputs: (number) => ({
    Resources: {},
    Outputs: Object.fromEntries(numbers(number).map((name) => [`O${name}`, { Value: name }])),
  }),
  template: (number) => ({
    Resources: {},
    Metadata: 'x'.repeat(number - JSON.stringify({ Resources: {}, Metadata: '' }).length),
  }),
  // The API's root is one of them.
  paths: (number) => many(number - 1, { Type: 'AWS::ApiGateway::Resource', Properties: inApi }),
  authorizers: (number) => many(number, { Type: 'AWS::ApiGateway::Authorizer', Properties: inApi }),
  stages: (number) => many(number, { Type: 'AWS::ApiGateway::Stage', Properties: inApi }),
  models: (number) => {
    const Schema = (length: number) => ({ ...inApi, Schema: 'x'.repeat(length) });
    return {
      Resources: {
        A: { Type: 'AWS::ApiGateway::Model', Properties: Schema(1_000) },
        B: { Type: 'AWS::ApiGateway::Model', Properties: Schema(number - 1_000) },
      },
    };
  },
  mappingTemplate: (number) =>
    oneOf('AWS::ApiGateway::Method', {
      Integration: {
        RequestTemplates: { 'application/json': 'short' },
        IntegrationResponses: [{ ResponseTemplates: { 'application/json': 'x'.repeat(number) } }],
      },
    }),
  methodThrottles: (number) =>
    oneOf('AWS::ApiGateway::UsagePlan', {
      ApiStages: [
        { ...inApi, Throttle: Object.fromEntries(numbers(number).map((name) => [name, {}])) },
      ],
    }),
  usagePlans: (number) => many(number, { Type: 'AWS::ApiGateway::UsagePlan' }),
  rolePolicies: (number) => {
    const document = (text: string) => ({ PolicyDocument: { Sid: text } });
    const empty = JSON.stringify({ Sid: '' }).length;
    return oneOf('AWS::IAM::Role', {
      Policies: [document('x'.repeat(1_000)), document('x'.repeat(number - 1_000 - 2 * empty))],
    });
  },
};

describe.each(Object.keys(LIMITS) as LimitName[])('%s', (name) => {
  const { most } = LIMITS[name];

  test('as many as AWS takes', () => {
    expect(excessOf(withNumber[name](most), REGION)).toEqual([]);
  });

  test('one more is refused, with the number and the way out', () => {
    const template = withNumber[name](most + 1);
    expect(excessOf(template, REGION)).toMatchObject([{ name, number: most + 1 }]);
    expect(() => refuseExcess(template, REGION)).toThrow(
      `${(most + 1).toLocaleString('en-US')} ${LIMITS[name].unit}`,
    );
    expect(() => refuseExcess(template, REGION)).toThrow('to a second service. More: docs/');
  });
});

test('every quota that is exceeded is named, and where', () => {
  const template = {
    Resources: {
      ...withNumber.resources(500).Resources,
      ...withNumber.rolePolicies(20_000).Resources,
      Api: { Type: 'AWS::ApiGateway::RestApi' },
    },
  };
  expect(() => refuseExcess(template, REGION)).toThrow(
    'The stack is larger than AWS takes: 501 resources (CloudFormation takes 500); 20,000 characters of inline policies in R0 (IAM takes 10,240). Move',
  );
});

test('an API of the service beside this one counts for itself', () => {
  const theirs = (index: number) => ({
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: index % 2 ? 'RestApi' : 'ApiGatewayRestApi' } },
  });
  const Resources = Object.fromEntries(numbers(400).map((id, index) => [`R${id}`, theirs(index)]));
  expect(excessOf({ Resources }, REGION)).toEqual([]);
});

test('a stack that fits alone may not fit beside the live one, and can do without', () => {
  const packaged = addressByContent(compiledStack({ authorization: 'API_KEY' }));
  const room = 500 - Object.keys(packaged.Resources).length;
  const full = {
    ...packaged,
    Resources: { ...packaged.Resources, ...many(room, { Type: 'AWS::S3::Bucket' }).Resources },
  };

  expect(excessOf(full, REGION)).toEqual([]);
  // Stage, deployment, usage plan and its key.
  expect(excessOf(besideLive(full), REGION)).toMatchObject([{ name: 'resources', number: 504 }]);
  expect(() => refuseExcess(besideLive(full), REGION, BESIDE_LIVE)).toThrow(
    /^While a new version is verified .* or deploy without that: --param shadow=false\./,
  );
});

test('the stack as it is by default is far from every quota', () => {
  for (const [name, limit] of Object.entries(LIMITS)) {
    const most = Math.max(
      ...limit.count(besideLive(addressByContent(compiledStack())), REGION).values(),
    );
    expect([name, most < limit.most / 2]).toEqual([name, true]);
  }
});
