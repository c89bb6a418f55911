import { AwsError } from '../core/errors';
import { OUT_OF_REACH, quotaTable, quotaValues } from '../core/quota';
import { badRequest } from './errors';

const LIMITS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
/** Recorded: test_apigateway_api.py, API keys. */
const RECORDED_KEYS = 'https://github.com/localstack/localstack/pull/13201';
const TAGS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html';
const NO_CACHES = 'stages have no caches here';

export const API_GATEWAY_QUOTAS = quotaTable({
  service: 'API Gateway, REST APIs',
  page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  rows: {
    resourcesOfApi: { name: 'Resources per API', value: 300 },
    stagesOfApi: { name: 'Stages per API', value: 10 },
    authorizersOfApi: {
      name: 'Authorizers per API (AWS Lambda and Amazon Cognito)',
      value: 10,
    },
    modelBytesOfApi: {
      name: 'API Gateway model size, all of an API',
      value: 409_600,
      unit: 'bytes',
    },
    templateBytes: { name: 'Mapping template size', value: 307_200, unit: 'bytes' },
    documentBytes: {
      name: 'API definition file of an import',
      value: 6_291_456,
      unit: 'bytes',
    },
    stageVariablesOfStage: { name: 'Stage variables per stage', value: 100 },
    stageVariableNameCharacters: {
      name: 'Length, in characters, of the key in a stage variable',
      value: 64,
    },
    stageVariableCharacters: {
      name: 'Length, in characters, of the value in a stage variable',
      value: 512,
    },
    resourcePolicyCharacters: {
      name: 'Length, in characters, of API Gateway resource policy',
      value: 8192,
    },
    tagsOfResource: { name: 'Tags of a resource', value: 50, source: TAGS },
    tagKeyCharacters: {
      name: 'Length, in characters, of the key of a tag',
      value: 128,
      source: TAGS,
    },
    tagValueCharacters: {
      name: 'Length, in characters, of the value of a tag',
      value: 256,
      source: TAGS,
    },
    usagePlansOfApiKey: { name: 'Usage plans per API key', value: 10 },
    apiKeyNameCharacters: { name: 'Name of an API key', value: 1024, source: RECORDED_KEYS },
    apiKeyDescriptionCharacters: {
      name: 'Description of an API key',
      value: 125_000,
      source: RECORDED_KEYS,
    },
    shortestTimeoutMs: { name: 'Integration timeout, at least', value: 50, unit: 'milliseconds' },
    longestTimeoutMs: { name: 'Integration timeout, at most', value: 29_000, unit: 'milliseconds' },
    payloadBytes: { name: 'Payload size', value: 10_485_760, unit: 'bytes' },
    foreachIterations: {
      name: 'Number of iterations in a #foreach ... #end loop in mapping templates',
      value: 1000,
    },
    methodArnBytes: {
      name: 'ARN length of a method with authorization',
      value: 1600,
      unit: 'bytes',
      source: LIMITS,
    },
    headBytes: {
      name: 'Total combined size of request line and header values',
      value: 10_240,
      unit: 'bytes',
      unchecked: 'AWS does not document its answer; Node ends requests whose head has 16 KiB',
    },
    urlCharacters: {
      name: 'Length, in characters, of the URL for a regional API',
      value: 10_240,
      unchecked: 'as above',
    },
    edgeUrlCharacters: {
      name: 'Length, in characters, of the URL for an edge-optimized API',
      value: 8192,
      unchecked: 'as above',
    },
    requestsPerSecond: {
      name: 'Throttle quota per account, per Region',
      value: 10_000,
      unit: 'requests a second',
      source: LIMITS,
      unchecked: 'one process does not answer so many; stages and usage plans do throttle',
    },
    cachedAnswerBytes: {
      name: 'Cached response size',
      value: 1_048_576,
      unit: 'bytes',
      unchecked: NO_CACHES,
    },
    apiKeys: { name: 'API keys per account per Region', value: 10_000, unchecked: OUT_OF_REACH },
    usagePlans: { name: 'Usage plans per account per Region', value: 300, unchecked: OUT_OF_REACH },
    regionalApis: { name: 'Regional APIs per Region', value: 600, unchecked: OUT_OF_REACH },
    edgeApis: { name: 'Edge-optimized APIs per Region', value: 120, unchecked: OUT_OF_REACH },
    privateApis: {
      name: 'Private APIs per account per Region',
      value: 600,
      unchecked: OUT_OF_REACH,
    },
    domainNames: {
      name: 'Public custom domain names per account per Region',
      value: 120,
      unchecked: OUT_OF_REACH,
    },
    mappingsOfDomain: {
      name: 'Multi-level API mappings per domain',
      value: 200,
      unchecked: OUT_OF_REACH,
    },
  },
});

/** The values of the quotas above. */
export const QUOTAS = quotaValues(API_GATEWAY_QUOTAS);

/** The error of a full API, in AWS's words and with its two blanks (boto/boto3#1296). */
export function limitExceeded(what: string): AwsError {
  return new AwsError(
    'LimitExceededException',
    `Maximum number of ${what} for this API has been reached.  Please contact AWS if you need additional ${what}.`,
    { status: 429 },
  );
}

/** The error for a quota whose text is not known. */
export function tooMany(message: string): AwsError {
  return new AwsError('LimitExceededException', message, { status: 429 });
}

/** @throws AwsError BadRequestException for a mapping template that is too large; the text is ours */
export function checkTemplateSizes(templates: Readonly<Record<string, string>> | undefined): void {
  for (const [type, template] of Object.entries(templates ?? {})) {
    const bytes = Buffer.byteLength(template);
    if (bytes > QUOTAS.templateBytes) {
      throw badRequest(
        `Invalid mapping template specified for ${type}: it has ${bytes} bytes, and at most ${QUOTAS.templateBytes} are allowed`,
      );
    }
  }
}
