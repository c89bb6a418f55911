import {
  CloudFormationClient,
  DeleteStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { CompiledTemplate } from '../framework';
import { applyTemplate, type ChangedStack, waiting } from '../stage/change-set';

/**
 * Updates the stack to a template that it had before: stage, settings, role, models and all. A stack
 * that had no resources is deleted.
 * @throws the SDK's error, or the waiter's with what CloudFormation says
 */
export async function restore(stack: ChangedStack, template: CompiledTemplate): Promise<void> {
  const client = new CloudFormationClient(stack.config);
  try {
    if (Object.keys(template.Resources).length === 0) await deleteStack(client, stack);
    else await applyTemplate(client, stack, template, 'restore');
  } finally {
    client.destroy();
  }
}

async function deleteStack(client: CloudFormationClient, stack: ChangedStack): Promise<void> {
  const name = { StackName: stack.stackName };
  await client.send(new DeleteStackCommand(name));
  await waitUntilStackDeleteComplete(waiting(stack, client), name);
}
