/** A client's template, pattern or model that could not be evaluated: it failed, or met a limit. */
export class EvaluationError extends Error {
  override readonly name: string = 'EvaluationError';
}

/**
 * Steps of one evaluation, once for the nodes of a template and once for all else: 32 characters that
 * a function looks at, a value of a payload, a step of a regular expression. API Gateway gives up on
 * time; the embedded one counts instead, so that the same template fails on every machine, after half
 * a second or so. 500 records cost some 20,000, and a payload of 10 MB some 300,000.
 */
export const EVALUATION_STEPS = 4_000_000;

/** Characters in any one string that an evaluation builds, its output included (AWS's payload is 10 MB). */
export const STRING_LENGTH = 64 * 1024 * 1024;

/** Of a character that is written as several. */
export const STEPS_OF_ESCAPE = 1 / 4;

const CHARACTERS_PER_STEP = 32;

/**
 * Steps that the running evaluation has left. Evaluations are synchronous, so there is only one. The
 * number is in an array because V8 would allocate an object for each new value of a variable.
 */
const left = new Float64Array([Number.POSITIVE_INFINITY]);

/**
 * Runs an evaluation with a budget of {@link EVALUATION_STEPS}; a nested one shares the outer budget.
 */
export function withinBudget<Result>(evaluate: () => Result): Result {
  const outer = workLeft();
  if (outer === Number.POSITIVE_INFINITY) left[0] = EVALUATION_STEPS;
  try {
    return evaluate();
  } finally {
    left[0] = outer;
  }
}

/**
 * Counts work. All that takes time in proportion to its data counts here, about one step per tenth of
 * a microsecond. Outside of {@link withinBudget} nothing is counted.
 * @throws EvaluationError when the evaluation has spent its budget
 */
export function spend(steps: number): void {
  const rest = (left[0] ?? 0) - steps;
  left[0] = rest;
  if (rest < 0) throw exhausted();
}

/** The failure of an evaluation that has spent its budget. */
export function exhausted(): EvaluationError {
  return new EvaluationError(`The evaluation took more than ${EVALUATION_STEPS} steps`);
}

/** Counts work that looks at every character of a text once. */
export function spendOnText(length: number): void {
  if (length >= CHARACTERS_PER_STEP) spend(length / CHARACTERS_PER_STEP);
}

/** Steps that are left; infinite outside of {@link withinBudget}. */
export function workLeft(): number {
  return left[0] ?? 0;
}

/** The text. @throws EvaluationError when it is longer than an evaluation may build */
export function boundedString(text: string): string {
  if (text.length > STRING_LENGTH) throw tooLong();
  return text;
}

/** @throws EvaluationError before a string of `length` characters is built, when that is too long */
export function assertStringLength(length: number): void {
  if (length > STRING_LENGTH) throw tooLong();
}

function tooLong(): EvaluationError {
  return new EvaluationError(`A string grew past ${STRING_LENGTH} characters`);
}
