import { hasVariable } from '../parameters/check';

/** The values that a member of a declaration accepts. JavaScript may give any. */
export interface MemberKind {
  readonly takes: (value: unknown) => boolean;
  /** Completes the message "It takes …". */
  readonly inWords: string;
  /** Words that it takes: one of them may have been meant. */
  readonly words?: readonly string[];
  /** Items of a list, or an object's members, of which the message names the wrong one. */
  readonly parts?: (
    value: unknown,
  ) => readonly { readonly given: unknown; readonly isRight: boolean }[];
  /** The values that an object's members accept, by name, so that the message is about the wrong one alone. */
  readonly members?: (value: unknown) => Readonly<Record<string, MemberKind>> | undefined;
}

export const flag: MemberKind = {
  takes: (value) => typeof value === 'boolean',
  inWords: 'true or false',
};

/** The one value that says something; for the other, the member is left out. */
export const only = (value: true | string): MemberKind => ({
  takes: (given) => given === value,
  inWords: shown(value),
  ...(typeof value === 'string' && { words: [value] }),
});

export const oneOf = (...words: readonly string[]): MemberKind => ({
  takes: (value) => words.some((word) => word === value),
  inWords: `${words.slice(0, -1).map(shown).join(', ')} or ${shown(words.at(-1))}`,
  words,
});

/** A whole number within limits, both included. */
export const wholeNumber = (unit: string, lowest: number, highest: number): MemberKind => ({
  takes: (value) => Number.isInteger(value) && Number(value) >= lowest && Number(value) <= highest,
  inWords: `a whole number of ${unit} from ${lowest} to ${highest}`,
});

export const either = (...kinds: readonly MemberKind[]): MemberKind => ({
  takes: (value) => kinds.some((kind) => kind.takes(value)),
  inWords: kinds.map(({ inWords }) => inWords).join(', or '),
  words: kinds.flatMap(({ words = [] }) => words),
});

export const text = (inWords: string, pattern: RegExp): MemberKind => ({
  takes: (value) => typeof value === 'string' && pattern.test(value),
  inWords,
});

/** A text in which the framework may have to fill in variables; it is checked again then. */
export const textOrVariable = (inWords: string, pattern: RegExp): MemberKind => ({
  takes: (value) => typeof value === 'string' && (hasVariable(value) || pattern.test(value)),
  inWords,
});

/** A list without duplicates. */
export function listOf(
  { takes, inWords, words }: MemberKind,
  most = words?.length ?? 0,
): MemberKind {
  const isDouble = (item: unknown, index: number, all: readonly unknown[]) =>
    all.indexOf(item) < index;
  return {
    takes: (value) => Array.isArray(value) && value.length <= most && !value.some(isDouble),
    inWords: `a list of ${words ? words.join(', ') : `${inWords}; ${most} at most`}, each once`,
    ...(words && { words }),
    parts: (value) =>
      // A list with gaps, too: map would leave those out.
      Array.isArray(value) ? [...value].map((given) => ({ given, isRight: takes(given) })) : [],
  };
}

/** True for an object that is nothing but its members, and so no Map, Date or instance of a class. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const LONGEST = 60;

/** A value in a message, in one line. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${shortened(value)}'`;
  const isPlain = isObject(value) || Array.isArray(value);
  const isOther = typeof value === 'object' && value !== null && !isPlain;
  if (isOther) return `a ${value.constructor.name}`;
  return shortened(isPlain ? JSON.stringify(value) : String(value));
}

const shortened = (text: string) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};
