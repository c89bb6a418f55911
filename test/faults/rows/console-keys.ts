import {
  CreateApiKeyCommand,
  CreateBasePathMappingCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteBasePathMappingCommand,
  DeleteUsagePlanKeyCommand,
  UpdateApiKeyCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { logicalIds } from '../../../resources/logical-ids';
import { physicalId, replace } from '../by-hand';
import type { Fault } from '../fault';
import type { Stage } from '../stage';

const drift = { class: 'console', caughtBy: ['Drift'] } as const;

const withKeys = { ...drift, parameters: { authorization: 'API_KEY' } } as const;

/** A key that nobody declared. */
async function makeKey({ apiGateway }: Stage): Promise<string> {
  const { id = '' } = await apiGateway.send(
    new CreateApiKeyCommand({ name: 'mine', enabled: true }),
  );
  return id;
}

const keys: readonly Fault[] = [
  {
    ...withKeys,
    id: 'console-key-disabled',
    broken: 'The API key is switched off',
    blames: { says: 'API key ApiKey: enabled' },
    mayFail: 'any',
    async byHand(stage) {
      const apiKey = physicalId(stage, logicalIds.apiKey);
      const patchOperations = replace('/enabled', 'false');
      await stage.apiGateway.send(new UpdateApiKeyCommand({ apiKey, patchOperations }));
    },
  },
  {
    ...withKeys,
    id: 'console-plan-key-added',
    broken: 'Another key is put in the usage plan',
    blames: { says: 'Usage plan: key' },
    async byHand(stage) {
      const usagePlanId = physicalId(stage, logicalIds.usagePlan);
      const keyId = await makeKey(stage);
      await stage.apiGateway.send(
        new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }),
      );
    },
  },
  {
    ...withKeys,
    id: 'console-plan-key-removed',
    broken: 'The key is taken out of its usage plan',
    blames: { says: 'Usage plan: key' },
    mayFail: 'any',
    async byHand(stage) {
      const usagePlanId = physicalId(stage, logicalIds.usagePlan);
      const keyId = physicalId(stage, logicalIds.apiKey);
      await stage.apiGateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId }));
    },
  },
  {
    ...withKeys,
    id: 'console-plan-added',
    broken: 'A further usage plan, without a quota, lets its keys in',
    blames: { says: 'Usage plan unlimited of the stage' },
    async byHand(stage) {
      const { restApiId, stage: name } = stage.target;
      const { id: usagePlanId } = await stage.apiGateway.send(
        new CreateUsagePlanCommand({
          name: 'unlimited',
          apiStages: [{ apiId: restApiId, stage: name }],
        }),
      );
      const keyId = await makeKey(stage);
      await stage.apiGateway.send(
        new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }),
      );
    },
  },
  {
    ...withKeys,
    id: 'console-plan-throttle',
    broken: 'The usage plan lets one request a second through',
    blames: { says: 'Usage plan: throttle' },
    mayFail: 'any',
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateUsagePlanCommand({
          usagePlanId: physicalId(stage, logicalIds.usagePlan),
          patchOperations: [
            ...replace('/throttle/rateLimit', '1000'),
            ...replace('/throttle/burstLimit', '1000'),
          ],
        }),
      );
    },
  },
];

const DOMAIN = {
  ...drift,
  parameters: {
    domainName: 'api.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/x',
  },
} as const;

const domain: readonly Fault[] = [
  {
    ...DOMAIN,
    id: 'console-domain-path-added',
    broken: 'The domain has a second path to the API',
    blames: { says: 'Domain api.example.com: path v2' },
    async byHand({ apiGateway, target: { restApiId, stage } }) {
      const { domainName } = DOMAIN.parameters;
      await apiGateway.send(
        new CreateBasePathMappingCommand({ domainName, basePath: 'v2', restApiId, stage }),
      );
    },
  },
  {
    ...DOMAIN,
    id: 'console-domain-path-deleted',
    broken: 'The domain no longer leads to the API',
    blames: { says: 'Domain api.example.com: path (none)' },
    async byHand({ apiGateway }) {
      const { domainName } = DOMAIN.parameters;
      await apiGateway.send(new DeleteBasePathMappingCommand({ domainName, basePath: '(none)' }));
    },
  },
];

/** By which keys and names clients come in. */
export const consoleKeyFaults: readonly Fault[] = [...keys, ...domain];
