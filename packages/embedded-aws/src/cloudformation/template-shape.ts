import { isObject, templateFormatError, validationError } from './json';

/** Deeper than any real template; later steps can then recurse without overflowing the stack. */
const MAX_DEPTH = 150;

/** The sections that CloudFormation evaluates; `null` is invalid in them. */
const EVALUATED = new Set([
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]);

/**
 * Rejects what later steps cannot handle: excessive nesting, `null` and dynamic references.
 * @throws AwsError ValidationError naming the path
 */
export function assertTemplateShape(template: unknown): void {
  const pending: { value: unknown; path: readonly string[] }[] = [{ value: template, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path } = next;
    if (path.length > MAX_DEPTH) {
      throw templateFormatError(`The template nests deeper than ${MAX_DEPTH} levels.`);
    }
    if (isEvaluated(path)) assertEvaluable(value, path);
    if (Array.isArray(value)) {
      for (const [index, item] of [...value.entries()].reverse()) {
        pending.push({ value: item, path: [...path, String(index)] });
      }
    } else if (isObject(value)) {
      for (const [name, item] of Object.entries(value).reverse()) {
        pending.push({ value: item, path: [...path, name] });
      }
    }
  }
}

/** Resource metadata is stored, not evaluated. */
function isEvaluated(path: readonly string[]): boolean {
  return EVALUATED.has(path[0] ?? '') && !(path[0] === 'Resources' && path[2] === 'Metadata');
}

function assertEvaluable(value: unknown, path: readonly string[]): void {
  // Recorded: test_invalid_output_structure, 31-05-2024. The first one in the text is told.
  if (value === null) {
    throw validationError(`[/${path.join('/')}] 'null' values are not allowed in templates`);
  }
  if (typeof value === 'string') refuseDynamicReference(value, `/${path.join('/')}`);
}

/** @throws AwsError naming the dynamic reference and its path */
export function refuseDynamicReference(text: string, place: string): void {
  const start = text.indexOf('{{resolve:');
  if (start === -1) return;
  throw validationError(
    `The embedded AWS does not implement dynamic references: ${text.slice(start, start + 80)} at ${place}.`,
  );
}
