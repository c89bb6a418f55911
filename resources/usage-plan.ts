import { type Resources, ref, resource } from './cloudformation';
import { restApiId, stageName } from './existing-api';
import { logicalIds } from './logical-ids';

/** The API key and its usage plan with a quota, where keys are required. */
export const usagePlan: Resources = {
  [logicalIds.apiKey]: resource(
    'AWS::ApiGateway::ApiKey',
    { Enabled: true, Description: 'The key to ${self:service}-${self:provider.stage}' },
    { Condition: 'TakesKeys' },
  ),
  [logicalIds.usagePlan]: resource(
    'AWS::ApiGateway::UsagePlan',
    {
      UsagePlanName: '${self:service}-${self:provider.stage}',
      ApiStages: [{ ApiId: restApiId, Stage: stageName }],
      Quota: { Limit: '${param:quotaPerDay}', Period: 'DAY' },
    },
    { Condition: 'TakesKeys' },
  ),
  [logicalIds.usagePlanKey]: resource(
    'AWS::ApiGateway::UsagePlanKey',
    {
      KeyId: ref(logicalIds.apiKey),
      KeyType: 'API_KEY',
      UsagePlanId: ref(logicalIds.usagePlan),
    },
    { Condition: 'TakesKeys' },
  ),
};
