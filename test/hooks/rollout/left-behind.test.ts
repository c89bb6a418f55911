import {
  APIGatewayClient,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  DeleteMethodCommand,
  DeleteModelCommand,
  DeleteResourceCommand,
  GetAuthorizersCommand,
  GetGatewayResponsesCommand,
  GetModelsCommand,
  GetResourcesCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { deleteLeftBehind } from '../../../hooks/rollout/left-behind';
import { ofThisFile } from '../../support/of-this-file';

const apiGateway = ofThisFile(mockClient(APIGatewayClient));
const cloudFormation = ofThisFile(mockClient(CloudFormationClient));

const api = {
  apiGateway: new APIGatewayClient({ region: 'us-east-1' }),
  cloudFormation: new CloudFormationClient({ region: 'us-east-1' }),
  stackName: 'stack',
  restApiId: 'a1b2c3d4e5',
};

/** GET /streams is declared, and its path is the stack's. */
const deployed = {
  rootPath: '',
  template: {
    Resources: {
      Streams: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: {
          RestApiId: { Ref: 'RestApi' },
          ParentId: { 'Fn::GetAtt': ['RestApi', 'RootResourceId'] },
          PathPart: 'streams',
        },
      },
      ListStreamsMethod: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: { Ref: 'RestApi' },
          ResourceId: { Ref: 'Streams' },
          HttpMethod: 'GET',
          AuthorizationType: 'NONE',
        },
      },
    },
  },
  physicalIds: { Streams: 'streams', ListStreamsMethod: 'a1b2c3d4e5|streams|GET' },
};

const METHOD = { authorizationType: 'NONE' };

function event(ResourceType: string, id: string, status: string, properties?: object): StackEvent {
  return {
    StackId: 'stack',
    EventId: `${id}-${status}`,
    StackName: 'stack',
    Timestamp: new Date(0),
    LogicalResourceId: id,
    PhysicalResourceId: id.toLowerCase(),
    ResourceType: `AWS::ApiGateway::${ResourceType}`,
    ResourceStatus: status as 'DELETE_FAILED',
    ...(properties && { ResourceProperties: JSON.stringify(properties) }),
  };
}

beforeEach(() => {
  apiGateway.reset();
  cloudFormation.reset();
  apiGateway.on(GetResourcesCommand).resolves({
    items: [
      { id: 'root', path: '/' },
      { id: 'streams', parentId: 'root', path: '/streams', resourceMethods: { GET: METHOD } },
      { id: 'topics', parentId: 'root', path: '/topics', resourceMethods: { GET: METHOD } },
    ],
  });
  apiGateway.on(GetModelsCommand).resolves({ items: [{ name: 'Empty' }, { name: 'Error' }] });
  apiGateway.on(GetAuthorizersCommand).resolves({ items: [{ id: 'own', name: "somebody's" }] });
  apiGateway.on(GetGatewayResponsesCommand).resolves({
    items: [{ responseType: 'DEFAULT_4XX', defaultResponse: true }],
  });
});

test('the events of the stack are read only where the API has more than the stack declares', async () => {
  apiGateway.on(GetAuthorizersCommand).resolves({});
  apiGateway.on(GetResourcesCommand).resolves({
    items: [{ id: 'streams', path: '/streams', resourceMethods: { GET: METHOD } }],
  });
  await deleteLeftBehind(api, deployed);
  expect(cloudFormation.calls()).toEqual([]);
});

test('what the stack never had is left alone', async () => {
  cloudFormation.on(DescribeStackEventsCommand).resolves({
    StackEvents: [event('Method', 'ListStreamsMethod', 'CREATE_COMPLETE')],
  });
  const live = await deleteLeftBehind(api, deployed);
  expect(live.map(({ text }) => text)).toContain('GET /topics (NONE)');
  expect(apiGateway.commandCalls(DeleteMethodCommand)).toEqual([]);
});

test('a method that the stack could not delete is deleted, and its path with it', async () => {
  cloudFormation
    .on(DescribeStackEventsCommand)
    .resolvesOnce({
      StackEvents: [
        event('Resource', 'Topics', 'DELETE_FAILED'),
        event('Method', 'TopicsMethod', 'DELETE_FAILED'),
      ],
      NextToken: 'more',
    })
    .resolves({
      StackEvents: [
        event('Method', 'TopicsMethod', 'CREATE_COMPLETE', {
          ResourceId: 'topics',
          HttpMethod: 'GET',
        }),
      ],
    });
  apiGateway
    .on(GetResourcesCommand)
    .resolvesOnce({
      items: [
        { id: 'streams', path: '/streams', resourceMethods: { GET: METHOD } },
        { id: 'topics', path: '/topics', resourceMethods: { GET: METHOD } },
      ],
    })
    .resolves({
      items: [
        { id: 'streams', path: '/streams', resourceMethods: { GET: METHOD } },
        { id: 'topics', path: '/topics' },
      ],
    });
  const live = await deleteLeftBehind(api, deployed);
  expect(live.map(({ text }) => text)).not.toContain('GET /topics (NONE)');
  expect(
    apiGateway.commandCalls(DeleteMethodCommand).map(({ args: [{ input }] }) => input),
  ).toEqual([{ restApiId: 'a1b2c3d4e5', resourceId: 'topics', httpMethod: 'GET' }]);
  expect(
    apiGateway.commandCalls(DeleteResourceCommand).map(({ args: [{ input }] }) => input.resourceId),
  ).toEqual(['topics']);
});

test('models, authorizers and gateway responses too, but no path that has come to others', async () => {
  apiGateway.on(GetModelsCommand).resolves({ items: [{ name: 'Old' }] });
  apiGateway.on(GetAuthorizersCommand).resolves({
    items: [
      { id: 'abc123', name: 'old' },
      { id: 'own', name: "somebody's" },
    ],
  });
  apiGateway.on(GetGatewayResponsesCommand).resolves({ items: [{ responseType: 'THROTTLED' }] });
  cloudFormation.on(DescribeStackEventsCommand).resolves({
    StackEvents: [
      event('Resource', 'Topics', 'DELETE_FAILED'),
      event('Model', 'OldModel', 'DELETE_FAILED', { Name: 'Old' }),
      event('Authorizer', 'OldAuthorizer', 'DELETE_FAILED', { Name: 'old' }),
      event('GatewayResponse', 'Throttled', 'DELETE_FAILED', { ResponseType: 'THROTTLED' }),
    ],
  });
  await deleteLeftBehind(api, deployed);
  expect(apiGateway.commandCalls(DeleteModelCommand)).toHaveLength(1);
  expect(
    apiGateway.commandCalls(DeleteAuthorizerCommand).map(({ args: [{ input }] }) => input),
  ).toEqual([{ restApiId: 'a1b2c3d4e5', authorizerId: 'abc123' }]);
  expect(apiGateway.commandCalls(DeleteGatewayResponseCommand)).toHaveLength(1);
  expect(apiGateway.commandCalls(DeleteResourceCommand)).toEqual([]);
});

test('one that cannot be deleted now either is told, before anything is deployed', async () => {
  apiGateway.on(GetModelsCommand).resolves({ items: [{ name: 'Old' }] });
  cloudFormation.on(DescribeStackEventsCommand).resolves({
    StackEvents: [event('Model', 'OldModel', 'DELETE_FAILED', { Name: 'Old' })],
  });
  apiGateway.on(DeleteModelCommand).rejects(new Error('not authorized'));
  await expect(deleteLeftBehind(api, deployed)).rejects.toThrow(
    'An earlier update could not delete model Old, and it cannot be deleted now (not authorized)',
  );
});
