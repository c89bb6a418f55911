/** A log event's message. It is parsed once, however many patterns look at it. */
export class Message {
  readonly text: string;
  #json: unknown;
  #isParsed = false;

  constructor(text: string) {
    this.text = text;
  }

  /** The message as a JSON object; undefined when it is none. */
  get json(): Readonly<Record<string, unknown>> | undefined {
    if (!this.#isParsed) {
      this.#isParsed = true;
      this.#json = this.text.trimStart().startsWith('{') ? parsed(this.text) : undefined;
    }
    return this.#json as Readonly<Record<string, unknown>> | undefined;
  }

  /**
   * The value that a selector such as `$.user.id` or `$.codes[0]` names.
   * @returns undefined when there is none
   */
  select(path: readonly (string | number)[]): unknown {
    let value: unknown = this.json;
    for (const part of path) {
      const isThere =
        typeof part === 'number'
          ? Array.isArray(value)
          : typeof value === 'object' && value !== null && Object.hasOwn(value, part);
      if (!isThere) return undefined;
      value = (value as Record<string | number, unknown>)[part];
    }
    return value;
  }
}

/** Decides whether a message matches a filter pattern. */
export type MessageFilter = (message: Message) => boolean;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `$.user.id`, `$.codes[0].name` */
const SELECTOR = /^\$(?:\.[\w-]+|\[\d+\])+$/;

/** The parts of a selector; undefined when the text is none. */
export function selectorOf(text: string): readonly (string | number)[] | undefined {
  if (!SELECTOR.test(text)) return undefined;
  return [...text.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(
    ([, name, index]) => name ?? Number(index),
  );
}
