/** The values that a parameter accepts, compared as text because variables resolve to text. */
export interface Kind<Value> {
  readonly takes: (text: string) => boolean;
  /** Completes the message "It takes …". */
  readonly inWords: string;
  /** Maximum length in characters, for texts. */
  readonly longest?: number;
  /** Never set: carries the type of the values that serverless.ts may use. */
  readonly value?: Value;
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  const last = words.at(-1);
  return {
    takes: (text) => words.some((word) => word === text),
    inWords: `${words.slice(0, -1).join(', ')} or ${last}`,
  };
}

/** A boolean, in serverless.ts also as text. */
export const flag: Kind<boolean | 'true' | 'false'> = oneOf('true', 'false');

/** A boolean, or a word beside it. */
export const flagOr = <const Word extends string>(
  word: Word,
): Kind<boolean | 'true' | 'false' | Word> => oneOf<'true' | 'false' | Word>('true', 'false', word);

/** A whole number within limits, both included. */
export function wholeNumber(
  unit: string,
  lowest: number,
  highest: number,
): Kind<number | `${number}`> {
  return {
    takes: (text) =>
      /^(0|[1-9]\d*)$/.test(text) && Number(text) >= lowest && Number(text) <= highest,
    inWords: `a whole number of ${unit} from ${lowest} to ${highest}`,
  };
}

/** One of a list of numbers. */
export function oneOfNumbers<const Allowed extends number>(
  inWords: string,
  ...numbers: readonly Allowed[]
): Kind<Allowed | `${Allowed}`> {
  return { takes: (text) => numbers.some((number) => String(number) === text), inWords };
}

/** A text that matches a pattern, up to AWS's maximum length. */
export function text(inWords: string, pattern: RegExp, longest: number): Kind<string> {
  return {
    takes: (value) => value.length <= longest && pattern.test(value),
    inWords,
    longest,
  };
}

/** Like `text`, but may be empty. */
export function textOrNone(inWords: string, pattern: RegExp, longest: number): Kind<string> {
  const filled = text(inWords, pattern, longest);
  return { ...filled, takes: (value) => value === '' || filled.takes(value) };
}
