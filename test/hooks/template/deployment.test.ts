import type { CompiledTemplate } from '../../../hooks/framework';
import { addressByContent } from '../../../hooks/template/deployment';

function template(changes: { verb?: string; stage?: string } = {}): CompiledTemplate {
  return {
    Resources: {
      RestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
      GetMethod: {
        Type: 'AWS::ApiGateway::Method',
        Properties: { RestApiId: { Ref: 'RestApi' }, HttpMethod: changes.verb ?? 'GET' },
      },
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        Properties: { RestApiId: { Ref: 'RestApi' } },
        DependsOn: ['GetMethod'],
      },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { DeploymentId: { Ref: 'Deployment' }, StageName: changes.stage ?? 'dev' },
        DependsOn: 'Deployment',
      },
      Plan: { Type: 'AWS::ApiGateway::UsagePlan', DependsOn: ['Stage', 'Deployment'] },
    },
    Outputs: { DeploymentId: { Value: { Ref: 'Deployment' } } },
  };
}

const deploymentId = (compiled: CompiledTemplate) =>
  Object.keys(compiled.Resources).find((id) => id.startsWith('Deployment')) ?? '';

test('the same API keeps its deployment', () => {
  expect(deploymentId(addressByContent(template()))).toBe(
    deploymentId(addressByContent(template())),
  );
  expect(deploymentId(addressByContent(template()))).toMatch(/^Deployment[0-9a-f]{10}$/);
});

test('a changed method needs a new deployment', () => {
  const before = deploymentId(addressByContent(template()));
  const after = deploymentId(addressByContent(template({ verb: 'PUT' })));
  expect(after).not.toBe(before);
});

test('what is not deployed, such as the stage, needs none', () => {
  const before = deploymentId(addressByContent(template()));
  const after = deploymentId(addressByContent(template({ stage: 'prod' })));
  expect(after).toBe(before);
});

test('every reference follows the new name', () => {
  const compiled = addressByContent(template());
  const id = deploymentId(compiled);

  expect(compiled.Resources.Stage).toEqual({
    Type: 'AWS::ApiGateway::Stage',
    Properties: { DeploymentId: { Ref: id }, StageName: 'dev' },
    DependsOn: id,
  });
  expect(compiled.Resources.Plan?.DependsOn).toEqual(['Stage', id]);
  expect(compiled.Outputs).toEqual({ DeploymentId: { Value: { Ref: id } } });
});

test('a template without a Deployment, as the one that makes the bucket, stays as it is', () => {
  const bucketOnly = { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } };
  expect(addressByContent(bucketOnly)).toBe(bucketOnly);
});
