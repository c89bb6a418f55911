import type { CompiledTemplate } from '../../../hooks/framework';
import { retiring } from '../../../hooks/rollout/api-of';
import { takenAway } from '../../../hooks/rollout/taken-away';
import { deploymentOf, isOwn, ownResources } from '../../../hooks/stage/own';
import { addressByContent } from '../../../hooks/template/deployment';
import { compiledStack } from '../../support/compiled-stack';

const api = addressByContent(structuredClone(compiledStack()));

const ref = (Ref: string) => ({ Ref });

/** A service's own resources, including a REST API as the framework creates it. */
const others = {
  ApiGatewayRestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } },
  ApiGatewayMethodGet: {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: ref('ApiGatewayRestApi'), HttpMethod: 'GET' },
  },
  ApiGatewayDeployment1: {
    Type: 'AWS::ApiGateway::Deployment',
    Properties: { RestApiId: ref('ApiGatewayRestApi') },
  },
  Orders: { Type: 'AWS::Kinesis::Stream' },
  HelloLambdaFunction: { Type: 'AWS::Lambda::Function' },
  // Of a function `canaryLambda`, whose name begins as the canary's resources do.
  CanaryLambdaLambdaFunction: { Type: 'AWS::Lambda::Function' },
  HelloLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } },
};
const Resources: CompiledTemplate['Resources'] = { ...others, ...api.Resources };
const service = { ...api, Resources };
const physicalIds = Object.fromEntries(Object.keys(service.Resources).map((id) => [id, id]));

test("in a service with more, the API's resources are its own and no others", () => {
  expect(Object.fromEntries(ownResources(service))).toEqual(api.Resources);
  expect(deploymentOf(service)).toBe(deploymentOf(api));
});

test.each([
  'CanaryLambdaFunction',
  'CanaryLambdaEvConf',
  'CanaryEventsRuleSchedule1',
  'CanaryLambdaPermissionEventsRuleSchedule1',
  'CanaryLog',
  'CanaryRole',
  'CanaryAlarm',
  'ServerlessDeploymentBucket',
])('%s, of a stage with a canary, is own', (id) => {
  expect(isOwn({ Resources: {} }, id)).toBe(true);
});

test('a route that only an earlier version had is a part of the API', () => {
  const old = {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: ref('RestApi'), HttpMethod: 'PATCH' },
  };

  expect(isOwn({ Resources: { OldMethod: old } }, 'OldMethod')).toBe(true);
});

test('under an existing API, what hangs on that API is own', () => {
  const restApiId = 'a1b2c3d4e5';
  const Metadata = { KinesisRestProxy: { parameters: { restApiId } } };
  const methodOf = (id: string) => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: id },
  });
  const Resources = { OldMethod: methodOf(restApiId), OtherMethod: methodOf('f6g7h8i9j0') };

  expect(ownResources({ Metadata, Resources }).map(([id]) => id)).toEqual(['OldMethod']);
});

test("a change of the service's own API neither makes a new deployment nor is taken away", () => {
  const { ApiGatewayMethodGet: _, ...less } = service.Resources;
  const next = { ...service, Resources: less };

  expect(takenAway({ template: service, physicalIds }, next)).toEqual([]);
  expect(takenAway({ template: next, physicalIds }, service)).toEqual([]);
});

test("the first of two updates leaves the service's own resources as they are", () => {
  const { ListShardsMethod: _, ...rest } = service.Resources;
  const { ApiGatewayMethodGet: __, ...less } = rest;
  const added = {
    Type: 'AWS::ApiGateway::Method',
    Properties: { RestApiId: ref('ApiGatewayRestApi'), HttpMethod: 'PUT' },
  };
  const next = {
    ...service,
    Resources: {
      ...less,
      ApiGatewayMethodPut: added,
      HelloLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
    },
  };
  const first = retiring(next, { template: service, physicalIds });

  expect(first.Resources).toMatchObject(others);
  // New ones come when the stage moves.
  expect(first.Resources).not.toHaveProperty('ApiGatewayMethodPut');
  expect(first.Resources).not.toHaveProperty('ListShardsMethod');
});
