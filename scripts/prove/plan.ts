import type { Caller } from './account';
import { costLines, mostDollars } from './cost';
import { names } from './names';
import type { Going } from './options';
import type { Chosen } from './session';
import { FIRST, LAST, stepsBetween } from './steps';
import { leftOut } from './steps/parameters';

/** Everything a command will make, do and cost: enough to decide whether to say yes. */
export function planFor(
  { type, place }: Going,
  runs: readonly Chosen[],
  { account, arn }: Caller,
): string {
  return [
    `Account ${account}, region ${place.region}, as ${arn}`,
    ...(place.endpoint === undefined ? [] : [`At ${place.endpoint}, which is not AWS`]),
    '',
    ...(type === 'prove' ? runs.flatMap(proofOf) : cleanUpOf(runs)),
  ].join('\n');
}

function proofOf({ facts, journal }: Chosen): string[] {
  const { stackName } = names(facts.id);
  const steps = [FIRST, ...stepsBetween(facts.choices), ...LAST];
  const skipped =
    (facts.choices.only?.includes('parameters') ?? true) ? leftOut(facts.choices) : [];
  return [
    journal === undefined
      ? `Makes the stack ${stackName}: a REST API, a role, a bucket, a log group and alarms; for a while a`
      : `Goes on with the run of ${facts.startedAt}, stack ${stackName}: a REST API, a role, a bucket, a log group and alarms; for a while a`,
    "canary's function, an API key and a usage plan; for the probes other stacks, with APIs, a bucket, and a",
    'role that nobody can assume; streams. It removes all of them.',
    '',
    ...steps.map(({ name, title }, index) => {
      const isDone = journal?.entryOf(name) !== undefined;
      return `  ${String(index + 1).padStart(2)}. ${title}${isDone ? ' (done)' : ''}`;
    }),
    ...(skipped.length === 0 ? [] : ['', 'Not walked:', ...skipped.map((line) => `  ${line}`)]),
    '',
    `Costs at most about $${mostDollars().toFixed(2)}, taxes and discounts aside, in about an hour:`,
    ...costLines().map((line) => `  ${line}`),
    '',
  ];
}

const cleanUpOf = (runs: readonly Chosen[]): string[] =>
  runs.length === 0
    ? ['No run was cut off in this checkout. Name one of another checkout with --id.']
    : [
        `Removes ${runs.map(({ facts }) => names(facts.id).stackName).join(', ')} and what is left beside.`,
        '',
      ];
