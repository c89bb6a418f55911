import type { CommandLine } from './command-line';
import { StackError } from './errors';
import { checkEach } from './parameters/check';
import type { StageRows } from './parameters/stages';

/** The canary of a stage: where it runs and how often. */
export interface Canary {
  readonly stage: string;
  /** `rate(5 minutes)` or `cron(0 8 * * ? *)`; empty if the stage has no canary. */
  readonly rate: string;
}

/**
 * The canary's rate as the framework will resolve it later, from the command line and the stage's
 * row. Needed while serverless.ts loads: the framework has no conditional functions or plugins, and
 * the plugin that bundles the function would cost every command two seconds.
 * @param rows the stages' parameters from serverless.ts
 * @throws StackError if the value is not a valid rate
 */
export function canaryOf({ stage = 'local', parameters }: CommandLine, rows: StageRows): Canary {
  const row = Object.hasOwn(rows, stage) ? rows[stage] : undefined;
  const canary = String(parameters.get('canary') ?? row?.canary ?? rows.default?.canary ?? '');
  if (canary.includes('${')) {
    throw new StackError(
      `Parameter 'canary' is '${canary}'. Whether there is a canary decides what serverless.ts loads, before variables are filled in: write the rate itself, or take it from process.env.`,
    );
  }
  checkEach({ canary });
  return { stage, rate: canary };
}

const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** A period has room for two runs, and CloudWatch allows periods of at most a week. */
const LONGEST_SECONDS = 3 * SECONDS.day;

/**
 * The alarm's period in seconds: twice the interval between runs, so that a slightly late run does
 * not set it off. Cron expressions are assumed to run at least daily.
 * @throws StackError if runs are too rare for CloudWatch to notice a missing one
 */
export function alarmPeriod(rate: string): number {
  const [, count = '1', unit = 'day'] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(rate) ?? [];
  const seconds = Number(count) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds <= LONGEST_SECONDS) return 2 * seconds;
  throw new StackError(
    `Parameter 'canary' is '${rate}'. An alarm can tell that a run is missing only where there is one every three days.`,
  );
}
