import {
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import type { Probe } from './probe';
import { mock, withApi } from './throwaway-api';

/** Tells in its answer who serves it. */
const TELLS = mock({
  responses: {
    default: {
      statusCode: '200',
      responseTemplates: {
        'application/json': '$context.isCanaryRequest $stageVariables.color',
      },
    },
  },
});

export const canaryProbes: readonly Probe[] = [
  {
    name: 'canary',
    question: 'Does a canary serve its part of the requests, and keep its deployment?',
    rows: [
      'api-gateway: a stage with a canary',
      'api-gateway: canaries',
      "api-gateway: a deployment that is some stage's canary",
    ],
    expected: {
      settings: { percentTraffic: 100, useStageCache: false },
      served: '200 true red',
      kept: 'BadRequestException',
      removed: '200 false ',
      freed: 'taken',
    },
    async ask(bench) {
      const { run, recorder } = bench;
      const client = run.clients.apiGateway;
      return withApi(
        bench,
        { ending: 'canary', paths: { '/tells': { get: TELLS } } },
        async (api) => {
          const { restApiId, url } = api;
          const stageName = run.stage;
          const served = async () => {
            const { status, body } = await recorder.http(`${url}/tells`);
            return `${status} ${body}`;
          };
          const { id: deploymentId } = await recorder.command(
            client,
            new CreateDeploymentCommand({
              restApiId,
              stageName,
              canarySettings: { percentTraffic: 100, stageVariableOverrides: { color: 'red' } },
            }),
          );
          const { canarySettings = {} } = await recorder.command(
            client,
            new GetStageCommand({ restApiId, stageName }),
          );
          const { percentTraffic, useStageCache } = canarySettings;
          const deletion = new DeleteDeploymentCommand({ restApiId, deploymentId });
          const during = await served();
          const kept = await recorder.refusal(client, deletion);
          await recorder.command(
            client,
            new UpdateStageCommand({
              restApiId,
              stageName,
              patchOperations: [{ op: 'remove', path: '/canarySettings' }],
            }),
          );
          const removed = await served();
          const freed = await recorder.refusal(client, deletion);
          return {
            settings: { percentTraffic, useStageCache },
            served: during,
            kept: kept?.error ?? 'taken',
            removed,
            freed: freed?.error ?? 'taken',
          };
        },
      );
    },
  },
];
