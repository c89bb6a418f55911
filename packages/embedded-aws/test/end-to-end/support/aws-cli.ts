import { execFile, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
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

/** The AWS CLI; both ways give what a command prints, and reject with what it says when it fails. */
export interface AwsCli {
  /** Runs the program, as a user does. */
  program(...args: readonly string[]): Promise<string>;
  /**
   * Runs a command in a copy of a process that has loaded the CLI, at a fifth of the cost. Where that
   * cannot be, as with a CLI that brings a Python of its own, it runs the program.
   */
  command(...args: readonly string[]): Promise<string>;
  close(): void;
}

/**
 * The AWS CLI for an embedded AWS. Its old versions do not read AWS_ENDPOINT_URL, so that every command
 * names the endpoint.
 * @param endpoint `http://127.0.0.1:4566`
 * @param secret of the owner's access key
 */
export async function awsCli(endpoint: string, cwd: string, secret = 'local'): Promise<AwsCli> {
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
  const program: AwsCli['program'] = async (...args) => {
    const { stdout } = await run('aws', ['--endpoint-url', endpoint, ...args], { cwd, env });
    return stdout.trim();
  };
  const loaded = await loadedCli(cwd, env);
  return {
    program,
    async command(...args) {
      if (loaded === undefined) return program(...args);
      const { code, stdout, stderr } = await loaded.run(['--endpoint-url', endpoint, ...args]);
      if (code !== 0) throw Object.assign(new Error(stderr), { code, stderr });
      return stdout.trim();
    },
    close: () => loaded?.close(),
  };
}

/** Loads the CLI once; each command, a line of JSON, has a copy of the process to itself. */
const LOADED = `
import json, os, sys, tempfile
from awscli.clidriver import create_clidriver
os.fork, os.waitstatus_to_exitcode  # There, or it ends here.
driver = create_clidriver()
print(flush=True)
for line in sys.stdin:
    streams = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, stream in enumerate(streams, 1):
            os.dup2(stream.fileno(), number)
        sys.exit(driver.main(json.loads(line)))
    _, status = os.waitpid(child, 0)
    for stream in streams:
        stream.seek(0)
    texts = [stream.read().decode() for stream in streams]
    print(json.dumps([os.waitstatus_to_exitcode(status), *texts]), flush=True)
`;

/** @returns undefined if Python has no AWS CLI, or its system cannot copy a process */
async function loadedCli(cwd: string, env: NodeJS.ProcessEnv) {
  const stdio = ['pipe', 'pipe', 'ignore'] as const;
  const child = spawn('python3', ['-c', LOADED], { cwd, env, stdio: [...stdio] });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).done) return undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(args: readonly string[]) {
      child.stdin.write(`${JSON.stringify(args)}\n`);
      // One after the other, in the order of the lines.
      const answer = last.then(async () => {
        const { value = '[1, "", "The AWS CLI is gone."]' } = await lines.next();
        const [code, stdout, stderr] = JSON.parse(value);
        return { code, stdout, stderr };
      });
      last = answer;
      return answer;
    },
    close: () => child.stdin.end(),
  };
}
