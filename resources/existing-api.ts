import { either, getAtt, ref } from './cloudformation';
import { logicalIds } from './logical-ids';

// Where the routes are: under a REST API of the stack's own, or under one that is there already and is
// somebody else's (`restApiId`). Of that the stack makes resources, methods, models and a validator, and
// nothing else: stage, deployments, gateway responses and settings are its owner's. The stage goes live
// with the routes, and without them, by hooks/existing-api.ts.

export const restApiId = either('OwnsApi', ref(logicalIds.restApi), '${param:restApiId}' as const);

/** The resource that `/streams` hangs under. */
export const rootResourceId = either(
  'OwnsApi',
  getAtt(logicalIds.restApi, 'RootResourceId'),
  '${param:rootResourceId}' as const,
);

/** The name of the API's stage; somebody else's may be called otherwise than the service's. */
export const stageName = either(
  'OwnsApi',
  ref(logicalIds.stage),
  either('NamesStage', '${param:restApiStage}' as const, '${self:provider.stage}' as const),
);

/** `invokeUrl` speaks of RestApi and Stage, which of somebody else's API are no resources here. */
export const invokeUrl = either(
  'OwnsApi',
  { 'Fn::Sub': '${param:invokeUrl}' },
  { 'Fn::Sub': ['${param:invokeUrl}', { RestApi: restApiId, Stage: stageName }] },
);
