import { TemplateEvaluationError } from '../velocity/errors';
import { EVALUATION_STEPS } from '../velocity/limits';

/**
 * What the running evaluation may still spend. Evaluations are synchronous: there is only one. In an
 * array of numbers, as V8 would make an object of each new value of a variable.
 */
const left = new Float64Array([Number.POSITIVE_INFINITY]);

/**
 * Runs an evaluation with a budget of its own, {@link EVALUATION_STEPS}; one inside another shares
 * the outer one's.
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
 * Counts work. Whatever takes time in proportion to its data counts here, about one step for a tenth
 * of a microsecond; outside of {@link withinBudget} nothing is counted.
 * @throws TemplateEvaluationError when the evaluation has spent its budget
 */
export function spend(steps: number): void {
  const rest = (left[0] ?? 0) - steps;
  left[0] = rest;
  if (rest < 0) throw exhausted();
}

/** The failure of an evaluation that has spent its budget. */
export function exhausted(): TemplateEvaluationError {
  return new TemplateEvaluationError(`The evaluation took more than ${EVALUATION_STEPS} steps`);
}

/** Counts work that looks at every character of a text once. */
export function spendOnText(length: number): void {
  if (length >= CHARACTERS_PER_STEP) spend(length / CHARACTERS_PER_STEP);
}

const CHARACTERS_PER_STEP = 32;

/** Of a character that is written as several. */
export const STEPS_OF_ESCAPE = 1 / 4;

/** Steps that are left; infinite outside of {@link withinBudget}. */
export function workLeft(): number {
  return left[0] ?? 0;
}
