import type { RecordedError } from './assignment';
import type { OwnError } from './ours';
import type { KindTally, MemberTally, Tally } from './tally';

/** A member whose presence, emptiness or type differs, or an error whose status does. */
export interface Difference {
  /** `cloudformation.Stack.Outputs`, `error.NotFoundException`. */
  readonly member: string;
  readonly recorded: string;
  readonly ours: string;
}

interface Seen {
  readonly theirs: MemberTally;
  readonly own: MemberTally;
  /** How many objects there are, in the recordings and here. */
  readonly recorded: number;
  readonly ours: number;
}

const ABSENT: MemberTally = { present: 0, empty: 0, types: new Set() };

type Presence = 'always' | 'sometimes' | 'never';

function presenceOf({ present }: MemberTally, objects: number): Presence {
  if (present === 0) return 'never';
  return present === objects ? 'always' : 'sometimes';
}

/**
 * Compares the members of all structures that were recorded.
 * @param asked the members of our requests: what they set is in our answers, and does not differ when
 *   no test of the recordings has set it
 */
export function differencesOf(
  recorded: Tally,
  ours: Tally,
  asked: ReadonlySet<string>,
): readonly Difference[] {
  return [...recorded.kinds].sort(byName).flatMap(([kind, theirs]) => {
    const own = ours.kinds.get(kind);
    if (own === undefined) return [];
    const names = [...new Set([...theirs.members.keys(), ...own.members.keys()])].sort();
    return names.flatMap((name) => {
      const seen: Seen = {
        theirs: theirs.members.get(name) ?? ABSENT,
        own: own.members.get(name) ?? ABSENT,
        recorded: theirs.objects,
        ours: own.objects,
      };
      const [service] = kind.split('.');
      if (!differs(seen) || isOnlyAsked(seen, asked.has(`${service}.${name.toLowerCase()}`))) {
        return [];
      }
      return [
        {
          member: `${kind}.${name}`,
          recorded: describe(seen.theirs, seen.recorded),
          ours: describe(seen.own, seen.ours),
        },
      ];
    });
  });
}

/** The structures that were recorded and that no scenario of ours has. */
export function notSeen(recorded: Tally, ours: Tally): readonly Difference[] {
  return [...recorded.kinds]
    .sort(byName)
    .filter(([kind]) => !ours.kinds.has(kind))
    .map(([kind, { objects }]: [string, KindTally]) => ({
      member: kind,
      recorded: `${objects} objects`,
      ours: 'none',
    }));
}

/** Errors that have one status, or one type, on AWS and another here. */
export function errorDifferences(
  recorded: readonly RecordedError[],
  ours: readonly OwnError[],
): readonly Difference[] {
  const theirs = formsByCode(recorded);
  const own = formsByCode(ours);
  return [...theirs].sort(byName).flatMap(([code, forms]) => {
    const others = [...(own.get(code) ?? [])].filter((form) => !forms.has(form));
    if (others.length === 0) return [];
    return [{ member: `error.${code}`, recorded: [...forms].join(', '), ours: others.join(', ') }];
  });
}

function formsByCode(errors: readonly OwnError[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { code, status, type } of errors) {
    const form = type === undefined ? String(status) : `${status} ${type}`;
    found.set(code, (found.get(code) ?? new Set()).add(form));
  }
  return found;
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => a.localeCompare(b);

function differs({ theirs, own, recorded, ours }: Seen): boolean {
  if (presenceOf(theirs, recorded) !== presenceOf(own, ours)) return true;
  if (theirs.empty > 0 !== own.empty > 0) return true;
  return ['list', 'object', 'flag'].some((type) => own.types.has(type) !== theirs.types.has(type));
}

function isOnlyAsked({ theirs, own, ours }: Seen, isAsked: boolean): boolean {
  return isAsked && theirs.present === 0 && own.empty === 0 && presenceOf(own, ours) !== 'always';
}

function describe(tally: MemberTally, objects: number): string {
  const presence = presenceOf(tally, objects);
  const counts = presence === 'sometimes' ? `${tally.present} of ${objects}` : `of ${objects}`;
  const empty = tally.empty > 0 ? `, empty ${tally.empty}` : '';
  const types = tally.present > 0 ? ` (${[...tally.types].sort().join(', ')})` : '';
  return `${presence} ${counts}${empty}${types}`;
}
