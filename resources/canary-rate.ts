import type { CommandLine } from './command-line';
import { StackError } from './errors';
import { checkEach } from './parameters/check';
import type { StageRows } from './parameters/stages';

/** The stage's canary: how often it runs, and where. */
export interface Canary {
  readonly stage: string;
  /** `rate(5 minutes)` or `cron(0 8 * * ? *)`; empty where the stage has none. */
  readonly rate: string;
}

/**
 * The canary's rate as the framework will resolve it, from the command line and the stage's row.
 * serverless.ts has to know it before: the framework has no conditional functions or plugins, and the
 * plugin that bundles the function costs every command two seconds.
 * @param rows of serverless.ts
 * @throws StackError for a text that is not a rate
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

/** CloudWatch takes periods up to a week, and one must hold two runs. */
const LONGEST_SECONDS = 3 * SECONDS.day;

/**
 * The period in which an alarm looks for runs, in seconds: twice the time between two, so that one
 * which is a little late is not missed. A cron expression is taken to run every day.
 * @throws StackError when runs are so rare that CloudWatch could not see one missing
 */
export function alarmPeriod(rate: string): number {
  const [, count = '1', unit = 'day'] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(rate) ?? [];
  const seconds = Number(count) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds <= LONGEST_SECONDS) return 2 * seconds;
  throw new StackError(
    `Parameter 'canary' is '${rate}'. An alarm can tell that a run is missing only where there is one every three days.`,
  );
}
