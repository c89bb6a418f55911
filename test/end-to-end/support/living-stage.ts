import { APIGatewayClient, GetDeploymentsCommand } from '@aws-sdk/client-api-gateway';
import { declaredParts, liveParts } from '../../../hooks/rollout/api-parts';
import { loadTarget } from '../../../hooks/stage/load-target';
import { missingFrom, readServed, type Served } from '../../../hooks/stage/served';
import { withChangedFile } from './changed-file';
import { openWorkbench, type Workbench } from './workbench';

export const StackName = 'kinesis-rest-proxy-local';
export const SKIP = '--skip-verify';
export const TWICE = 'The stack is updated twice';

/** A stage that is deployed again and again, and what must be true of it between deploys. */
export interface LivingStage {
  readonly workbench: Workbench;
  readonly client: APIGatewayClient;
  readonly restApiId: string;
  /** The API's own URL, whatever parameter invokeUrl is. */
  readonly url: string;
  /** The parts that the stage serves. */
  served(): Promise<Served>;
  /** The ids of the API's deployments. */
  deployments(): Promise<(string | undefined)[]>;
  /** Stage, API and stack must agree. */
  expectNothingLeft(): Promise<void>;
  /** Deploys what is there already, which must change nothing. */
  expectNothingNew(...args: string[]): Promise<void>;
  /** Changes a file of the service while something is done. */
  changed<T>(file: string, change: (text: string) => string, act: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Deploys stage `local`. */
export async function openLivingStage(): Promise<LivingStage> {
  const workbench = await openWorkbench();
  await workbench.succeed('deploy', SKIP);
  const { RestApiId: restApiId = '' } = await workbench.outputs();
  const client = new APIGatewayClient(workbench.sdk);

  const served = async () => {
    const found = await readServed(client, restApiId, 'local');
    if (found === undefined) throw new Error('There is no stage.');
    return found;
  };

  const deployments = async () =>
    (await client.send(new GetDeploymentsCommand({ restApiId }))).items?.map(({ id }) => id) ?? [];

  const target = () =>
    loadTarget({
      stage: 'local',
      region: 'us-east-1',
      service: 'kinesis-rest-proxy',
      stackName: StackName,
      config: workbench.sdk,
    });

  return {
    workbench,
    client,
    restApiId,
    url: `${workbench.endpoint}/_aws/execute-api/${restApiId}/local`,
    served,
    deployments,
    async expectNothingLeft() {
      const { stack } = await target();
      if (stack === undefined) throw new Error('There is no stack.');
      const declared = declaredParts(stack.template, '');
      const live = (await liveParts(client, restApiId))
        .map(({ text }) => text)
        .filter((text) => !['model Empty', 'model Error'].includes(text));
      expect(missingFrom(declared, (await served()).parts)).toEqual([]);
      expect(missingFrom(declared, live)).toEqual([]);
      expect(missingFrom(new Set(live), declared)).toEqual([]);
    },
    async expectNothingNew(...args) {
      const before = await deployments();
      const output = await workbench.succeed('deploy', SKIP, ...args);
      expect(output).not.toContain(TWICE);
      expect(output).toContain('Change set did not include any changes');
      expect(await deployments()).toEqual(before);
    },
    changed: (file, change, act) => withChangedFile(workbench.folder, file, change, act),
    async close() {
      client.destroy();
      await workbench.close();
    },
  };
}
