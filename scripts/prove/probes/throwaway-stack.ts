import {
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { type Throwaway, throwawayStackOf } from '../probes-stack';
import { deleteStack, settled } from '../stack-state';
import type { Bench } from './probe';
import type { SdkClient, SdkCommand } from './recorder';

export type Resources = Readonly<Record<string, object>>;

/** Makes nothing, costs nothing, and is there at once. */
export const HANDLE = { Type: 'AWS::CloudFormation::WaitConditionHandle' };

/** Cannot be made: there is no such API. */
export const broken = (DependsOn: string) => ({
  Type: 'AWS::ApiGateway::Resource',
  DependsOn,
  Properties: { RestApiId: 'absent', ParentId: 'absent', PathPart: 'absent' },
});

/** What was carried out although its answer was lost: the SDK's second attempt is refused so. */
const DONE =
  /AlreadyExists|already exists|_(IN_PROGRESS|ROLLBACK_COMPLETE) state|No updates are to be performed/;

/** A stack that a probe has to itself. */
export class ThrowawayStack {
  readonly name: string;
  readonly #bench: Bench;

  constructor(bench: Bench, ending: Throwaway) {
    this.name = throwawayStackOf(bench.run, ending);
    this.#bench = bench;
  }

  /** @returns its status when CloudFormation is done; `gone` where it is not there any more */
  async create(
    resources: Resources,
    options: Omit<CreateStackCommandInput, 'StackName'> = {},
    outputs?: object,
  ): Promise<string> {
    await this.delete();
    const TemplateBody = JSON.stringify({
      Resources: resources,
      ...(outputs !== undefined && { Outputs: outputs }),
    });
    return this.act(new CreateStackCommand({ StackName: this.name, TemplateBody, ...options }));
  }

  async update(
    resources: Resources,
    options: Omit<UpdateStackCommandInput, 'StackName'> = {},
  ): Promise<string> {
    const TemplateBody = JSON.stringify({ Resources: resources });
    return this.act(new UpdateStackCommand({ StackName: this.name, TemplateBody, ...options }));
  }

  /** Begins something, and waits for its end. */
  async act(command: SdkCommand<unknown>): Promise<string> {
    await this.begin(command);
    return this.status();
  }

  async begin(command: SdkCommand<unknown>): Promise<void> {
    const { run, recorder } = this.#bench;
    const refused = await recorder.refusal(run.clients.cloudFormation as SdkClient, command);
    if (refused !== undefined && !DONE.test(`${refused.error} ${refused.message}`)) {
      throw Object.assign(new Error(refused.message), { name: refused.error });
    }
  }

  async status(): Promise<string> {
    const { run } = this.#bench;
    return (await settled(run.clients.cloudFormation, this.name, run.pauseMs)) ?? 'gone';
  }

  /** Its outputs, by name. */
  async outputs(): Promise<Record<string, string>> {
    const { run, recorder } = this.#bench;
    const { Stacks: [stack] = [] } = await recorder.command(
      run.clients.cloudFormation,
      new DescribeStacksCommand({ StackName: this.name }),
    );
    return Object.fromEntries(
      (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]),
    );
  }

  /** What its resources are called, by their logical names. */
  async resources(): Promise<Record<string, string>> {
    const { run, recorder } = this.#bench;
    const { StackResources = [] } = await recorder.command(
      run.clients.cloudFormation,
      new DescribeStackResourcesCommand({ StackName: this.name }),
    );
    return Object.fromEntries(
      StackResources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE').map(
        ({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
          LogicalResourceId,
          PhysicalResourceId,
        ],
      ),
    );
  }

  /** The last status that a resource has had. */
  async lastOf(logicalId: string): Promise<string | undefined> {
    const { run, recorder } = this.#bench;
    const { StackEvents = [] } = await recorder.command(
      run.clients.cloudFormation,
      new DescribeStackEventsCommand({ StackName: this.name }),
    );
    return StackEvents.find(({ LogicalResourceId }) => LogicalResourceId === logicalId)
      ?.ResourceStatus;
  }

  async delete(): Promise<void> {
    const { run } = this.#bench;
    await deleteStack(run.clients.cloudFormation, this.name, run.pauseMs);
  }
}

/** Lets a probe have a stack, and deletes it afterwards. */
export async function withStack<Result>(
  bench: Bench,
  ending: Throwaway,
  ask: (stack: ThrowawayStack) => Promise<Result>,
): Promise<Result> {
  const stack = new ThrowawayStack(bench, ending);
  try {
    return await ask(stack);
  } finally {
    await stack.delete();
  }
}

/** @throws Error where a stack has not come to be as it should */
export function requireStatus(status: string, wanted: string): void {
  if (status !== wanted) throw new Error(`The stack is ${status}, not ${wanted}.`);
}
