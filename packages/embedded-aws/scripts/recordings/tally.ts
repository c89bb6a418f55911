import type { Type } from './models';

/** How often a member of a structure was there, and how. */
export interface MemberTally {
  present: number;
  /** How often it was an empty list, map, structure or text. */
  empty: number;
  readonly types: Set<string>;
}

export interface KindTally {
  objects: number;
  readonly members: Map<string, MemberTally>;
}

/** Counts the members of objects by the structures that they are. */
export class Tally {
  readonly kinds = new Map<string, KindTally>();

  /** Counts an object, and those within it. */
  add(type: Type, value: unknown): void {
    if (value === undefined || value === null || type.kind === 'simple') return;
    if (type.kind === 'list') {
      if (Array.isArray(value)) for (const item of value) this.add(type.value(), item);
      return;
    }
    if (typeof value !== 'object' || Array.isArray(value)) return;
    if (type.kind === 'map') {
      for (const item of Object.values(value)) this.add(type.value(), item);
      return;
    }
    const tally = this.#kind(type.name);
    tally.objects += 1;
    for (const [name, memberType] of Object.entries(type.members)) {
      const member = (value as Record<string, unknown>)[name];
      if (member === undefined || member === null) continue;
      const type = memberType();
      count(tally, name, type, member);
      this.add(type, member);
    }
  }

  #kind(name: string): KindTally {
    const found = this.kinds.get(name);
    if (found !== undefined) return found;
    const created: KindTally = { objects: 0, members: new Map() };
    this.kinds.set(name, created);
    return created;
  }
}

function count({ members }: KindTally, name: string, type: Type, value: unknown): void {
  const tally = members.get(name) ?? { present: 0, empty: 0, types: new Set<string>() };
  members.set(name, tally);
  tally.present += 1;
  // Some tests record the JSON documents in texts as what they say.
  const isText = type.kind === 'simple' && typeof value === 'object';
  if (!isText && isEmpty(value)) tally.empty += 1;
  tally.types.add(isText ? 'scalar' : typeName(value));
}

function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Numbers, times and bytes may be texts in recordings, whose changing values are replaced by names. */
function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'flag';
  return isRecord(value) ? 'object' : 'scalar';
}
