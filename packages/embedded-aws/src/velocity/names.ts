/**
 * Names that templates have, each as one string: a map finds a key that it was given as the very same
 * string without comparing characters, and a loop asks for the same few names again and again.
 */
const names = new Map<string, string>();
const MOST = 10_000;

/** The one string for a name in a template. */
export function templateName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= MOST) names.clear();
  names.set(name, name);
  return name;
}

/** A payload's key, as the string that templates have for it. Others are not kept: they may be of any size. */
export function payloadKey(key: string): string {
  return names.get(key) ?? key;
}
