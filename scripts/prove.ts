/**
 * Proves the project in an AWS account: `npm run prove -- --profile … --region …`.
 *
 * Deploys a stage of its own, runs the steps of prove/steps against it, removes it, and looks for
 * what is left. docs/proving.md.
 */
import { Interrupted, listenForSignals } from '../hooks/process/interruption';
import { outsideProblem } from '../hooks/process/known-problems';
import { callerOf, requireAbsent, requireLogs } from './prove/account';
import { clientsFor } from './prove/clients';
import { confirm } from './prove/confirm';
import { execute, tidy } from './prove/execute';
import type { Facts, Journal } from './prove/journal';
import { listing } from './prove/listing';
import { type Going, readOptions, USAGE } from './prove/options';
import { planFor } from './prove/plan';
import { ProveError } from './prove/prove-error';
import { begin, chooseRuns, openRun } from './prove/session';

async function main(): Promise<number> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const command = readOptions(process.argv.slice(2));
  if ('place' in command) return go(command);
  console.log(command.type === 'help' ? USAGE : listing());
  return 0;
}

async function go(command: Going): Promise<number> {
  const clients = clientsFor(command.place);
  const caller = await callerOf(clients, command.place);
  const runs = chooseRuns(command, caller.account);
  console.log(planFor(command, runs, caller));
  if (runs.length === 0) return 0;
  if (command.type === 'prove') {
    await requireLogs(command.place);
    for (const { facts, journal } of runs) {
      if (journal === undefined) await requireAbsent(clients, facts.id);
    }
  }
  if (!command.yes) await confirm(caller.account);
  const interruption = listenForSignals();
  try {
    const codes: number[] = [];
    for (const { facts, journal } of runs) {
      codes.push(
        await prove(command, clients, facts, journal ?? begin(command, facts), interruption.signal),
      );
    }
    return Math.max(...codes);
  } finally {
    interruption.release();
  }
}

async function prove(
  command: Going,
  clients: ReturnType<typeof clientsFor>,
  facts: Facts,
  journal: Journal,
  signal: AbortSignal,
): Promise<number> {
  const { run, close } = openRun(command, clients, facts, journal, signal);
  try {
    if (command.type === 'prove') await execute(run, journal);
    else await tidy(run, journal);
  } finally {
    close();
  }
  const failed = journal.entries.filter(
    ({ step, status }) => status === 'failed' && journal.entryOf(step)?.status === 'failed',
  );
  console.log(
    failed.length === 0 && journal.isFinished
      ? `\nNothing is left. Evidence: ${run.evidence.folder}`
      : `\nNot all is well: ${failed.map(({ step }) => step).join(', ')}. Evidence: ${run.evidence.folder}`,
  );
  return failed.length === 0 ? 0 : 1;
}

const GO_ON = 'The same command goes on from here; with --clean-up it only removes what was made.';

/** The exit code for what ended a command, which is said in a line or two. */
function ended(error: unknown): number {
  if (error instanceof Interrupted) {
    console.error(`\nCut off. ${GO_ON}`);
    return error.exitCode;
  }
  if (error instanceof ProveError) {
    console.error(error.message);
    return 2;
  }
  const { name, message } = error as Error;
  console.error(`\n${outsideProblem(error) ?? `${name}: ${message}`}\n${GO_ON}`);
  if (process.env.DEBUG) console.error(error);
  return 4;
}

main()
  .catch(ended)
  .then((code) => {
    process.exitCode = code;
  });
