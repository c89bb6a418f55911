import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { LocalAwsOptions } from 'embedded-aws';
import {
  bareEnvironment,
  type Finished,
  type Running,
  startServerless,
  warmServerless,
} from './processes';
import { serviceCopy } from './service-copy';
import { type RunningAws, warmAws } from './warm-aws';

/** An embedded AWS of its own, a copy of the service, and the CLI to bring the two together. */
export interface Workbench {
  readonly endpoint: string;
  readonly folder: string;
  /** Configuration for the SDK's clients, as the account's owner. */
  readonly sdk: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /** Runs the warm CLI; stage `local` and, by the environment, every other stage is the embedded AWS's. */
  run(...args: string[]): Promise<Finished>;
  /** Starts the CLI in a process of its own. */
  start(...args: string[]): Running;
  /** Runs the CLI with more in its environment. */
  runWith(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<Finished>;
  /** Runs the CLI and insists on success. @returns its output */
  succeed(...args: string[]): Promise<string>;
  /** The outputs of a stage's stack. */
  outputs(stage?: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** @param options of the embedded AWS, a warm one of this process */
export async function openWorkbench(
  options: Omit<LocalAwsOptions, 'port'> = {},
): Promise<Workbench> {
  return workbenchOn(await warmAws(options));
}

/** A workbench on an embedded AWS that its closing stops. */
export function workbenchOn(aws: RunningAws): Workbench {
  const service = serviceCopy();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sdk = { endpoint: aws.endpoint, region: 'us-east-1', credentials };
  const environment = {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(aws.port),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // Stages other than local are polled as patiently as AWS needs it.
    SLS_AWS_MONITORING_FREQUENCY: '50',
  };
  const runWith: Workbench['runWith'] = (more, ...args) =>
    warmServerless(service.folder, args, { ...environment, ...more });
  const run = (...args: string[]) => runWith({}, ...args);
  return {
    endpoint: aws.endpoint,
    folder: service.folder,
    sdk,
    run,
    start: (...args) => startServerless(service.folder, args, environment),
    runWith,
    async succeed(...args) {
      const { code, output } = await run(...args);
      if (code !== 0) throw new Error(`serverless ${args.join(' ')} failed:\n${output}`);
      return output;
    },
    async outputs(stage = 'local') {
      const client = new CloudFormationClient(sdk);
      const { Stacks: [stack] = [] } = await client.send(
        new DescribeStacksCommand({ StackName: `kinesis-rest-proxy-${stage}` }),
      );
      client.destroy();
      return Object.fromEntries(
        (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
          OutputKey,
          OutputValue,
        ]),
      );
    },
    async close() {
      await aws.stop();
      service.remove();
    },
  };
}
