import type { Entry, Journal } from './journal';
import { StepFailure } from './prove-error';
import type { Run, Step } from './run';
import { FIRST, LAST, stepsBetween } from './steps';

const MARKS = { passed: '✔', failed: '✖', unasked: '?' } as const;

/**
 * Does the steps that a journal does not have yet. One that fails does not keep the others from
 * running, except the deployment: each says something of its own, and the account is paid for.
 */
export async function execute(run: Run, journal: Journal): Promise<void> {
  const deployed = await done(run, journal, FIRST);
  if (deployed.status === 'passed') {
    for (const step of stepsBetween(run.choices)) await done(run, journal, step);
  }
  await tidy(run, journal);
}

/** Only the steps that leave the account as it was; again when they were done before. */
export async function tidy(run: Run, journal: Journal): Promise<void> {
  for (const step of LAST) await entered(run, journal, step);
}

async function done(run: Run, journal: Journal, step: Step): Promise<Entry> {
  const before = journal.entryOf(step.name);
  if (before !== undefined) {
    run.say(`${MARKS[before.status]} ${step.title} (before)`);
    return before;
  }
  return entered(run, journal, step);
}

async function entered(run: Run, journal: Journal, step: Step): Promise<Entry> {
  run.signal.throwIfAborted();
  run.say(`… ${step.title}`);
  const from = Date.now();
  const entry = { ...(await outcomeOf(run, step)), step: step.name, ms: Date.now() - from };
  await run.owned.remember(run.clients, run.stackName);
  journal.add(entry);
  run.say(`${MARKS[entry.status]} ${step.title}  ${Math.round(entry.ms / 1000)} s`);
  for (const line of entry.said ?? []) run.say(line.replace(/^/gm, '    '));
  return entry;
}

async function outcomeOf(run: Run, step: Step): Promise<Pick<Entry, 'status' | 'said'>> {
  try {
    const { status = 'passed', said } = await step.run(run);
    return { status, ...(said !== undefined && { said }) };
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof StepFailure)) throw error;
    return { status: 'failed', said: [error.message] };
  }
}
