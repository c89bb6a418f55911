import { GetDeploymentsCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { changeIntegration, replace } from '../by-hand';
import type { Fault } from '../fault';

/** Faults of an existing API, whose stage its owner deploys. */
export const existingApiFaults: readonly Fault[] = [
  {
    id: 'existing-api-not-live',
    class: 'existing',
    broken: 'The owner moves the stage back to what it served before',
    blames: { says: 'was added and is not served' },
    caughtBy: ['Served', 'CreateStream'],
    mayFail: 'any',
    existingApi: true,
    async byHand({ apiGateway, target: { restApiId } }) {
      const { items = [] } = await apiGateway.send(new GetDeploymentsCommand({ restApiId }));
      const owners = items.find(({ description }) => description === "the owner's");
      const patchOperations = replace('/deploymentId', owners?.id ?? '');
      await apiGateway.send(
        new UpdateStageCommand({ restApiId, stageName: 'live', patchOperations }),
      );
    },
  },
  {
    id: 'existing-api-edited',
    class: 'existing',
    broken: "PutRecord's template is edited in the owner's console, and not deployed",
    blames: 'PutRecord',
    caughtBy: ['Served', 'Drift'],
    existingApi: true,
    byHand: changeIntegration(
      'PutRecord',
      replace('/requestTemplates/application~1json', '{"Data": "$input.body"}'),
    ),
  },
  {
    id: 'existing-api-role',
    class: 'existing',
    broken: "The role, which is still the stack's, may not put records",
    blames: 'PutRecord',
    caughtBy: ['PutRecord'],
    mayFail: 'any',
    existingApi: true,
    template({ Resources }) {
      const role = JSON.stringify(Resources.KinesisRole).replace('"kinesis:PutRecord",', '');
      Resources.KinesisRole = JSON.parse(role);
    },
  },
  {
    id: 'existing-api-open',
    class: 'existing',
    broken: 'PutRecords asks for no signature',
    blames: 'PutRecords',
    caughtBy: ['PutRecordsClosed', 'access/write/Nonsense'],
    existingApi: true,
    parameters: { authorization: 'AWS_IAM' },
    template({ Resources }) {
      const method = Resources.PutRecordsMethod?.Properties as Record<string, unknown>;
      method.AuthorizationType = 'NONE';
    },
  },
];
