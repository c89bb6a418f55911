import { setTimeout as pause } from 'node:timers/promises';
import type { CompiledTemplate } from '../framework';
import { readStack, type Stack, type StageAddress } from '../stage/load-target';

/** An update of this stack, and its rollback, take a minute or two on AWS. */
export const WITHIN_S = 1_200;

/** How often a stack is looked at, in milliseconds: as often as the framework does. */
export const pollMs = (): number => Number(process.env.SLS_AWS_MONITORING_FREQUENCY) || 5_000;

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
 * True if a stack's template is one of those that a deploy knows of: no other deploy has changed it
 * since. The ids tell, for the shadow's are new each time, and those of role and deployment are named
 * after their content.
 */
export function isOneOf(template: CompiledTemplate, known: readonly CompiledTemplate[]): boolean {
  const idsOf = ({ Resources }: CompiledTemplate) => Object.keys(Resources).sort().join();
  return known.some((each) => idsOf(each) === idsOf(template));
}
