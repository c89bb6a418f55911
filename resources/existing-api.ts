import { either, getAtt, ref } from './cloudformation';
import { logicalIds } from './logical-ids';

// The routes belong to the stack's own REST API or, with `restApiId`, to an existing one. To an
// existing API the stack adds only resources, methods, models and a validator: stage, deployments,
// gateway responses and settings are its owner's. hooks/existing-api.ts deploys the routes to its
// stage and removes them from it.

export const restApiId = either('OwnsApi', ref(logicalIds.restApi), '${param:restApiId}' as const);

/** The parent resource of `/streams`. */
export const rootResourceId = either(
  'OwnsApi',
  getAtt(logicalIds.restApi, 'RootResourceId'),
  '${param:rootResourceId}' as const,
);

/** The name of the API's stage; an existing API's may differ from the service's. */
export const stageName = either(
  'OwnsApi',
  ref(logicalIds.stage),
  either('NamesStage', '${param:restApiStage}' as const, '${self:provider.stage}' as const),
);

/** `invokeUrl` may refer to RestApi and Stage, which are not resources of an existing API. */
export const invokeUrl = either(
  'OwnsApi',
  { 'Fn::Sub': '${param:invokeUrl}' },
  { 'Fn::Sub': ['${param:invokeUrl}', { RestApi: restApiId, Stage: stageName }] },
);
