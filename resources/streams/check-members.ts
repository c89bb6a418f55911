import { StackError } from '../errors';
import { nearMatch } from '../parameters/near-match';
import { isObject, type MemberKind, shown } from './kinds';

/** The values that a declaration's members accept, by their names. */
export type Members = Readonly<Record<string, MemberKind>>;

/**
 * Checks members that are written down together; one that is `undefined` is left out.
 * @param file where they are declared: `streams.ts`
 * @param where the declaration's name there: `orders.stages.prod`
 * @param others names of members that are checked elsewhere
 * @throws StackError for an unknown member, suggesting the closest name, or for a wrong value
 */
export function checkMembers(
  file: string,
  where: string,
  row: Readonly<Record<string, unknown>>,
  members: Members,
  others: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const kind = Object.hasOwn(members, name) ? members[name] : undefined;
    if (kind === undefined) {
      const known = [...Object.keys(members), ...others];
      throw new StackError(`${file}: ${where} has no member '${name}'. ${hintOf(name, known)}`);
    }
    checkValue(file, `${where}.${name}`, kind, value);
  }
}

/** The closest name, or all of them. */
export function hintOf(name: string, known: readonly string[]): string {
  const meant = nearMatch(name, known);
  return meant === undefined ? `It has: ${known.join(', ')}.` : `Did you mean '${meant}'?`;
}

function checkValue(file: string, where: string, kind: MemberKind, value: unknown): void {
  const { takes, inWords, words = [], parts } = kind;
  const members = kind.members?.(value);
  if (members !== undefined && isObject(value)) checkMembers(file, where, value, members);
  const wrong = parts?.(value).find(({ isRight }) => !isRight);
  if (wrong === undefined && takes(value)) return;
  const given = wrong === undefined ? value : wrong.given;
  const meant = typeof given === 'string' ? nearMatch(given, words) : undefined;
  const hint = meant === undefined || meant === given ? '' : ` Did you mean '${meant}'?`;
  const verb = wrong === undefined ? 'is' : 'has';
  throw new StackError(`${file}: ${where} ${verb} ${shown(given)}.${hint} It takes ${inWords}.`);
}
