import { arn } from '../scenario';
import { type Call, patch } from './call';
import { usage } from './usage';

export async function stages(call: Call, restApiId: string): Promise<void> {
  const { id: deploymentId } = await call('CreateDeployment', { restApiId });
  await call('GetDeployment', { restApiId, deploymentId });
  await call('GetDeployment', { restApiId, deploymentId, embed: ['apisummary'] });
  await call('CreateDeployment', { restApiId, description: 'second', stageName: 'dev' });
  await call('CreateDeployment', { restApiId, description: '' });
  await call('UpdateDeployment', {
    restApiId,
    deploymentId,
    patchOperations: [patch('replace', '/description', 'changed')],
  });
  await call('GetDeployments', { restApiId });
  await call('CreateStage', { restApiId, stageName: 'plain', deploymentId });
  await call('CreateStage', {
    restApiId,
    stageName: 'full',
    deploymentId,
    description: 'all of it',
    variables: { a: 'b' },
    tags: { team: 'a' },
    documentationVersion: '1',
    tracingEnabled: false,
  });
  await call('CreateStage', {
    restApiId,
    stageName: 'described',
    deploymentId,
    description: 'all of it',
    variables: { a: 'b' },
    tags: { team: 'a' },
  });
  await call('UpdateStage', {
    restApiId,
    stageName: 'described',
    patchOperations: [
      patch('replace', '/*/*/throttling/rateLimit', '10'),
      patch('replace', '/*/*/metrics/enabled', 'true'),
      patch('replace', '/~1{name}/GET/throttling/burstLimit', '10'),
    ],
  });
  await call('UpdateStage', {
    restApiId,
    stageName: 'described',
    patchOperations: [
      patch('replace', '/accessLogSettings/destinationArn', arn('logs', 'log-group:calls')),
      patch('replace', '/accessLogSettings/format', '$context.requestId'),
      patch('replace', '/*/*/logging/loglevel', 'INFO'),
      patch('remove', '/variables/a'),
      patch('replace', '/description', ''),
    ],
  });
  await call('GetStage', { restApiId, stageName: 'missing' });
  await call('CreateDeployment', {
    restApiId,
    stageName: 'dev',
    canarySettings: { percentTraffic: 5, stageVariableOverrides: { a: 'c' } },
  });
  await call('GetStages', { restApiId });
  await call('UpdateStage', {
    restApiId,
    stageName: 'dev',
    patchOperations: [
      patch('remove', '/canarySettings'),
      patch('replace', '/canarySettings/percentTraffic', '0'),
    ],
  });
  await call('UpdateStage', {
    restApiId,
    stageName: 'described',
    patchOperations: [patch('remove', '/accessLogSettings')],
  });
  await call('GetStage', { restApiId, stageName: 'described' });
  await call('CreateDeployment', {
    restApiId,
    stageName: 'described',
    canarySettings: { percentTraffic: 50, stageVariableOverrides: { a: 'c' } },
  });
  await call('GetStage', { restApiId, stageName: 'described' });
  await call('UntagResource', {
    resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/described`,
    tagKeys: ['team'],
  });
  await call('GetStages', { restApiId });
  await call('GetTags', {
    resourceArn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/full`,
  });
  await usage(call, restApiId);
  await call('DeleteStage', { restApiId, stageName: 'full' });
}
