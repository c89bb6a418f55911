import {
  UpdateGatewayResponseCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../../resources/logical-ids';
import { changeApi, changeStage, physicalId, replace } from '../by-hand';
import type { Fault } from '../fault';

const drift = { class: 'console', caughtBy: ['Drift'] } as const;

const DENY_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  ],
});
const ALLOW_ALL = DENY_ALL.replace('"Deny"', '"Allow"');

const api: readonly Fault[] = [
  {
    ...drift,
    id: 'console-model',
    broken: "PutRecord's model is emptied",
    blames: { says: 'Model PutRecordModel' },
    async byHand({ apiGateway, target: { restApiId } }) {
      const patchOperations = replace('/schema', '{}');
      const modelName = logicalIds.model('PutRecord', 'application/json');
      await apiGateway.send(new UpdateModelCommand({ restApiId, modelName, patchOperations }));
    },
  },
  {
    ...drift,
    id: 'console-validator',
    broken: 'The validator no longer looks at bodies',
    blames: { says: 'Validator' },
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateRequestValidatorCommand({
          restApiId: stage.target.restApiId,
          requestValidatorId: physicalId(stage, logicalIds.requestValidator),
          patchOperations: replace('/validateRequestBody', 'false'),
        }),
      );
    },
  },
  {
    ...drift,
    id: 'console-gateway-response-status',
    broken: 'QUOTA_EXCEEDED is given another status',
    blames: { says: 'Gateway response QUOTA_EXCEEDED' },
    async byHand({ apiGateway, target: { restApiId } }) {
      await apiGateway.send(
        new UpdateGatewayResponseCommand({
          restApiId,
          responseType: 'QUOTA_EXCEEDED',
          patchOperations: replace('/statusCode', '200'),
        }),
      );
    },
  },
  {
    ...drift,
    id: 'console-policy-allows',
    broken: 'A resource policy that lets in other accounts, not deployed yet',
    blames: { says: 'API: policy' },
    parameters: { authorization: 'AWS_IAM' },
    byHand: changeApi(replace('/policy', ALLOW_ALL)),
  },
  {
    ...drift,
    id: 'console-endpoint-disabled',
    broken: "The API's own endpoint is switched off",
    blames: { says: 'API: disableExecuteApiEndpoint' },
    byHand: changeApi(replace('/disableExecuteApiEndpoint', 'true')),
  },
];

const stage: readonly Fault[] = [
  {
    ...drift,
    id: 'console-throttle-none',
    broken: 'The stage lets nothing through (rate 0, burst 0)',
    blames: { says: 'throttlingRateLimit' },
    mayFail: 'any',
    byHand: changeStage([
      ...replace('/*/*/throttling/rateLimit', '0'),
      ...replace('/*/*/throttling/burstLimit', '0'),
    ]),
  },
  {
    ...drift,
    id: 'console-variable',
    broken: 'The list of origins is changed on the stage',
    blames: { says: 'variables.corsOrigins' },
    mayFail: 'any',
    parameters: { corsOrigins: 'https://app.example.com,https://admin.example.com' },
    byHand: changeStage(replace('/variables/corsOrigins', 'https://evil.example')),
  },
  {
    ...drift,
    id: 'console-plan-quota',
    broken: "The usage plan's quota is raised",
    blames: { says: 'Usage plan' },
    parameters: { authorization: 'API_KEY' },
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateUsagePlanCommand({
          usagePlanId: physicalId(stage, logicalIds.usagePlan),
          patchOperations: replace('/quota/limit', '2000000'),
        }),
      );
    },
  },
];

/** Settings of the API, the stage, and the usage plan. */
export const consoleApiFaults: readonly Fault[] = [...api, ...stage];
