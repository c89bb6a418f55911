import type { ContextVariables } from './context';

/** A variable of `$context` by its dotted name as text; undefined when there is none. */
export function contextText(context: ContextVariables, name: string): string | undefined {
  return contextTextAt(context, name.split('.'));
}

/** As {@link contextText}, of a name that is already in parts. */
export function contextTextAt(
  context: ContextVariables,
  path: readonly string[],
): string | undefined {
  let value: unknown = context;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[part];
  }
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return String(value);
}
