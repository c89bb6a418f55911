/** An integer with more digits than a JavaScript number holds, as it is written in JSON. */
export class Digits {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): string {
    return `${MARK}${this.digits}`;
  }
}

const MARK = 'digits of a number: ';
const MARKED = new RegExp(`"${MARK}(-?\\d+)"`, 'g');

/** JSON text. Unlike `JSON.stringify`, it can write numbers of any length. */
export const jsonText = (value: unknown): string => JSON.stringify(value).replaceAll(MARKED, '$1');
