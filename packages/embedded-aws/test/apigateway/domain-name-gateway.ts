import {
  CreateDomainNameCommand,
  type CreateDomainNameCommandInput,
  CreateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { type ApiGateway, createApiGateway } from '../../src/apigateway';
import { createDeployment } from '../../src/apigateway/entities/deployments';
import { createStage } from '../../src/apigateway/entities/stages';
import { testCaller } from '../support/aws-request';
import { sdkClient } from './sdk-client';
import { stackOf } from './stack';

export const CERTIFICATE = 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b-2c3d';
/** A certificate in another region. */
export const ELSEWHERE = 'arn:aws:acm:eu-west-1:000000000000:certificate/0a1b-2c3d';
export const NAME = 'api.example.com';

/** The settings of a regional domain name. */
export const REGIONAL: Partial<CreateDomainNameCommandInput> = {
  endpointConfiguration: { types: ['REGIONAL'] },
  regionalCertificateArn: CERTIFICATE,
};

/** A gateway, and a function that creates the domain name `NAME`. */
export function gateway() {
  const apiGateway = createApiGateway({ now: () => Date.UTC(2026, 10, 22) });
  const sdk = sdkClient(apiGateway);
  const create = (input: Partial<CreateDomainNameCommandInput> = REGIONAL) =>
    sdk.send(new CreateDomainNameCommand({ domainName: NAME, ...input }));
  return { apiGateway, sdk, create, stack: stackOf(apiGateway) };
}

/** An API with the stages `dev` and `prod`. */
export async function deployedApi(apiGateway: ApiGateway): Promise<string> {
  const { id = '', rootResourceId = '' } = await sdkClient(apiGateway).send(
    new CreateRestApiCommand({ name: 'a' }),
  );
  const region = apiGateway.store.in(testCaller);
  const api = region.restApi(id);
  await stackOf(apiGateway).create('Method', {
    RestApiId: id,
    ResourceId: rootResourceId,
    HttpMethod: 'GET',
    AuthorizationType: 'NONE',
    Integration: { Type: 'MOCK' },
  });
  const { id: deploymentId } = createDeployment(api, { createdDate: 0 });
  for (const stageName of ['dev', 'prod']) {
    createStage(region, api, {
      stageName,
      deploymentId,
      settings: { tracingEnabled: false },
      now: 0,
    });
  }
  return id;
}
