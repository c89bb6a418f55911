import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
} from '@aws-sdk/client-cloudformation';
import type { Bench, Observed } from './probe';

const ChangeSetName = 'probe';
export type Wanted = Omit<CreateChangeSetCommandInput, 'StackName' | 'ChangeSetName'>;

interface Reviewed {
  readonly status: string | undefined;
  readonly changes: readonly string[];
  /** Where it failed: in whose words, and which resource DescribeEvents names. */
  readonly failure: Observed | undefined;
}

/** Makes a change set, lets the probe execute it, and deletes it. */
export async function reviewed(
  { run, recorder }: Bench,
  StackName: string,
  wanted: Wanted,
  execute?: (set: { readonly StackName: string; readonly ChangeSetName: string }) => Promise<void>,
): Promise<Reviewed> {
  const client = run.clients.cloudFormation;
  const named = { StackName, ChangeSetName };
  const { Id } = await recorder.command(
    client,
    new CreateChangeSetCommand({ ...named, ClientToken: randomUUID(), ...wanted }),
  );
  for (;;) {
    const set = await recorder.command(
      client,
      new DescribeChangeSetCommand({ ...named, IncludePropertyValues: true }),
    );
    if (/_(PENDING|IN_PROGRESS)$/.test(set.Status ?? '')) {
      await sleep(run.pauseMs);
      continue;
    }
    const isFailed = set.Status === 'FAILED';
    const { OperationEvents = [] } = isFailed
      ? await recorder.command(client, new DescribeEventsCommand({ ChangeSetName: Id }))
      : {};
    if (execute !== undefined && !isFailed) await execute(named);
    else await recorder.command(client, new DeleteChangeSetCommand(named));
    const changes = (set.Changes ?? []).map(({ ResourceChange: change }) =>
      [change?.Action, change?.LogicalResourceId, change?.ResourceType].join(' '),
    );
    const failure = {
      reason: set.StatusReason,
      resources: OperationEvents.map(({ LogicalResourceId }) => LogicalResourceId),
    };
    return { status: set.Status, changes, failure: isFailed ? failure : undefined };
  }
}
