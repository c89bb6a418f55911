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
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  // Inherited properties need no check of their own: all of them are functions or objects.
  if (typeof value === 'object' || typeof value === 'function') return undefined;
  return value === undefined ? undefined : String(value);
}
