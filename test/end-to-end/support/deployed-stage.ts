import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type LocalAws, startLocalAws } from '../../../local';
import type { Fault, FaultTarget } from '../../../local/kinesis';
import { bareEnvironment, serverless } from './processes';
import { serviceCopy } from './service-copy';

/** An embedded AWS in this process, whose Kinesis can be made to fail, and the stack on it. */
export interface DeployedStage {
  readonly aws: LocalAws;
  /**
   * Deploys stage `local`, with parameters such as `authorization=API_KEY`.
   * @returns the URL of the API
   * @throws Error with all that the CLI printed
   */
  deploy(...parameters: readonly string[]): Promise<string>;
  /** What goes wrong at Kinesis from now on; undefined for nothing. */
  fail(faults: ((target: FaultTarget) => Fault | undefined) | undefined): void;
  stop(): Promise<void>;
}

/** Starts an embedded AWS; nothing is deployed yet. */
export async function deployedStage(): Promise<DeployedStage> {
  const service = serviceCopy();
  let faults: ((target: FaultTarget) => Fault | undefined) | undefined;
  const aws = await startLocalAws({
    port: 0,
    kinesis: { createMs: 20, deleteMs: 20, faults: (target) => faults?.(target) },
  });
  const environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) };
  return {
    aws,
    async deploy(...parameters) {
      const options = parameters.flatMap((parameter) => ['--param', parameter]);
      // What is tested here is tested harder than verification would.
      const args = ['deploy', '--stage', 'local', '--skip-verify', ...options];
      const deployed = await serverless(service.folder, args, environment);
      if (deployed.code !== 0) throw new Error(deployed.output);
      return await invokeUrlOf(aws.url);
    },
    fail(wanted) {
      faults = wanted;
    },
    async stop() {
      await aws.close();
      service.remove();
    },
  };
}

async function invokeUrlOf(endpoint: string): Promise<string> {
  const client = new CloudFormationClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { Stacks = [] } = await client.send(
    new DescribeStacksCommand({ StackName: 'kinesis-rest-proxy-local' }),
  );
  client.destroy();
  const outputs = Stacks.flatMap((stack) => stack.Outputs ?? []);
  const url = outputs.find(({ OutputKey: name }) => name === 'InvokeUrl')?.OutputValue;
  if (url === undefined) throw new Error('The stack tells no InvokeUrl.');
  return url;
}
