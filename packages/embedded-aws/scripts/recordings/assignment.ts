import type { Service, Structure, Type } from './models';
import type { RecordedEntry } from './recorded';
import { Tally } from './tally';

/** An error that AWS answered. */
export interface RecordedError {
  readonly code: string;
  readonly status: number;
  /** Whose fault it is, where the answer says so: `Sender`, `User`. */
  readonly type: string | undefined;
  readonly test: string;
}

export interface Assigned {
  readonly structure: Structure;
  readonly value: Readonly<Record<string, unknown>>;
  readonly entry: RecordedEntry;
  /** A whole answer, not a part of one. */
  readonly isAnswer: boolean;
}

interface Ambiguous {
  readonly entry: RecordedEntry;
  readonly value: Json;
  readonly fits: readonly Structure[];
}

/** The values of the recordings, by how surely their structure is known. */
export interface Assignment {
  readonly objects: readonly Assigned[];
  /** Parts of answers of which tests recorded some members only. */
  readonly picked: readonly Assigned[];
  readonly errors: readonly RecordedError[];
  /** Answers without a member, which every operation without an output may give. */
  readonly blank: readonly RecordedEntry[];
  /** Answers that several structures fit equally, with the names of those. */
  readonly ambiguous: readonly Ambiguous[];
  /** Values that are no answer of the services here: those of other services, and of tests. */
  readonly unassigned: readonly RecordedEntry[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Assigns every recorded object to the structure that it is of.
 *
 * Answers have `ResponseMetadata`: theirs are the structures of outputs. Other objects are parts of
 * answers, of any structure. The name of the entry may name the operation; else it is the structure
 * that has all of the object's members and the fewest others. What is within follows from the model.
 */
export function assign(
  services: readonly Service[],
  entries: readonly RecordedEntry[],
): Assignment {
  const found = {
    objects: [] as Assigned[],
    errors: [] as RecordedError[],
    blank: [] as RecordedEntry[],
    ambiguous: [] as Ambiguous[],
    unassigned: [] as RecordedEntry[],
  };

  /** True if the operation of an answer was found. */
  const visitAnswer = (entry: RecordedEntry, value: Json, members: Json, status: number) => {
    const fits = structuresOf(services, entry, members, true);
    const [structure] = fits;
    if (isObject(value.Error)) {
      found.errors.push(errorOf(entry, value, value.Error, status));
    } else if (Object.keys(members).length === 0) {
      found.blank.push(entry);
    } else if (structure !== undefined && fits.length === 1) {
      found.objects.push({ structure, value: members, entry, isAnswer: true });
    } else if (fits.length > 1) {
      found.ambiguous.push({ entry, value: members, fits });
    } else return false;
    return true;
  };

  /** True if the structure of a value was found. */
  const visit = (entry: RecordedEntry, value: unknown): boolean => {
    if (Array.isArray(value)) {
      return value.map((item) => visit(entry, item)).some(Boolean);
    }
    if (!isObject(value)) return false;
    const { ResponseMetadata: metadata, ...members } = value;
    const part = { ...entry, value };
    if (isObject(metadata)) {
      return visitAnswer(part, value, members, Number(metadata.HTTPStatusCode));
    }
    const fits = structuresOf(services, part, members, false);
    const [structure] = fits;
    if (structure !== undefined && fits.length === 1) {
      found.objects.push({ structure, value: members, entry: part, isAnswer: false });
      return true;
    }
    return Object.entries(members)
      .map(([name, item]) => visit({ ...entry, name: `${entry.name}.${name}` }, item))
      .some(Boolean);
  };

  for (const entry of entries) {
    if (!visit(entry, entry.value)) found.unassigned.push(entry);
  }
  const { objects, ambiguous } = decide(found.objects, found.ambiguous);
  const left = picked(objects);
  return {
    ...found,
    ambiguous,
    objects: objects.filter((object) => !left.has(object)),
    picked: [...left],
  };
}

/**
 * Parts of answers that lack a member which all of their kind in whole answers have: tests picked the
 * members that they recorded.
 */
function picked(objects: readonly Assigned[]): ReadonlySet<Assigned> {
  const whole = tallyOf(objects.filter(({ isAnswer }) => isAnswer));
  return new Set(
    objects.filter(({ isAnswer, structure, value }) => !isAnswer && lacks(whole, structure, value)),
  );
}

function tallyOf(objects: readonly Assigned[]): Tally {
  const tally = new Tally();
  for (const { structure, value } of objects) tally.add(structure, value);
  return tally;
}

/** True if an object lacks a member that all others of its structure have. */
function lacks(tally: Tally, structure: Structure, value: Json): boolean {
  const known = tally.kinds.get(structure.name);
  return Array.from(known?.members ?? []).some(
    ([name, { present }]) => present === known?.objects && !Object.hasOwn(value, name),
  );
}

function errorOf({ test }: RecordedEntry, answer: Json, error: Json, status: number) {
  const { Code: code, Type: type = answer.Type } = error;
  return { code: String(code), status, type: typeof type === 'string' ? type : undefined, test };
}

/** Excludes structures that have always had a member which an ambiguous object does not have. */
function decide(objects: readonly Assigned[], ambiguous: readonly Ambiguous[]) {
  const tally = tallyOf(objects);
  const decided = ambiguous.map(({ entry, value, fits }) => ({
    entry,
    value,
    fits: fits.filter((structure) => !lacks(tally, structure, value)),
  }));
  return {
    objects: [
      ...objects,
      ...decided.flatMap(({ fits, value, entry }) => {
        const [structure] = fits;
        return structure !== undefined && fits.length === 1
          ? [{ structure, value, entry, isAnswer: true }]
          : [];
      }),
    ],
    ambiguous: decided.filter(({ fits }) => fits.length !== 1),
  };
}

/** The structures that fit an object best: one, or several that fit equally, or none. */
function structuresOf(
  services: readonly Service[],
  entry: RecordedEntry,
  members: Json,
  isAnswer: boolean,
): readonly Structure[] {
  const names = Object.keys(members);
  // Too little to tell anything by.
  if (!isAnswer && names.length < 2) return [];
  const fitting = services.flatMap((service) => {
    const structures = isAnswer ? Object.values(service.outputs) : service.structures.values();
    return [...new Set(structures)]
      .filter((structure) => fits(structure, members))
      .map((structure) => ({ service, structure }));
  });
  const near = fitting.filter(({ service }) => isAbout(entry, service));
  const candidates = near.length > 0 ? near : isAnswer ? fitting : [];
  if (isAnswer) {
    const named = candidates.filter(({ service, structure }) => isNamed(entry, service, structure));
    if (named.length > 0) return fewest(named.map(({ structure }) => structure));
  }
  return fewest(candidates.map(({ structure }) => structure));
}

/** The structures with the fewest members. */
function fewest(structures: readonly Structure[]): readonly Structure[] {
  const size = ({ members }: Structure) => Object.keys(members).length;
  const least = Math.min(...structures.map(size));
  return [...new Set(structures.filter((structure) => size(structure) === least))];
}

/** The path of a test has the service's name in it: `services/apigateway/…`, `test_lambda.py`. */
const isAbout = ({ test }: RecordedEntry, { name }: Service): boolean =>
  (test.split('::')[0] ?? '').includes(name);

const words = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');

function isNamed({ name }: RecordedEntry, { outputs }: Service, structure: Structure): boolean {
  return Object.entries(outputs).some(
    ([operation, output]) =>
      output === structure && words(name).includes(words(operation).replace(/s$/, '')),
  );
}

/** True if an object may be of a type: it has no member that the type does not have. */
export function fits(type: Type, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  switch (type.kind) {
    case 'simple':
      // Some tests record the JSON documents in texts as what they say.
      return true;
    case 'list':
      return Array.isArray(value)
        ? value.every((item) => fits(type.value(), item))
        : typeof value === 'string';
    case 'map':
      return isObject(value)
        ? Object.values(value).every((item) => fits(type.value(), item))
        : typeof value === 'string';
    case 'structure':
      return isObject(value)
        ? Object.entries(value).every(([name, item]) => {
            const member = Object.hasOwn(type.members, name) ? type.members[name] : undefined;
            return member !== undefined && fits(member(), item);
          })
        : typeof value === 'string';
  }
}
