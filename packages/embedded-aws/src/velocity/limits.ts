import { TemplateEvaluationError } from './errors';

/**
 * Iterations of one `#foreach`. API Gateway documents 1,000 ("Iterations in a #foreach ... #end
 * loop in mapping templates", quotas for REST APIs). Velocity's own limit
 * (`directive.foreach.maxloops`) ends the loop without an error, and AppSync reportedly does the
 * same.
 */
export const FOREACH_ITERATIONS = 1_000;

/** Elements in any one list that a template builds, for example with a range. */
const LIST_LENGTH = 5_000_000;

/**
 * Nesting of directives and expressions in a template; protects the parser from a stack overflow.
 */
export const TEMPLATE_DEPTH = 200;

/** Nesting of blocks, including those that `#define` renders inside each other. */
export const RENDER_DEPTH = 500;

/** Nesting of JSON: json-smart's own limit since 2.4.9 (CVE-2023-1370). */
export const JSON_DEPTH = 400;

/** Nesting of lists and maps when printed; Java's stack overflows somewhat later. */
export const PRINT_DEPTH = 1_000;

/** Digits of a BigInteger or BigDecimal; Java runs out of memory later. */
export const NUMBER_DIGITS = 20_000;

export function assertListLength(length: number): void {
  if (length > LIST_LENGTH) {
    throw new TemplateEvaluationError(`A list grew past ${LIST_LENGTH} elements`);
  }
}
