/** A place in a text; both count from one. */
interface JsonErrorMark {
  readonly line: number;
  readonly column: number;
}

/** Where a text stops being JSON. */
class JsonStop extends Error {
  override readonly name = 'JsonStop';
  readonly index: number;

  constructor(index: number) {
    super('not JSON');
    this.index = index;
  }
}

/**
 * The place that Jackson, with which CloudFormation reads JSON, names in a text that is not JSON: that
 * behind the first character that does not belong. For `{"a"=1}` it is column 6 (recorded:
 * test_validate_invalid_json_template_should_fail, 18-06-2024).
 */
export function jsonErrorMark(text: string): JsonErrorMark {
  const index = stopOf(text);
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  const behind = index < text.length ? 2 : 1;
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + behind };
}

function stopOf(text: string): number {
  try {
    new JsonWalk(text).document();
  } catch (error) {
    if (error instanceof JsonStop) return error.index;
    throw error;
  }
  return text.length;
}

/** Walks through JSON without recursion, for texts of any depth. */
class JsonWalk {
  readonly #text: string;
  #index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    const open: string[] = [];
    do {
      this.#blanks();
      const char = this.#text[this.#index];
      if (char === '{' || char === '[') {
        this.#index++;
        if (this.#closes(char)) this.#after(open);
        else {
          open.push(char);
          if (char === '{') this.#key();
        }
      } else {
        this.#scalar();
        this.#after(open);
      }
    } while (open.length > 0);
    this.#blanks();
    if (this.#index < this.#text.length) this.#stop();
  }

  /** Behind a value: closes what ends here, up to the comma before the next value. */
  #after(open: string[]): void {
    for (let innermost = open.at(-1); innermost !== undefined; innermost = open.at(-1)) {
      if (this.#closes(innermost)) {
        open.pop();
        continue;
      }
      this.#expect(',');
      this.#blanks();
      if (innermost === '{') this.#key();
      return;
    }
  }

  #closes(opening: string): boolean {
    this.#blanks();
    if (this.#text[this.#index] !== (opening === '{' ? '}' : ']')) return false;
    this.#index++;
    return true;
  }

  #key(): void {
    if (this.#text[this.#index] !== '"') this.#stop();
    this.#string();
    this.#blanks();
    this.#expect(':');
  }

  #scalar(): void {
    const rest = this.#text.slice(this.#index, this.#index + 400);
    if (rest.startsWith('"')) {
      this.#string();
      return;
    }
    const word = /^[\p{L}_$][\p{L}\d_$]*/u.exec(rest)?.[0];
    if (word !== undefined) {
      this.#word(word);
      return;
    }
    const number = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(rest)?.[0];
    if (number === undefined) this.#stop(/^[-+]/.test(rest) ? 1 : 0);
    if (/^-?0\d/.test(number)) this.#stop(number.startsWith('-') ? 1 : 0);
    this.#index += number.length;
    const next = this.#text[this.#index] ?? ' ';
    if (next === '.' || next === 'e' || next === 'E') {
      this.#stop(/^.[-+]/.test(rest.slice(number.length)) ? 1 : 0);
    }
    if (/[^\s,\]}]/.test(next)) this.#stop();
  }

  #word(word: string): void {
    if (!['true', 'false', 'null'].includes(word)) this.#stop(word.length - 1);
    this.#index += word.length;
  }

  #string(): void {
    this.#index++;
    for (let char = this.#text[this.#index]; char !== '"'; char = this.#text[this.#index]) {
      if (char === undefined || char < ' ') this.#stop();
      this.#index++;
      if (char === '\\') this.#escape();
    }
    this.#index++;
  }

  #escape(): void {
    const char = this.#text[this.#index] ?? '';
    if (!'"\\/bfnrtu'.includes(char)) this.#stop();
    this.#index++;
    for (let digit = 0; char === 'u' && digit < 4; digit++) {
      if (!/[\da-fA-F]/.test(this.#text[this.#index] ?? '')) this.#stop();
      this.#index++;
    }
  }

  #blanks(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#index] ?? '')) this.#index++;
  }

  #expect(char: string): void {
    if (this.#text[this.#index] !== char) this.#stop();
    this.#index++;
  }

  /** @param ahead characters between the next one and the wrong one */
  #stop(ahead = 0): never {
    throw new JsonStop(Math.min(this.#index + ahead, this.#text.length));
  }
}
