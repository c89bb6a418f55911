import { oncePerSecond } from './clock-text';

/** Values longer than this are cut in execution logs. */
const LONGEST_VALUE = 998;

/** Lines that show what is sent, which a stage logs only with data tracing turned on. */
const DATA_LINE =
  /^(?:(?:Method|Endpoint) (?:request|response) (?:headers|body|path|query string)|Authorizer result body)/;

/** The execution log of one invocation, in the lines that AWS writes (recorded). */
export class ExecutionLog {
  readonly #lines: string[] = [];
  readonly #requestId: string;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(requestId: string, now: () => number) {
    this.#requestId = requestId;
    this.#now = now;
  }

  add(line: string): void {
    this.#lines.push(`${logTime(this.#now())} : ${line}`);
  }

  /** The lines as CloudWatch Logs gets them; those with headers and bodies only when asked for. */
  entries(withData: boolean): string[] {
    const id = this.#requestId;
    return this.#lines
      .map((line) => line.slice(line.indexOf(' : ') + ' : '.length))
      .filter((line) => withData || !DATA_LINE.test(line))
      .map((line) => `(${id}) ${line}`);
  }

  toString(): string {
    return [`Execution log for request ${this.#requestId}`, ...this.#lines, ''].join('\n');
  }
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun Nov 22 17:24:19 UTC 2026` */
export const logTime = oncePerSecond((milliseconds) => {
  const date = new Date(milliseconds);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(11, 19);
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${time} UTC ${date.getUTCFullYear()}`;
});

/** A map as the log writes it: `{name=value, other=value}`. */
export function logMap(entries: Iterable<readonly [string, string]>): string {
  const text = `{${[...entries].map(([name, value]) => `${name}=${value}`).join(', ')}}`;
  return truncated(text);
}

export function truncated(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)} [TRUNCATED]` : text;
}

/** `22/Nov/2026:17:24:19 +0000`, the time of a request in the common log format. */
export const commonLogTime = oncePerSecond((milliseconds) => {
  const date = new Date(milliseconds);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(11, 19);
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`;
});
