import { devNull } from 'node:os';
import type { HookError } from '../../../hooks/framework';
import { redirectToLocal, withoutSteering } from '../../../hooks/local/redirect';

const ENDPOINT = 'http://127.0.0.1:4566';

test('nothing that could lead a request to AWS or a proxy is left in the environment', () => {
  const environment = {
    PATH: '/usr/bin',
    LOCAL_AWS_PORT: '4566',
    AWS_PROFILE: 'production',
    AWS_LOCAL_ACCESS_KEY_ID: 'AKIAREAL',
    AWS_SESSION_TOKEN: 'real',
    AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    HTTP_PROXY: 'http://proxy:3128',
    https_proxy: 'http://proxy:3128',
    ALL_PROXY: 'socks://proxy',
    NO_PROXY: 'internal',
    proxy: 'http://proxy:3128',
    cafile: '/etc/company.pem',
    HTTPS_CA: 'certificate',
  };

  redirectToLocal(environment, ENDPOINT, 'eu-west-1');

  expect(environment).toEqual({
    PATH: '/usr/bin',
    LOCAL_AWS_PORT: '4566',
    AWS_ENDPOINT_URL: ENDPOINT,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    SLS_AWS_MONITORING_FREQUENCY: '20',
    SLS_AWS_REQUEST_MAX_RETRIES: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});

test('the secret that the embedded AWS was given is the one to sign with', () => {
  const environment: NodeJS.ProcessEnv = { LOCAL_AWS_SECRET_ACCESS_KEY: 'known-to-the-owner' };

  redirectToLocal(environment, ENDPOINT, 'eu-west-1');

  expect(environment).toMatchObject({
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'known-to-the-owner',
  });
});

test('an emulator that somebody has chosen is not looked at so often', () => {
  const environment: NodeJS.ProcessEnv = { LOCAL_AWS_ENDPOINT: ENDPOINT };

  redirectToLocal(environment, ENDPOINT, 'eu-west-1');

  expect(environment.SLS_AWS_MONITORING_FREQUENCY).toBe('50');
});

test('an environment without what steers requests is as it was beside that', () => {
  const given = {
    PATH: '/usr/bin',
    LOCAL_AWS_PORT: '1',
    AWS_PROFILE: 'me',
    https_proxy: 'http://x',
  };

  expect(withoutSteering(given)).toEqual({ PATH: '/usr/bin', LOCAL_AWS_PORT: '1' });
  expect(given.AWS_PROFILE).toBe('me');
});

test.each([
  ['not a URL', 'LOCAL_ENDPOINT_INVALID'],
  ['ftp://127.0.0.1', 'LOCAL_ENDPOINT_INVALID'],
  ['http://127.0.0.1:99999', 'LOCAL_ENDPOINT_INVALID'],
  ['https://kinesis.us-east-1.amazonaws.com', 'LOCAL_ENDPOINT_IS_AWS'],
  ['https://kinesis.cn-north-1.amazonaws.com.cn', 'LOCAL_ENDPOINT_IS_AWS'],
  ['https://kinesis.us-east-1.api.aws', 'LOCAL_ENDPOINT_IS_AWS'],
])('the endpoint %s is refused and the environment left alone', (endpoint, code) => {
  const environment = { AWS_PROFILE: 'production' };

  expect(() => redirectToLocal(environment, endpoint, 'us-east-1')).toThrow(
    expect.objectContaining({ code }) as HookError,
  );
  expect(environment).toEqual({ AWS_PROFILE: 'production' });
});
