import { TemplateEvaluationError } from '../velocity/errors';
import { EVALUATION_STEPS } from '../velocity/limits';

/**
 * The remaining budget of the running evaluation; evaluations are synchronous, so there is only
 * one. Stored in a typed array, because V8 would allocate an object for each new value of a
 * variable.
 */
const budget = new Float64Array([Number.POSITIVE_INFINITY]);

/**
 * Runs an evaluation with its own budget, {@link EVALUATION_STEPS}; a nested evaluation shares the
 * budget of the outer one.
 */
export function withinBudget<Result>(evaluate: () => Result): Result {
  const outer = workLeft();
  if (outer === Number.POSITIVE_INFINITY) budget[0] = EVALUATION_STEPS;
  try {
    return evaluate();
  } finally {
    budget[0] = outer;
  }
}

/**
 * Counts work. Everything whose time grows with its data counts here, one step for about a tenth of
 * a microsecond. Outside of {@link withinBudget}, nothing is counted.
 * @throws TemplateEvaluationError if the budget is exhausted
 */
export function spend(steps: number): void {
  const remaining = (budget[0] ?? 0) - steps;
  budget[0] = remaining;
  if (remaining < 0) throw exhausted();
}

/** The failure of an evaluation that has exhausted its budget. */
export function exhausted(): TemplateEvaluationError {
  return new TemplateEvaluationError(`The evaluation took more than ${EVALUATION_STEPS} steps`);
}

/** Counts work that inspects every character of a text once. */
export function spendOnText(length: number): void {
  if (length >= CHARACTERS_PER_STEP) spend(length / CHARACTERS_PER_STEP);
}

const CHARACTERS_PER_STEP = 32;

/** For a character that is written as several. */
export const STEPS_OF_ESCAPE = 1 / 4;

/** The remaining steps; infinite outside of {@link withinBudget}. */
export function workLeft(): number {
  return budget[0] ?? 0;
}
