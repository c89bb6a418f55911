/**
 * Interned names of templates: a map finds a key without comparing characters if it is the
 * identical string, and loops look up the same few names repeatedly.
 */
const names = new Map<string, string>();
const MAX_NAMES = 10_000;

/** The interned string for a name in a template. */
export function templateName(name: string): string {
  const interned = names.get(name);
  if (interned !== undefined) return interned;
  if (names.size >= MAX_NAMES) names.clear();
  names.set(name, name);
  return name;
}

/**
 * A payload key, interned if a template uses the name. Other keys are not kept, because payloads
 * may have any number of them.
 */
export function payloadKey(key: string): string {
  return names.get(key) ?? key;
}
