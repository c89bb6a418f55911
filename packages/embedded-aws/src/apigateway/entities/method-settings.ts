import { badRequest } from '../errors';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import { ALL_METHODS, HTTP_METHODS, type MethodSetting } from '../model';

/**
 * AWS's defaults for the members of a method setting; the limits are those of an account (recorded:
 * test_update_stage_remove_wildcard, 05-03-2024). A template may set -1: no limit of its own.
 */
const DEFAULTS: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

const LOGGING_LEVELS = ['OFF', 'ERROR', 'INFO'] as const;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
export const CACHE_CONTROL_STRATEGIES = [
  'FAIL_WITH_403',
  'SUCCEED_WITH_RESPONSE_HEADER',
  'SUCCEED_WITHOUT_RESPONSE_HEADER',
] as const;

/**
 * The settings that a change of one method begins with: its own, or else those of all methods
 * (recorded: TestStages::test_create_update_stages, 05-03-2024), or else AWS's defaults.
 */
export function settingToChange(
  settings: ReadonlyMap<string, MethodSetting>,
  key: string,
): MethodSetting {
  return { ...(settings.get(key) ?? settings.get(ALL_METHODS) ?? DEFAULTS) };
}

/** @throws AwsError BadRequestException for an unknown level; the text is ours */
export function checkLoggingLevel(level: string | undefined): string | undefined {
  if (level === undefined || isOneOf(LOGGING_LEVELS, level)) return level;
  throw badRequest(`Invalid logging level specified: ${level}`);
}

/**
 * The key of one method's settings.
 * @param resourcePath `/`, `/~1a~1b`, `/a` or `*`, with or without the first slash
 * @param httpMethod a method or `*`
 * @throws AwsError BadRequestException for a path of several parts whose slashes are not escaped
 */
export function methodSettingKey(resourcePath: string, httpMethod: string): string {
  // Public reports: terraform-provider-aws#9738.
  if (resourcePath.replace(/^\//, '').includes('/')) {
    throw badRequest(
      `Invalid method setting path: ${resourcePath}/${httpMethod}. Slashes in the resource path are written ~1: /${resourcePath.replace(/^\/?/, '/').replaceAll('/', '~1')}`,
    );
  }
  const path = resourcePath.replace(/^\//, '').replaceAll('~1', '/').replace(/^\//, '');
  if (httpMethod !== '*' && !isOneOf(HTTP_METHODS, httpMethod)) {
    throw badRequest(`Invalid HttpMethod specified. Valid options are ${HTTP_METHODS.join(',')}`);
  }
  return path === '*' || httpMethod === '*'
    ? allMethodsKey(path, httpMethod)
    : `${path}/${httpMethod}`;
}

/** Settings apply to one method or to all methods; AWS has nothing in between. */
function allMethodsKey(path: string, httpMethod: string): string {
  if (path === '*' && httpMethod === '*') return ALL_METHODS;
  throw badRequest(
    `Invalid method setting path: /${path}/${httpMethod}. Settings apply to one method, or to all methods as /*/*`,
  );
}

/** Parses one method's settings from a template, over those that it begins with. */
export function readMethodSetting(input: Members, base: MethodSetting): MethodSetting {
  return {
    ...base,
    loggingLevel: checkLoggingLevel(input.text('loggingLevel')) ?? base.loggingLevel,
    metricsEnabled: input.flag('metricsEnabled') ?? base.metricsEnabled,
    dataTraceEnabled: input.flag('dataTraceEnabled') ?? base.dataTraceEnabled,
    throttlingBurstLimit: input.number('throttlingBurstLimit') ?? base.throttlingBurstLimit,
    throttlingRateLimit: input.number('throttlingRateLimit') ?? base.throttlingRateLimit,
    // Has no effect without a cache cluster, which is rejected.
    cachingEnabled: input.flag('cachingEnabled') ?? base.cachingEnabled,
    cacheTtlInSeconds: input.number('cacheTtlInSeconds') ?? base.cacheTtlInSeconds,
    cacheDataEncrypted: input.flag('cacheDataEncrypted') ?? base.cacheDataEncrypted,
  };
}
