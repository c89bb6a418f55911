import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { ProveError } from './prove-error';

/** A canary's function in a VPC takes longest to go; CloudFormation itself gives up after hours. */
const SETTLED_WITHIN_MS = 45 * 60_000;

/** A stack's status, such as UPDATE_COMPLETE; undefined where there is no stack of that name. */
export async function stackStatus(
  client: CloudFormationClient,
  stackName: string,
): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const status = Stacks[0]?.StackStatus;
    return status === 'DELETE_COMPLETE' ? undefined : status;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * Waits until CloudFormation is done with a stack: a run that was cut off leaves it in the middle, or
 * before its beginning.
 * @returns its status then
 */
export async function settled(
  client: CloudFormationClient,
  stackName: string,
  pauseMs: number,
): Promise<string | undefined> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const status = await stackStatus(client, stackName);
    if (status === undefined || !status.endsWith('_IN_PROGRESS')) return status;
    // A change set that nobody executed. The stack is empty, and the framework does not deploy it.
    if (status === 'REVIEW_IN_PROGRESS') {
      await client.send(new DeleteStackCommand({ StackName: stackName }));
    }
    if (Date.now() > until) throw new ProveError(`The stack ${stackName} is still ${status}.`);
    await sleep(pauseMs);
  }
}

/** Deletes a stack and waits until it is gone. @throws ProveError with its status where it stays */
export async function deleteStack(
  client: CloudFormationClient,
  stackName: string,
  pauseMs: number,
): Promise<void> {
  if ((await settled(client, stackName, pauseMs)) === undefined) return;
  await client.send(new DeleteStackCommand({ StackName: stackName }));
  const status = await settled(client, stackName, pauseMs);
  if (status !== undefined) {
    throw new ProveError(
      `The stack ${stackName} is ${status} after it was to be deleted. See its events in CloudFormation's console, then run --clean-up again.`,
    );
  }
}
