import { type Call, patch } from './call';

export async function usage(call: Call, apiId: string): Promise<void> {
  await call('GetUsagePlans');
  await call('GetApiKeys');
  const { id: usagePlanId } = await call('CreateUsagePlan', { name: 'plain' });
  await call('CreateUsagePlan', {
    name: 'full',
    description: 'all of it',
    apiStages: [{ apiId, stage: 'plain', throttle: { '/{name}/GET': { rateLimit: 1 } } }],
    throttle: { rateLimit: 1, burstLimit: 2 },
    quota: { limit: 10, offset: 0, period: 'DAY' },
    tags: { team: 'a' },
  });
  await call('UpdateUsagePlan', {
    usagePlanId,
    patchOperations: [
      patch('add', '/apiStages', `${apiId}:plain`),
      patch('replace', '/throttle/rateLimit', '3'),
      patch('replace', '/description', 'b'),
    ],
  });
  await call('UpdateUsagePlan', {
    usagePlanId,
    patchOperations: [
      patch('remove', '/apiStages', `${apiId}:plain`),
      patch('remove', '/throttle'),
    ],
  });
  await call('GetUsagePlan', { usagePlanId });
  await call('GetUsagePlans');
  const { id: keyId } = await call('CreateApiKey', { name: 'plain' });
  await call('CreateApiKey', {});
  await call('CreateApiKey', {
    name: 'full',
    description: 'all of it',
    enabled: true,
    customerId: 'c',
    value: 'a-value-of-twenty-characters',
    stageKeys: [{ restApiId: apiId, stageName: 'plain' }],
    tags: { team: 'a' },
  });
  await call('CreateApiKey', { value: 'short' });
  await call('GetApiKey', { apiKey: keyId });
  await call('GetApiKey', { apiKey: keyId, includeValue: true });
  await call('UpdateApiKey', {
    apiKey: keyId,
    patchOperations: [patch('replace', '/enabled', 'true')],
  });
  await call('GetApiKeys');
  await call('GetApiKeys', { includeValues: true });
  await call('CreateUsagePlanKey', { usagePlanId, keyId, keyType: 'API_KEY' });
  await call('GetUsagePlanKey', { usagePlanId, keyId });
  await call('GetUsagePlanKeys', { usagePlanId });
  await call('GetUsage', { usagePlanId, startDate: '2026-01-01', endDate: '2026-01-02' });
}
