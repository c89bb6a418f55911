import { type Resources, ref, resource } from './cloudformation';
import { restApiId, stageName } from './existing-api';
import { logicalIds } from './logical-ids';
import type { DeclaredStream } from './streams/declared';

/** True if a stream requires a key, whether the stage does or not. */
export const requireKeys = (declared: readonly DeclaredStream[]): boolean =>
  declared.some(({ authorization }) => authorization === 'API_KEY');

const whereRequired = (declared: readonly DeclaredStream[]) =>
  requireKeys(declared) ? {} : ({ Condition: 'RequiresKey' } as const);

/** The API key and its usage plan with a quota, where keys are required. */
export const usagePlan = (declared: readonly DeclaredStream[]): Resources => ({
  [logicalIds.apiKey]: resource(
    'AWS::ApiGateway::ApiKey',
    { Enabled: true, Description: 'The key to ${self:service}-${self:provider.stage}' },
    whereRequired(declared),
  ),
  [logicalIds.usagePlan]: resource(
    'AWS::ApiGateway::UsagePlan',
    {
      UsagePlanName: '${self:service}-${self:provider.stage}',
      ApiStages: [{ ApiId: restApiId, Stage: stageName }],
      Quota: { Limit: '${param:quotaPerDay}', Period: 'DAY' },
    },
    whereRequired(declared),
  ),
  [logicalIds.usagePlanKey]: resource(
    'AWS::ApiGateway::UsagePlanKey',
    {
      KeyId: ref(logicalIds.apiKey),
      KeyType: 'API_KEY',
      UsagePlanId: ref(logicalIds.usagePlan),
    },
    whereRequired(declared),
  ),
});
