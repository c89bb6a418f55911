import { devNull } from 'node:os';
import { HookError } from '../framework';

/**
 * Every variable that steers the AWS SDK, or that the framework reads for a proxy or its
 * certificates; for the local stage all of them are traps.
 */
const STEERS_REQUESTS =
  /^(AWS_.*|SLS_AWS_.*|proxy|(https?|all|no)_proxy|(https_)?ca(file)?|npm_config_(https?_)?proxy)$/i;

/** The access key of the account's owner. Its secret is the same text unless signatures count. */
export const OWNERS_KEY = 'local';

/** An environment without any of it. */
export function withoutSteering(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !STEERS_REQUESTS.test(name)),
  );
}

/**
 * Redirects every AWS call of this process to the local endpoint, whatever the user's environment or
 * profile says. The framework sends even loopback requests through HTTP_PROXY, prefers a profile to
 * keys, and honours AWS_IGNORE_CONFIGURED_ENDPOINT_URLS and AWS_ENDPOINT_URL_<SERVICE>; so nothing
 * that was set before is left in place.
 * @throws HookError when the endpoint is not a URL, or is AWS itself
 */
export function redirectToLocal(
  environment: NodeJS.ProcessEnv,
  endpoint: string,
  region: string,
): void {
  checkEndpoint(endpoint);
  for (const name of Object.keys(environment)) {
    if (STEERS_REQUESTS.test(name)) delete environment[name];
  }
  Object.assign(environment, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: OWNERS_KEY,
    AWS_SECRET_ACCESS_KEY: environment.LOCAL_AWS_SECRET_ACCESS_KEY || OWNERS_KEY,
    AWS_REGION: region,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The framework waits this long before each look at a stack; its default is five seconds. The
    // embedded AWS is done in a tenth of one.
    SLS_AWS_MONITORING_FREQUENCY: environment.LOCAL_AWS_ENDPOINT ? '50' : '20',
    SLS_AWS_REQUEST_MAX_RETRIES: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

function checkEndpoint(endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new HookError(
      'LOCAL_ENDPOINT_INVALID',
      `Stage local cannot use the endpoint '${endpoint}'. LOCAL_AWS_ENDPOINT takes a URL such as http://127.0.0.1:4566, --port (or LOCAL_AWS_PORT) a port.`,
    );
  }
  if (/(^|\.)amazonaws\.com(\.cn)?$|(^|\.)aws$/.test(url.hostname)) {
    throw new HookError(
      'LOCAL_ENDPOINT_IS_AWS',
      `LOCAL_AWS_ENDPOINT names AWS itself (${url.hostname}). Stage local is for emulators; deploy to AWS with another --stage.`,
    );
  }
}
