import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetExportCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { createApiGateway } from '../../src/apigateway';
import type { ApiDefinition } from '../../src/apigateway/model';
import type { StoredDocument } from '../../src/state/persistent';
import { authorizerIn } from './authorizer-inputs';
import { sdkClient } from './sdk-client';

test('deployments that were written before there were authorizers are served and exported', async () => {
  const written = createApiGateway();
  const sdk = sdkClient(written);
  const { id: restApiId = '', rootResourceId: resourceId } = await sdk.send(
    new CreateRestApiCommand({ name: 'a' }),
  );
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  await sdk.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
  await sdk.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
  await sdk.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  const documents = [...written.state.documents()].map(({ key, value }): StoredDocument => {
    if (key[0] !== 'definitions') return { key, value: value() };
    const { authorizers: _authorizers, ...definition } = value() as ApiDefinition;
    return { key, value: definition };
  });

  const restored = createApiGateway();
  restored.state.restore(documents);

  const definition = restored.store.findServed(restApiId, 'dev')?.deployment.definition;
  expect(definition?.authorizers).toEqual(new Map());
  expect(definition?.resources.size).toBe(1);
  const again = sdkClient(restored);
  await again.send(new GetExportCommand({ restApiId, stageName: 'dev', exportType: 'oas30' }));
  await authorizerIn({ sdk: again, restApiId });
  expect(restored.store.find(restApiId)?.api.authorizers.size).toBe(1);
});
