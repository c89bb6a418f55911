import {
  CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from 'embedded-aws';
import type { Fault, FaultTarget } from 'embedded-aws/kinesis';
import { parameters as known } from '../../../resources/parameters';
import { compiledStack } from '../../support/compiled-stack';
import { deployStack } from '../../support/deploy-stack';

const StackName = 'kinesis-rest-proxy-local';

/** An embedded AWS in this process, whose Kinesis can be made to fail, and the stack on it. */
export interface DeployedStage {
  readonly aws: LocalAws;
  /** Configuration for the SDK's clients, as the account's owner. */
  readonly sdk: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /**
   * Deploys stage `local`, with parameters such as `authorization=API_KEY`; without access logs
   * unless told otherwise, for the account has no role to write them with.
   * @returns the URL of the API
   * @throws the waiter's error when CloudFormation refuses
   */
  deploy(...parameters: readonly string[]): Promise<string>;
  /** The same. @returns all outputs of the stack */
  outputsOf(...parameters: readonly string[]): Promise<Record<string, string>>;
  /** Deletes the stack. */
  remove(): Promise<void>;
  /** Sets Kinesis's faults from now on; undefined for none. */
  fail(faults: ((target: FaultTarget) => Fault | undefined) | undefined): void;
  stop(): Promise<void>;
}

/** Starts an embedded AWS; nothing is deployed yet. */
export async function deployedStage({
  userPools = {},
}: Pick<LocalAwsOptions, 'userPools'> = {}): Promise<DeployedStage> {
  let faults: ((target: FaultTarget) => Fault | undefined) | undefined;
  const aws = await startLocalAws({
    port: 0,
    userPools,
    kinesis: { createMs: 20, deleteMs: 20, faults: (target) => faults?.(target) },
  });
  const sdk = {
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const outputsOf: DeployedStage['outputsOf'] = (...parameters) =>
    deployStack(sdk, StackName, compiledStack(valuesOf(aws.url, parameters), 'local'));
  return {
    aws,
    sdk,
    outputsOf,
    async deploy(...parameters) {
      const { InvokeUrl: url } = await outputsOf(...parameters);
      if (url === undefined) throw new Error('The stack tells no InvokeUrl.');
      return url;
    },
    async remove() {
      const client = new CloudFormationClient(sdk);
      await client.send(new DeleteStackCommand({ StackName }));
      await waitUntilStackDeleteComplete(
        { client, maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 },
        { StackName },
      );
      client.destroy();
    },
    fail(wanted) {
      faults = wanted;
    },
    stop: () => aws.close(),
  };
}

function valuesOf(url: string, parameters: readonly string[]): Record<string, string> {
  const chosen = parameters.map((parameter) => {
    const [name = '', ...rest] = parameter.split('=');
    if (!Object.hasOwn(known, name)) throw new TypeError(`There is no parameter ${name}.`);
    return [name, rest.join('=')] as const;
  });
  return {
    authorization: 'NONE',
    accessLogs: 'false',
    endpointThrottles: 'false',
    invokeUrl: `${url}/_aws/execute-api/\${RestApi}/local`,
    ...Object.fromEntries(chosen),
  };
}
