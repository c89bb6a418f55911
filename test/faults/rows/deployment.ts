import { CreateDeploymentCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../../resources/logical-ids';
import { changeIntegration, replace } from '../by-hand';
import type { Fault } from '../fault';

/** The whole of the API, edited and put live by hand. */
const everything = { class: 'deployment', mayFail: 'any' } as const;

/** Faults where the stage serves something else than it should. */
export const deploymentFaults: readonly Fault[] = [
  {
    id: 'stale-deployment',
    class: 'deployment',
    broken: 'The deployment is made before the method of PutRecord, which the stage then lacks',
    blames: 'PutRecord',
    caughtBy: ['Served', 'PutRecord'],
    template({ Resources }) {
      const id = logicalIds.method('PutRecord');
      const deployment = Resources[logicalIds.deployment];
      const method = Resources[id];
      if (deployment === undefined || method === undefined) throw new TypeError('No such stack.');
      const before = [deployment.DependsOn ?? []].flat().filter((each) => each !== id);
      Resources[logicalIds.deployment] = { ...deployment, DependsOn: before };
      Resources[id] = { ...method, DependsOn: logicalIds.deployment };
    },
  },
  {
    ...everything,
    id: 'deployed-by-hand',
    broken: 'Somebody edited PutRecord and deployed the API with the console',
    blames: 'PutRecord',
    caughtBy: ['Deployment', 'Drift'],
    async byHand(stage) {
      const { restApiId, stage: stageName } = stage.target;
      await changeIntegration(
        'PutRecord',
        replace('/requestTemplates/application~1json', '{"Data": "$input.body"}'),
      )(stage);
      await stage.apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
    },
  },
  {
    ...everything,
    id: 'older-deployment',
    broken: 'The stage serves another deployment than the stack made',
    blames: { says: 'the stage serves deployment' },
    caughtBy: ['Deployment', 'CreateStream'],
    async byHand({ apiGateway, target: { restApiId, stage: stageName } }) {
      const { id: deploymentId = '' } = await apiGateway.send(
        new CreateDeploymentCommand({ restApiId }),
      );
      await apiGateway.send(
        new UpdateStageCommand({
          restApiId,
          stageName,
          patchOperations: replace('/deploymentId', deploymentId),
        }),
      );
    },
  },
];
