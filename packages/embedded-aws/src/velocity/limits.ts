import { TemplateEvaluationError } from './errors';

/**
 * Iterations of one `#foreach`. API Gateway documents 1,000 ("Iterations in a #foreach ... #end
 * loop in mapping templates", quotas for REST APIs). Velocity's own limit
 * (`directive.foreach.maxloops`) ends the loop without an error, and AppSync reportedly does the
 * same.
 */
export const FOREACH_ITERATIONS = 1_000;

/**
 * Steps of one evaluation, counted once for the nodes of a template and once for everything else:
 * 32 characters that a function inspects, a value of a payload, a step of a regular expression. API
 * Gateway has a time limit; this engine counts instead, so that a template fails the same way on
 * every machine, after about half a second. 500 records cost about 20,000 steps, and a payload of
 * 10 MB about 300,000.
 */
export const EVALUATION_STEPS = 4_000_000;

/**
 * Characters in any string that a template builds, including its output (AWS's payload limit is 10
 * MB).
 */
export const STRING_LENGTH = 64 * 1024 * 1024;

/** Elements in any list that a template builds, for example with a range. */
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

/**
 * Steps of one regular expression operation; a match that needs more is catastrophic backtracking.
 */
export const REGEX_STEPS = 1_000_000;

/** Digits of a BigInteger or BigDecimal; Java runs out of memory later. */
export const NUMBER_DIGITS = 20_000;

/**
 * @returns the text
 * @throws TemplateEvaluationError if it is longer than a template may build
 */
export function boundedString(text: string): string {
  if (text.length > STRING_LENGTH) throw tooLong();
  return text;
}

/**
 * @throws TemplateEvaluationError if a string of this length is longer than a template may build
 */
export function assertStringLength(length: number): void {
  if (length > STRING_LENGTH) throw tooLong();
}

function tooLong(): TemplateEvaluationError {
  return new TemplateEvaluationError(`A string grew past ${STRING_LENGTH} characters`);
}

export function assertListLength(length: number): void {
  if (length > LIST_LENGTH) {
    throw new TemplateEvaluationError(`A list grew past ${LIST_LENGTH} elements`);
  }
}
