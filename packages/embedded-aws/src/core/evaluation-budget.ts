/** The evaluation of a client's template, pattern or model failed or reached a limit. */
export class EvaluationError extends Error {
  override readonly name: string = 'EvaluationError';
}

/**
 * Steps of one evaluation, counted once for the nodes of a template and once for everything else:
 * 32 characters that a function inspects, a value of a payload, a step of a regular expression. API
 * Gateway has a time limit; this engine counts instead, so that a template fails the same way on
 * every machine, after about half a second. 500 records cost about 20,000 steps, and a payload of
 * 10 MB about 300,000.
 */
export const EVALUATION_STEPS = 4_000_000;

/**
 * Characters in any string that an evaluation builds, including its output (AWS's payload limit is
 * 10 MB).
 */
export const STRING_LENGTH = 64 * 1024 * 1024;

/** Steps for a character that is written as several. */
export const STEPS_OF_ESCAPE = 1 / 4;

const CHARACTERS_PER_STEP = 32;

/**
 * The remaining budget of the running evaluation; evaluations are synchronous, so there is only
 * one. Stored in a typed array, because V8 would allocate an object for each new value of a
 * variable.
 */
const budget = new Float64Array([Number.POSITIVE_INFINITY]);

/** Runs an evaluation with a budget of steps; a nested one shares the outer budget. */
export function withinBudget<Result>(evaluate: () => Result, steps = EVALUATION_STEPS): Result {
  const outer = workLeft();
  if (outer === Number.POSITIVE_INFINITY) budget[0] = steps;
  try {
    return evaluate();
  } finally {
    budget[0] = outer;
  }
}

/**
 * Counts work. Everything whose time grows with its data counts here, one step for about a tenth of
 * a microsecond. Outside of {@link withinBudget}, nothing is counted.
 * @throws EvaluationError if the budget is exhausted
 */
export function spend(steps: number): void {
  const remaining = (budget[0] ?? 0) - steps;
  budget[0] = remaining;
  if (remaining < 0) throw exhausted();
}

/** The failure of an evaluation that has exhausted its budget. */
export function exhausted(): EvaluationError {
  return new EvaluationError(`The evaluation took more than ${EVALUATION_STEPS} steps`);
}

/** Counts work that inspects every character of a text once. */
export function spendOnText(length: number): void {
  if (length >= CHARACTERS_PER_STEP) spend(length / CHARACTERS_PER_STEP);
}

/** The remaining steps; infinite outside of {@link withinBudget}. */
export function workLeft(): number {
  return budget[0] ?? 0;
}

/**
 * @returns the text
 * @throws EvaluationError if it is longer than an evaluation may build
 */
export function boundedString(text: string): string {
  if (text.length > STRING_LENGTH) throw tooLong();
  return text;
}

/** @throws EvaluationError if a string of this length is longer than an evaluation may build */
export function assertStringLength(length: number): void {
  if (length > STRING_LENGTH) throw tooLong();
}

function tooLong(): EvaluationError {
  return new EvaluationError(`A string grew past ${STRING_LENGTH} characters`);
}
