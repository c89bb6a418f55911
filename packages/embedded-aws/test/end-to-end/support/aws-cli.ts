import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from 'dev-kit/testing/processes';

const run = promisify(execFile);

/**
 * A group of tests that need the AWS CLI. The project itself needs only Node, so elsewhere than in
 * CI, where they fail, they are skipped when it is not there.
 */
export function withAwsCli(name: string, tests: () => void): void {
  if (process.env.CI || hasAwsCli()) {
    describe(name, tests);
  } else {
    describe.skip(`${name} (not run: no aws on the path)`, tests);
  }
}

function hasAwsCli(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The AWS CLI as a user of the embedded AWS runs it. Its old versions do not read AWS_ENDPOINT_URL,
 * so that every command names the endpoint.
 * @param endpoint `http://127.0.0.1:4566`
 * @param secret of the owner's access key
 * @returns what a command prints; rejects with what it says when it fails
 */
export function awsCli(endpoint: string, cwd: string, secret = 'local') {
  const config = path.join(cwd, 'aws.config');
  // Version 1 would presign with Signature Version 2, which S3 takes for old buckets only.
  writeFileSync(config, '[default]\ns3 =\n    signature_version = s3v4\n');
  const env = {
    ...bareEnvironment(),
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  return async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('aws', ['--endpoint-url', endpoint, ...args], { cwd, env });
    return stdout.trim();
  };
}
