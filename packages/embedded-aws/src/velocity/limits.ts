import { TemplateEvaluationError } from './errors';

/**
 * Iterations of one `#foreach`. API Gateway documents 1,000 ("Iterations in a #foreach ... #end loop
 * in mapping templates", quotas for REST APIs); Velocity's own bound (`directive.foreach.maxloops`)
 * ends the loop there without an error, and AppSync is reported to do the same.
 */
export const FOREACH_ITERATIONS = 1_000;

/**
 * Steps of one evaluation, once for the nodes of a template and once for all else: 32 characters that
 * a function looks at, a value of a payload, a step of a regular expression. API Gateway gives up on
 * time; this engine counts instead, so that the same template fails on every machine, after half a
 * second or so. 500 records cost some 20,000, and a payload of 10 MB some 300,000.
 */
export const EVALUATION_STEPS = 4_000_000;

/** Characters in any one string a template builds, its output included (AWS's payload is 10 MB). */
export const STRING_LENGTH = 64 * 1024 * 1024;

/** Elements in any one list that a template builds, for example with a range. */
const LIST_LENGTH = 5_000_000;

/** Nesting of directives and expressions in a template: keeps the parser off the stack's end. */
export const TEMPLATE_DEPTH = 200;

/** Nesting of blocks, those that `#define` renders inside each other included. */
export const RENDER_DEPTH = 500;

/** Nesting of JSON; json-smart's own limit since 2.4.9 (CVE-2023-1370). */
export const JSON_DEPTH = 400;

/** Nesting of lists and maps that print each other; Java's stack ends somewhere above. */
export const PRINT_DEPTH = 1_000;

/** Steps of one regular-expression operation; a match that needs more is a runaway. */
export const REGEX_STEPS = 1_000_000;

/** Digits of a BigInteger or BigDecimal; Java runs out of memory later. */
export const NUMBER_DIGITS = 20_000;

/** The text, unless it is longer than a template may build. */
export function boundedString(text: string): string {
  if (text.length > STRING_LENGTH) throw tooLong();
  return text;
}

/** Fails before a string of `length` characters is built. */
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
