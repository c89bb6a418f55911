import { OptionError } from './option-error';

/**
 * Checks an option that the user set.
 * @param path how the user names it, `kinesis.faults.rules[0].throttleRate`
 * @throws OptionError that says what it must be
 */
export type OptionReader<T> = (value: unknown, path: string) => T;

/** Readers of an object's members. */
type MemberReaders = Readonly<Record<string, OptionReader<unknown>>>;

/** The options that readers of members return; each may be absent. */
export type OptionsOf<Readers extends MemberReaders> = {
  readonly [Name in keyof Readers]?: ReturnType<Readers[Name]>;
};

/** An object with these members and no others; absent and null members stay absent. */
export function members<const Readers extends MemberReaders>(
  readers: Readers,
): OptionReader<OptionsOf<Readers>> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw mistake(path, 'an object', value);
    }
    const read = Object.entries(value).flatMap(([name, member]) => {
      const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (reader === undefined) {
        throw new OptionError(
          `${path}.${name} is not an option. ${path} takes: ${Object.keys(readers).join(', ')}.`,
        );
      }
      return member === null || member === undefined
        ? []
        : [[name, reader(member, `${path}.${name}`)] as const];
    });
    return Object.fromEntries(read) as OptionsOf<Readers>;
  };
}

/** A list of items of one kind. */
export function items<T>(reader: OptionReader<T>): OptionReader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw mistake(path, 'a list', value);
    return value.map((item, index) => reader(item, `${path}[${index}]`));
  };
}

/** A value that a predicate accepts. */
export function that<T>(inWords: string, accepts: (value: unknown) => value is T): OptionReader<T> {
  return (value, path) => {
    if (accepts(value)) return value;
    throw mistake(path, inWords, value);
  };
}

export const flag = that('true or false', (value) => typeof value === 'boolean');

export const text = that(
  'a text that is not empty',
  (value): value is string => typeof value === 'string' && value !== '',
);

export const wholeNumber = that(
  'a whole number, 0 or more',
  (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
);

/** Longer than any test waits; timers take no more than a signed 32-bit number. */
const MAX_MS = 2_147_483_647;

export const milliseconds = that('milliseconds, 0 or more', isMilliseconds);

export function isMilliseconds(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_MS;
}

export const share = that(
  'a number from 0 to 1',
  (value): value is number => typeof value === 'number' && value >= 0 && value <= 1,
);

function mistake(path: string, inWords: string, value: unknown): OptionError {
  return new OptionError(`${path} must be ${inWords}, and not ${JSON.stringify(value)}.`);
}
