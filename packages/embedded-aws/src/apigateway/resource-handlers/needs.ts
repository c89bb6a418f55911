import { partitionOf } from '../../core/caller';
import {
  type About,
  changes,
  type HandlerNeeds,
  has,
  type Need,
  passRole,
  when,
} from '../../core/handler-needs';
import { listProperty, objectOf, textProperty } from '../../core/properties';
import type { Properties } from '../../core/resource-handler';

// API Gateway's actions are the methods of its own API, its resources the paths.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html

type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';
type PathOf = (about: About) => string;

const arnOf = ({ context: { caller } }: About, path: string): string =>
  `arn:${partitionOf(caller.region)}:apigateway:${caller.region}::${path}`;

const call = (about: About, method: Method, path: string): Need => ({
  action: `apigateway:${method}`,
  resource: arnOf(about, path),
});

/** Tags are a resource of their own, at the encoded ARN of what they are on. */
const onTags = (about: About, method: Method, path: string): Need =>
  call(about, method, `/tags/${encodeURIComponent(arnOf(about, path))}`);

const apiPath = ({ properties }: About): string =>
  `/restapis/${textProperty(properties, 'RestApiId') ?? ''}`;

const idIn = ({ physicalId }: About): string => physicalId.split(/[|:]/)[0] ?? '';

/** A resource that is made by POST to its collection. */
function posted(collection: PathOf, itemOf?: PathOf, isTagged = false): HandlerNeeds {
  const item = itemOf ?? ((about: About) => `${collection(about)}/${idIn(about)}`);
  return {
    create: (about) => [call(about, 'POST', collection(about))],
    read: (about) => [
      call(about, 'GET', item(about)),
      ...when(isTagged && has(about.properties, 'Tags'), onTags(about, 'PUT', item(about))),
    ],
    update: (about) => [
      call(about, 'PATCH', item(about)),
      ...when(isTagged && changes(about, 'Tags'), onTags(about, 'DELETE', item(about))),
    ],
    delete: (about) => [call(about, 'DELETE', item(about))],
  };
}

/** A resource that PUT makes and replaces. */
const put = (item: PathOf): HandlerNeeds => ({
  create: (about) => [call(about, 'PUT', item(about))],
  read: (about) => [call(about, 'GET', item(about))],
  update: (about) => [call(about, 'PUT', item(about))],
  delete: (about) => [call(about, 'GET', item(about)), call(about, 'DELETE', item(about))],
});

const restApi = posted(() => '/restapis', undefined, true);
const updatePolicy = (about: About, path: string): Need => ({
  action: 'apigateway:UpdateRestApiPolicy',
  resource: arnOf(about, path),
});

const methodPath = (about: About): string => {
  const { ResourceId = '', HttpMethod = '' } = about.properties;
  return `${apiPath(about)}/resources/${ResourceId}/methods/${HttpMethod}`;
};

/** A method with its integration and the answers of both. */
function methodParts(about: About): readonly Need[] {
  const path = methodPath(about);
  const integration = objectOf(about.properties.Integration);
  const codes = (of: Properties, name: string) =>
    listProperty(of, name).map((answer) => textProperty(objectOf(answer), 'StatusCode') ?? '');
  const credentials = textProperty(integration, 'Credentials') ?? '';
  return [
    call(about, 'PUT', path),
    ...codes(about.properties, 'MethodResponses').map((code) =>
      call(about, 'PUT', `${path}/responses/${code}`),
    ),
    ...when(has(about.properties, 'Integration'), call(about, 'PUT', `${path}/integration`)),
    // An integration may also be called with the credentials of its own caller.
    ...when(credentials.includes(':role/'), passRole(credentials, 'apigateway.amazonaws.com')),
    ...codes(integration, 'IntegrationResponses').map((code) =>
      call(about, 'PUT', `${path}/integration/responses/${code}`),
    ),
  ];
}

const method = put(methodPath);

const authorizer = posted((about) => `${apiPath(about)}/authorizers`);

/** The right to hand API Gateway the role with which it calls the function. */
const passAuthorizerRole = ({ properties }: About): readonly Need[] => {
  const role = textProperty(properties, 'AuthorizerCredentials') ?? '';
  return when(role !== '', passRole(role, 'apigateway.amazonaws.com'));
};

const stages = (about: About) => `${apiPath(about)}/stages`;
const stage = posted(stages, undefined, true);

const planKeys: PathOf = ({ properties }) => `/usageplans/${properties.UsagePlanId}/keys`;
const mappings: PathOf = ({ properties }) =>
  `/domainnames/${properties.DomainName}/basepathmappings`;

/** Reading the document of an API, where it is an object. */
function documentObject({ context, properties }: About): readonly Need[] {
  const { Bucket: bucket, Key: key, Version: version } = objectOf(properties.BodyS3Location);
  if (bucket === undefined) return [];
  const resource = `arn:${partitionOf(context.caller.region)}:s3:::${bucket}/${key}`;
  return [{ action: version === undefined ? 's3:GetObject' : 's3:GetObjectVersion', resource }];
}

/** By type. */
export const apiGatewayNeeds: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::ApiGateway::RestApi': {
    ...restApi,
    create: (about) => [
      ...restApi.create(about),
      ...documentObject(about),
      ...when(has(about.properties, 'Policy'), updatePolicy(about, '/restapis')),
    ],
    update: (about) => [
      ...restApi.update(about),
      ...documentObject(about),
      ...when(changes(about, 'Policy'), updatePolicy(about, `/restapis/${about.physicalId}`)),
    ],
  },
  'AWS::ApiGateway::Resource': {
    ...posted(apiPath, (about) => `${apiPath(about)}/resources/${about.physicalId}`),
    create: (about) => [
      call(about, 'POST', `${apiPath(about)}/resources/${about.properties.ParentId}`),
    ],
  },
  'AWS::ApiGateway::Method': {
    ...method,
    create: methodParts,
    update: (about) => [...methodParts(about), call(about, 'DELETE', methodPath(about))],
  },
  'AWS::ApiGateway::Authorizer': {
    ...authorizer,
    create: (about) => [...authorizer.create(about), ...passAuthorizerRole(about)],
    update: (about) => [...authorizer.update(about), ...passAuthorizerRole(about)],
  },
  'AWS::ApiGateway::Model': posted((about) => `${apiPath(about)}/models`),
  'AWS::ApiGateway::RequestValidator': posted((about) => `${apiPath(about)}/requestvalidators`),
  'AWS::ApiGateway::GatewayResponse': put(
    (about) => `${apiPath(about)}/gatewayresponses/${about.properties.ResponseType}`,
  ),
  'AWS::ApiGateway::Deployment': posted((about) => `${apiPath(about)}/deployments`),
  'AWS::ApiGateway::Stage': {
    ...stage,
    create: (about) => [
      ...stage.create(about),
      // CreateStage has no members for these.
      ...when(
        has(about.properties, 'MethodSettings') || has(about.properties, 'AccessLogSetting'),
        call(about, 'PATCH', `${stages(about)}/${about.properties.StageName}`),
      ),
    ],
  },
  'AWS::ApiGateway::Account': {
    create: (about) => [call(about, 'PATCH', '/account')],
    read: (about) => [call(about, 'GET', '/account')],
    update: (about) => [call(about, 'PATCH', '/account')],
    delete: () => [],
  },
  'AWS::ApiGateway::ApiKey': posted(() => '/apikeys', undefined, true),
  'AWS::ApiGateway::UsagePlan': posted(() => '/usageplans', undefined, true),
  'AWS::ApiGateway::UsagePlanKey': posted(planKeys),
  'AWS::ApiGateway::DomainName': posted(() => '/domainnames', undefined, true),
  'AWS::ApiGateway::BasePathMapping': posted(
    mappings,
    // The empty path is called so in API Gateway's own paths.
    (about) => `${mappings(about)}/${about.physicalId.split('|')[1] || '(none)'}`,
  ),
};
