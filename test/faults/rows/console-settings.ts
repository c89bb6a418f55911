import {
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateStageCommand,
  DeleteGatewayResponseCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetRestApiCommand,
  PutGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { logicalIds } from '../../../resources/logical-ids';
import { changeApi, changeStage, methodIds, physicalId, replace } from '../by-hand';
import type { Fault } from '../fault';

const drift = { class: 'console', caughtBy: ['Drift'] } as const;
const whole = { ...drift, whole: true } as const;

/** With the endpoints' own limits. Where these stop other checks, those are unasked. */
const THROTTLED = {
  parameters: { endpointThrottles: 'true' },
  pace: { rateFactor: Number.POSITIVE_INFINITY },
} as const;

/** Stages, settings and parts of the API, beside its methods. */
export const consoleSettingFaults: readonly Fault[] = [
  {
    ...drift,
    id: 'console-stage-added',
    broken: 'A second stage of the same API, with no limits and no log',
    blames: { says: 'Stage open: was added' },
    async byHand({ apiGateway, target: { restApiId, deploymentId } }) {
      await apiGateway.send(new CreateStageCommand({ restApiId, deploymentId, stageName: 'open' }));
    },
  },
  {
    ...drift,
    id: 'console-stage-data-trace',
    broken: 'The stage logs what clients send',
    blames: { says: 'dataTrace' },
    whole: true,
    byHand: changeStage([
      ...replace('/*/*/logging/loglevel', 'INFO'),
      ...replace('/*/*/logging/dataTrace', 'true'),
    ]),
  },
  {
    ...whole,
    id: 'console-stage-log-removed',
    broken: 'The stage no longer logs requests',
    blames: { says: 'accessLog is missing' },
    byHand: changeStage([{ op: 'remove', path: '/accessLogSettings' }]),
  },
  {
    ...drift,
    id: 'console-stage-traces',
    broken: 'The stage is traced',
    blames: { says: 'tracing' },
    byHand: changeStage(replace('/tracingEnabled', 'true')),
  },
  {
    ...drift,
    id: 'console-stage-method-throttle',
    broken: 'One method has limits of its own',
    blames: { says: 'GET /streams: settings was added' },
    byHand: changeStage(replace('/~1streams/GET/throttling/rateLimit', '500')),
  },
  {
    ...drift,
    ...THROTTLED,
    id: 'console-endpoint-throttle-removed',
    broken: 'An endpoint that shares a small quota has lost the limit of its own',
    blames: { says: 'GET /streams: settings is missing' },
    byHand: changeStage([{ op: 'remove', path: '/~1streams/GET' }]),
  },
  {
    ...drift,
    ...THROTTLED,
    id: 'console-endpoint-throttle-raised',
    broken: 'An endpoint may take the whole quota of the account',
    blames: { says: 'GET /streams/{stream-name}: throttlingRateLimit is 10, declared as 4' },
    byHand: changeStage(replace('/~1streams~1{stream-name}/GET/throttling/rateLimit', '10')),
  },
  {
    ...drift,
    ...THROTTLED,
    id: 'console-endpoint-data-trace',
    broken: 'An endpoint with a limit of its own logs what it answers',
    blames: { says: 'GET /streams/{stream-name}/records: dataTrace' },
    whole: true,
    byHand: changeStage(
      replace('/~1streams~1{stream-name}~1records/GET/logging/dataTrace', 'true'),
    ),
  },
  {
    ...drift,
    id: 'console-api-name',
    broken: "The API's name is another, which the alarms do not know",
    blames: { says: 'API: name' },
    byHand: changeApi(replace('/name', 'another')),
  },
  {
    ...drift,
    id: 'console-binary',
    broken: 'Bodies count as binary, not deployed yet',
    blames: { says: 'API: binaryMediaTypes' },
    // A method that is tried out in the console has the change already.
    mayFail: ['CreateStreamDefaults'],
    byHand: changeApi([{ op: 'add', path: '/binaryMediaTypes/*~1*' }]),
  },
  {
    ...drift,
    id: 'console-compression',
    broken: 'Answers are compressed, not deployed yet',
    blames: { says: 'API: minimumCompressionSize' },
    mayFail: 'any',
    byHand: changeApi(replace('/minimumCompressionSize', '0')),
  },
  {
    ...drift,
    id: 'console-empty-path-added',
    broken: 'A path is added that has no method yet',
    blames: { says: 'Path /admin' },
    async byHand({ apiGateway, target: { restApiId } }) {
      const { rootResourceId: parentId } = await apiGateway.send(
        new GetRestApiCommand({ restApiId }),
      );
      await apiGateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart: 'admin' }));
    },
  },
  {
    ...drift,
    id: 'console-path-deleted',
    broken: 'A path is deleted with its method, and still served',
    blames: { says: 'Path /streams/{stream-name}/sharditerator' },
    caughtBy: ['Drift', 'Served'],
    // The console has no such method to try out any more.
    mayFail: ['GetShardIteratorSent'],
    async byHand(stage) {
      const { restApiId, resourceId } = methodIds(stage, 'GetShardIterator');
      await stage.apiGateway.send(new DeleteMethodCommand(methodIds(stage, 'GetShardIterator')));
      await stage.apiGateway.send(new DeleteResourceCommand({ restApiId, resourceId }));
    },
  },
  {
    ...drift,
    id: 'console-model-added',
    broken: 'A model is added',
    blames: { says: 'Model Anything' },
    async byHand({ apiGateway, target: { restApiId } }) {
      await apiGateway.send(
        new CreateModelCommand({
          restApiId,
          name: 'Anything',
          contentType: 'application/json',
          schema: '{}',
        }),
      );
    },
  },
  {
    ...drift,
    id: 'console-validator-added',
    broken: 'A validator is added that looks at nothing',
    blames: { says: 'Validator nothing' },
    async byHand({ apiGateway, target: { restApiId } }) {
      await apiGateway.send(new CreateRequestValidatorCommand({ restApiId, name: 'nothing' }));
    },
  },
  {
    ...drift,
    id: 'console-gateway-response-added',
    broken: 'UNAUTHORIZED is given an answer of its own',
    blames: { says: 'Gateway response UNAUTHORIZED: was added' },
    async byHand({ apiGateway, target: { restApiId } }) {
      await apiGateway.send(
        new PutGatewayResponseCommand({
          restApiId,
          responseType: 'UNAUTHORIZED',
          responseTemplates: { 'application/json': '{}' },
        }),
      );
    },
  },
  {
    ...drift,
    id: 'console-gateway-response-deleted',
    broken: 'THROTTLED loses its answer',
    blames: { says: 'Gateway response THROTTLED' },
    async byHand({ apiGateway, target: { restApiId } }) {
      await apiGateway.send(
        new DeleteGatewayResponseCommand({ restApiId, responseType: 'THROTTLED' }),
      );
    },
  },
  {
    ...whole,
    id: 'console-canary-role-widened',
    broken: "The canary's role may do what it likes",
    blames: { says: 'Role CanaryRole policy everything: was added' },
    async byHand(stage) {
      await stage.iam.send(
        new PutRolePolicyCommand({
          RoleName: physicalId(stage, logicalIds.canaryRole),
          PolicyName: 'everything',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
          }),
        }),
      );
    },
  },
];
