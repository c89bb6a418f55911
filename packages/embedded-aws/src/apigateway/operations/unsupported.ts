import { notImplemented } from '../../core/errors';
import type { Operation } from '../operation';
import { apiOf } from './rest-apis';

/** Resources that cannot be created here, so that an empty list is the correct response. */
const EMPTY_LISTS = {
  GetClientCertificates: '/clientcertificates',
  GetDocumentationParts: '/restapis/{restApiId}/documentation/parts',
  GetDocumentationVersions: '/restapis/{restApiId}/documentation/versions',
  GetDomainNameAccessAssociations: '/domainnameaccessassociations',
  GetVpcLinks: '/vpclinks',
} as const;

/** Operations of API Gateway that are rejected by name. */
export const UNSUPPORTED = {
  CreateDocumentationPart: 'POST /restapis/{restApiId}/documentation/parts',
  CreateDocumentationVersion: 'POST /restapis/{restApiId}/documentation/versions',
  CreateDomainNameAccessAssociation: 'POST /domainnameaccessassociations',
  CreateVpcLink: 'POST /vpclinks',
  GenerateClientCertificate: 'POST /clientcertificates',
  GetModelTemplate: 'GET /restapis/{restApiId}/models/{modelName}/default_template',
  GetSdk: 'GET /restapis/{restApiId}/stages/{stageName}/sdks/{sdkType}',
  GetSdkTypes: 'GET /sdktypes',
  ImportDocumentationParts: 'PUT /restapis/{restApiId}/documentation/parts',
} as const;

export const unsupportedOperations: readonly Operation[] = [
  ...Object.entries(EMPTY_LISTS).map(
    ([name, path]): Operation => ({
      name,
      route: `GET ${path}`,
      status: 200,
      handle(request) {
        if (path.startsWith('/restapis')) apiOf(request);
        return { item: [] };
      },
    }),
  ),
  ...Object.entries(UNSUPPORTED).map(
    ([name, route]): Operation => ({
      name,
      route,
      status: 400,
      handle() {
        throw notImplemented('apigateway', name);
      },
    }),
  ),
];
