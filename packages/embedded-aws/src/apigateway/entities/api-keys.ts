import { badRequest, conflict, notFound, unsupported } from '../errors';
import { API_ID_LENGTH, randomId, randomKeyValue } from '../ids';
import type { Members } from '../members';
import type { TextMap } from '../model';
import { QUOTAS } from '../quotas';
import type { RegionStore } from '../store';
import type { ApiKey } from '../usage-plan-model';
import { checkStage } from './stages';

const MIN_VALUE_LENGTH = 20;
const MAX_VALUE_LENGTH = 128;

export function apiKeyOf(region: RegionStore, id: string): ApiKey {
  const key = region.apiKeys.get(id);
  if (key === undefined) throw notFound('Invalid API Key identifier specified');
  return key;
}

export interface NewApiKey {
  readonly input: Members;
  readonly tags: TextMap;
  /** Epoch seconds. */
  readonly now: number;
  readonly id?: string;
  /** The value if the input has none; derived from a seed so that it survives a restart. */
  readonly value?: string;
}

/** @throws AwsError like CreateApiKey */
export function createApiKey(
  region: RegionStore,
  { input, tags, now, id, value }: NewApiKey,
): ApiKey {
  if (input.flag('generateDistinctId') === false) {
    throw unsupported("'generateDistinctId' false");
  }
  const key: ApiKey = {
    id: id ?? randomId(API_ID_LENGTH),
    // An empty value is none: AWS makes one.
    value: checkValue(region, input.text('value') || value || randomKeyValue()),
    name: checkName(input.text('name')),
    customerId: input.text('customerId'),
    description: checkDescription(input.text('description')),
    // As on AWS, keys are disabled by default.
    enabled: input.flag('enabled') ?? false,
    stageKeys: readStageKeys(region, input),
    tags,
    createdDate: now,
    lastUpdatedDate: now,
  };
  region.apiKeys.set(key.id, key);
  return key;
}

function checkValue(region: RegionStore, value: string): string {
  if (value.length < MIN_VALUE_LENGTH) {
    throw badRequest(`API Key value should be at least ${MIN_VALUE_LENGTH} characters`);
  }
  if (value.length > MAX_VALUE_LENGTH) {
    throw badRequest(`API Key value exceeds maximum size of ${MAX_VALUE_LENGTH} characters`);
  }
  if (region.apiKeys.withValue(value) !== undefined) throw conflict('API Key already exists');
  return value;
}

/** @throws AwsError BadRequestException; an empty name is none */
export function checkName(name: string | undefined): string | undefined {
  if ((name ?? '').length <= QUOTAS.apiKeyNameCharacters) return name || undefined;
  throw badRequest(
    `Invalid API Key name, can be at most ${QUOTAS.apiKeyNameCharacters} characters.`,
  );
}

/** @throws AwsError BadRequestException */
export function checkDescription(description: string | undefined): string | undefined {
  if ((description ?? '').length <= QUOTAS.apiKeyDescriptionCharacters) return description;
  throw badRequest('Invalid API Key description specified.');
}

/** Deletes a key, and removes it from its usage plans. */
export function deleteApiKey(region: RegionStore, id: string): void {
  apiKeyOf(region, id);
  region.apiKeys.delete(id);
  for (const plan of region.usagePlans.values()) {
    if (plan.keyIds.delete(id)) region.usage.remove(plan.id, id);
  }
}

/**
 * The stages an API key was created for, from before usage plans existed. The Serverless Framework
 * still sets them for every key; adding the key to a usage plan does not change them (recorded).
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html
 * @throws AwsError NotFoundException if the API or its stage does not exist
 */
export function readStageKeys(region: RegionStore, input: Members): string[] {
  return (input.groups('stageKeys') ?? []).map((stageKey) => {
    const apiId = stageKey.text('restApiId') ?? '';
    const stage = stageKey.text('stageName') ?? '';
    checkStage(region, apiId, stage);
    return `${apiId}/${stage}`;
  });
}
