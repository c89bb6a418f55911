import { setTimeout as pause } from 'node:timers/promises';
import type { CompiledTemplate } from '../framework';
import { pollMs, WITHIN_S } from '../stage/change-set';
import { readStack, type Stack, type StageAddress } from '../stage/load-target';

/**
 * Reads a stack once CloudFormation has done with it. The framework reports a refused update at its
 * first event, while the stack is still rolled back, and a stack in progress takes no other update.
 * @throws Unasked when AWS cannot be called
 */
export async function stackAtRest(address: StageAddress): Promise<Stack | undefined> {
  const until = Date.now() + WITHIN_S * 1_000;
  for (;;) {
    const stack = await readStack(address);
    if (!stack?.status.endsWith('_IN_PROGRESS') || Date.now() > until) return stack;
    await pause(pollMs());
  }
}

/**
 * True if a stack's template is the one before a deploy, or one that the deploy has brought: no other
 * deploy has changed it since.
 */
export function isUntouched(
  template: CompiledTemplate,
  before: CompiledTemplate,
  brought: readonly CompiledTemplate[],
): boolean {
  // As AWS gives it, both times.
  if (JSON.stringify(template) === JSON.stringify(before)) return true;
  // The shadow's ids are new each time, and those of role and deployment are named after their content.
  const idsOf = ({ Resources }: CompiledTemplate) => Object.keys(Resources).sort().join();
  return brought.some((each) => idsOf(each) === idsOf(template));
}
