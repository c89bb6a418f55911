import { HookError, type Options, type Serverless, type Utils } from '../framework';
import { exitWith } from '../process/exit-code';
import {
  type Interruption,
  interruptionOf,
  listenForSignals,
  NEVER_INTERRUPTED,
} from '../process/interruption';
import { type Clients, withClients } from '../stage/clients';
import { deployedStage, isEmbedded, parameterOf, streamOwner } from '../stage/deployed-stage';
import type { Target } from '../stage/target';
import { throwAwayName } from '../stage/throw-away-name';
import { unaskedIn } from '../stage/unasked';
import { acceptsNone, tokensOf } from './access/of-command';
import type { Pace } from './check';
import { checksOf } from './checks';
import { onlyReading } from './checks/api';
import { isAboutDoor, planDoor } from './doors/start';
import { openLoopback } from './loopback';
import { AWS_PACE, DOOR_PACE, EMBEDDED_PACE, EMULATOR_PACE } from './pace';
import { preflight } from './preflight';
import { line, notRunLines, skippedLine, withoutTokenLine } from './report';
import { reportFiles, requireWritable, writeReports } from './reports/write';
import { type Checks, only } from './run-checks';
import { type Report, verify } from './verify';

/** Where a run is not about the deployed stage alone. */
export interface Occasion {
  /** The stage, instead of the one that the stack serves. */
  readonly target?: Target;
  /** The report of the run that this one completes: both are written. */
  readonly earlier?: Report;
  /** Called when a signal ended the run, before the process ends. */
  readonly onInterrupted?: () => Promise<void>;
}

/**
 * Verifies the deployed stage as the command line says: prints each result as it comes, writes the
 * reports, and ends the process when a signal did.
 * @throws HookError when it cannot start
 */
export function runVerification(
  serverless: Serverless,
  options: Options,
  { log }: Utils,
  occasion: Occasion = {},
): Promise<Report> {
  const notice = (text: string | undefined) => {
    if (text !== undefined) log.notice(text);
  };
  return withClients(serverless, async (clients) => {
    const interruption = signalsOf(serverless);
    const loopback = isEmbedded(serverless) ? openLoopback() : undefined;
    try {
      const { files, what, ...plan } = await start(serverless, options, clients, occasion);
      const { target } = plan;
      notice(`\nVerifying ${what} at ${target.invokeUrl}`);
      const report = await verify({
        ...clients,
        ...plan,
        pace: paceOf(serverless, options),
        keep: options.keep ?? false,
        ...(loopback && !isAboutDoor(options) && { direct: loopback.direct }),
        signal: interruption.signal,
        onResult: (result) => notice(line(result, target)),
        progress: (text) => notice(`… ${text}`),
      });
      notice(skippedLine(report.results));
      notice(notRunLines(report.results));
      const unknown = withoutTokenLine(report.results);
      if (unknown !== undefined) log.warning(unknown);
      notice(teardownLine(report, options.keep ?? false));
      for (const problem of await writeReports(report, files, occasion.earlier)) {
        log.warning(problem);
      }
      // The framework has already wound up at the signal; an error thrown now would crash it.
      const interrupted = interruptionOf(interruption.signal);
      if (interrupted) {
        interruption.release();
        await occasion.onInterrupted?.();
        process.exit(interrupted.exitCode);
      }
      return report;
    } finally {
      loopback?.close();
      interruption.release();
    }
  });
}

/** The name of a stage; of a shadow, with the stage that it is to become. */
const nameOf = ({ stage, stack, parameters }: Target) =>
  stack?.live === undefined ? stage : `${parameters.restApiStage} before ${stack.live} serves it`;

async function start(
  serverless: Serverless,
  options: Options,
  clients: Clients,
  occasion: Occasion,
) {
  try {
    const files = reportFiles(options.report);
    await requireWritable(files);
    if (isAboutDoor(options)) {
      const plan = await planDoor(options, serverless, clients.kinesis);
      const what = plan.door.routes.name ?? 'the API';
      return { ...plan, files, what, checks: chosenOf(options, plan.checks) };
    }
    const target = occasion.target ?? (await deployedStage(serverless));
    const all = checksOf(target.streams);
    const chosen = chosenOf(options, options['read-only'] ? onlyReading(all) : all);
    const stream = planStream(serverless, options);
    const ways = await preflight(target, clients, {
      tokens: tokensOf(serverless, options),
      acceptsNone: acceptsNone(serverless, options),
    });
    return { files, what: `stage ${nameOf(target)}`, checks: chosen, target, stream, ...ways };
  } catch (error) {
    exitWith('couldNotStart');
    const unasked = unaskedIn(error);
    if (unasked === undefined) throw error;
    throw new HookError('CANNOT_VERIFY', `The stage cannot be verified. ${unasked.message}.`, {
      cause: error,
    });
  }
}

/** A name may stand for a group: `events/orders` for all checks of that stream. */
function chosenOf({ only: names, 'read-only': readOnly }: Options, all: Checks): Checks {
  if (names === undefined) return all;
  const known = Object.keys(all);
  const inGroup = (name: string) => known.filter((each) => each.startsWith(`${name}/`));
  const wanted = names.split(',').flatMap((given) => {
    const name = given.trim();
    const group = Object.hasOwn(all, name) ? [] : inGroup(name);
    return group.length > 0 ? group : [name];
  });
  const unknown = wanted.find((name) => !Object.hasOwn(all, name));
  if (unknown === undefined) return only(all, wanted);
  throw new HookError(
    'CHECK_UNKNOWN',
    `--only ${unknown}: there is no such check${readOnly ? ' that only reads' : ''}. Print their names with: npx serverless verify --list`,
  );
}

/**
 * The throw-away stream's name. With `--read-only` it stands for a stream that is not there.
 * @throws HookError where the stage must not be written to
 */
export function planStream(serverless: Serverless, options: Options): string {
  const owner = streamOwner(serverless);
  const { stage } = owner;
  const isProtected = parameterOf(serverless, 'protected') === 'true';
  if (isProtected && !options['read-only'] && !options['allow-protected']) {
    exitWith('couldNotStart');
    throw new HookError(
      'STAGE_PROTECTED',
      `Stage ${stage} is protected: verification would create, fill and delete a throw-away stream on it. Pass --allow-protected to allow that, --read-only to run only the checks that write nothing, or, when deploying, --skip-verify.`,
    );
  }
  return throwAwayName(owner);
}

/** The report's line on the throw-away stream, if any. */
function teardownLine(
  { teardown, stream, interrupted }: Report,
  keep: boolean,
): string | undefined {
  const byHand = `Delete it with: aws kinesis delete-stream --stream-name ${stream}`;
  if (teardown === 'kept') return `The throw-away stream is kept. ${byHand}`;
  if (teardown === 'complete') {
    if (keep) return 'No throw-away stream is kept: none was created.';
    return interrupted ? 'Interrupted; the throw-away stream is deleted.' : undefined;
  }
  const { failed } = teardown;
  const reason = failed instanceof Error ? failed.message : failed;
  const what = keep ? 'could not be looked for' : 'could not be deleted';
  return `✖ The throw-away stream ${stream} ${what} (${reason}). ${byHand}`;
}

function paceOf(serverless: Serverless, options: Options): Pace {
  if (isEmbedded(serverless)) return EMBEDDED_PACE;
  if (isAboutDoor(options)) return DOOR_PACE;
  return serverless.getProvider('aws').getStage() === 'local' ? EMULATOR_PACE : AWS_PACE;
}

/** Under `serverless local` a signal ends the AWS too: that command sees to it alone. */
function signalsOf({ processedInput }: Serverless): Interruption {
  return processedInput.commands[0] === 'local' ? NEVER_INTERRUPTED : listenForSignals();
}
