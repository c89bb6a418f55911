import {
  CreateResourceCommand,
  DeleteMethodCommand,
  GetRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { changeIntegration, methodIds, replace } from '../by-hand';
import type { Fault } from '../fault';
import type { Stage } from '../stage';

const drift = { class: 'console', caughtBy: ['Drift'] } as const;
/** Edited, and the stage serves what was before. */
const undeployed = { class: 'console', caughtBy: ['Served', 'Drift'] } as const;

const TEMPLATE = '/requestTemplates/application~1json';

/** Methods, their templates and their answers. */
export const consoleMethodFaults: readonly Fault[] = [
  {
    ...undeployed,
    id: 'console-template',
    broken: "PutRecord's template is edited, and not deployed",
    blames: 'PutRecord',
    byHand: changeIntegration('PutRecord', replace(TEMPLATE, '{"Data": "$input.body"}')),
  },
  {
    ...drift,
    id: 'console-timeout',
    broken: 'ListShards gets a second to answer',
    blames: 'ListShards',
    byHand: changeIntegration('ListShards', replace('/timeoutInMillis', '1000')),
  },
  {
    ...drift,
    id: 'console-content-type',
    broken: "ListStreams's mapping of Content-Type is taken away",
    blames: 'ListStreams',
    byHand: changeIntegration('ListStreams', [
      { op: 'remove', path: '/requestParameters/integration.request.header.Content-Type' },
    ]),
  },
  {
    ...drift,
    id: 'console-opened',
    broken: 'CreateStream no longer asks for a signature, and is not deployed yet',
    blames: 'CreateStream',
    parameters: { authorization: 'AWS_IAM' },
    async byHand(stage) {
      const patchOperations = replace('/authorizationType', 'NONE');
      await stage.apiGateway.send(
        new UpdateMethodCommand({ ...methodIds(stage, 'CreateStream'), patchOperations }),
      );
    },
  },
  {
    ...undeployed,
    id: 'console-method-deleted',
    broken: "DeleteStream's method is deleted, and still served",
    blames: 'DeleteStream',
    async byHand(stage) {
      await stage.apiGateway.send(new DeleteMethodCommand(methodIds(stage, 'DeleteStream')));
    },
  },
  {
    ...undeployed,
    id: 'console-method-added',
    broken: 'PATCH …/record is added',
    blames: { says: 'PATCH /streams/{stream-name}/record' },
    async byHand(stage) {
      const ids = { ...methodIds(stage, 'PutRecord'), httpMethod: 'PATCH' };
      await addMethod(stage, ids);
    },
  },
  {
    ...undeployed,
    id: 'console-path-added',
    broken: 'A path is added, open to everybody',
    blames: { says: 'GET /admin' },
    async byHand(stage) {
      const { restApiId } = stage.target;
      const parentId = (await stage.apiGateway.send(new GetRestApiCommand({ restApiId })))
        .rootResourceId;
      const { id: resourceId } = await stage.apiGateway.send(
        new CreateResourceCommand({ restApiId, parentId, pathPart: 'admin' }),
      );
      await addMethod(stage, { restApiId, resourceId, httpMethod: 'GET' });
    },
  },
];

/** An open method that answers without calling anybody. */
async function addMethod(
  { apiGateway }: Stage,
  ids: { restApiId: string; resourceId: string | undefined; httpMethod: string },
): Promise<void> {
  await apiGateway.send(
    new PutMethodCommand({ ...ids, resourceId: ids.resourceId, authorizationType: 'NONE' }),
  );
  await apiGateway.send(
    new PutIntegrationCommand({ ...ids, resourceId: ids.resourceId, type: 'MOCK' }),
  );
}
