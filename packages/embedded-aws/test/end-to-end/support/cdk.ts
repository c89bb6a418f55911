import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { bareEnvironment } from 'dev-kit/testing/processes';

const run = promisify(execFile);

const FOLDER = path.join(__dirname, '..', 'fixtures', 'cdk');
const MAIN = path.join(FOLDER, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/**
 * A group of tests that need the CDK's CLI, installed in its folder of `fixtures`. Elsewhere than in
 * CI, where they fail, they are skipped when it is not there.
 */
export function withCdk(name: string, tests: () => void): void {
  if (process.env.CI || existsSync(MAIN)) {
    describe(name, tests);
  } else {
    describe.skip(`${name} (not run: npm ci in ${path.relative('.', FOLDER)})`, tests);
  }
}

/** The bucket of a bootstrap, in which the CLI puts what a stack needs. */
export const ASSETS = 'cdk-hnb659fds-assets-000000000000-us-east-1';

/** The stacks of an assembly, by what the synthesizer of their name writes of them. */
export const SYNTHESIZERS = ['Legacy', 'Bootstrapless', 'CliCredentials'] as const;

/**
 * Writes an assembly of one stack for each synthesizer that needs no SSM, as aws-cdk-lib writes it: all
 * have the same API and stream.
 * @param folder new or empty
 */
export function writeAssembly(folder: string, shards: number): void {
  mkdirSync(folder, { recursive: true });
  const template = JSON.parse(readFileSync(path.join(FOLDER, 'orders.template.json'), 'utf8'));
  template.Resources.OrdersA9B65338.Properties.ShardCount = shards;
  const write = (name: string, value: object) =>
    writeFileSync(path.join(folder, name), JSON.stringify(value, undefined, 1));
  // The name of an asset is a hash of what it contains.
  const objectKey = `orders-of-${shards}.json`;
  const role = (purpose: string) =>
    `arn:\${AWS::Partition}:iam::000000000000:role/cdk-hnb659fds-${purpose}-role-000000000000-us-east-1`;
  const stack = (name: string, properties: object, dependencies: readonly string[] = []) => {
    write(`${name}.template.json`, template);
    return {
      type: 'aws:cloudformation:stack',
      environment: 'aws://000000000000/us-east-1',
      properties: {
        templateFile: `${name}.template.json`,
        terminationProtection: false,
        validateOnSynth: false,
        ...properties,
      },
      dependencies,
      displayName: name,
    };
  };
  write('manifest.json', {
    version: '36.0.0',
    artifacts: {
      Legacy: stack('Legacy', {}),
      Bootstrapless: stack('Bootstrapless', {
        assumeRoleArn: role('deploy'),
        cloudFormationExecutionRoleArn: role('cfn-exec'),
      }),
      'CliCredentials.assets': {
        type: 'cdk:asset-manifest',
        properties: { file: 'CliCredentials.assets.json' },
      },
      CliCredentials: stack(
        'CliCredentials',
        {
          stackTemplateAssetObjectUrl: `s3://${ASSETS}/${objectKey}`,
          additionalDependencies: ['CliCredentials.assets'],
        },
        ['CliCredentials.assets'],
      ),
    },
  });
  write('CliCredentials.assets.json', {
    version: '36.0.0',
    files: {
      template: {
        source: { path: 'CliCredentials.template.json', packaging: 'file' },
        destinations: { current: { bucketName: ASSETS, objectKey, region: 'us-east-1' } },
      },
    },
    dockerImages: {},
  });
}

/**
 * The CDK's CLI as a user of the embedded AWS runs it.
 * @param folder of the assembly; also the home of the CLI
 * @returns what a command prints; rejects with what it says when it fails
 */
export function cdkCli(endpoint: string, folder: string) {
  const env = {
    ...bareEnvironment(),
    HOME: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  return async (...args: readonly string[]): Promise<string> => {
    const options = [
      '--app',
      folder,
      '--no-notices',
      '--no-version-reporting',
      '--no-color',
      '--ci',
    ];
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...args, ...options], {
      cwd: folder,
      env,
    });
    return stdout + stderr;
  };
}
