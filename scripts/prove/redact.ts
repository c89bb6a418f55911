/** Members and headers whose values are secrets, or belong to one request alone. */
const SECRET =
  /^(authorization|cookie|set-cookie|x-amz-security-token|x-api-key|secretaccesskey|sessiontoken|x-amz-apigw-id|x-amz-cf-id|x-amz-id-2|x-amzn-trace-id)$/i;

/** The longest text that is kept: some probes send 10 MiB. */
const KEPT = 4_000;

const shortened = (text: string): string =>
  text.length > KEPT ? `${text.slice(0, KEPT)}… (${text.length} characters)` : text;

/** Values that are recognised anywhere, in the order in which they are looked for. */
const PATTERNS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  // Of requests that are signed in their address or in their body.
  ['signature', /(?<=X-Amz-Signature=|-signature[=:])[0-9a-f]{64}\b/gi],
  ['signature', /(?<=[?&]Signature=)[^&\s"]+/g],
  ['token', /(?<=X-Amz-Security-Token=)[^&\s"]+/gi],
  ['access-key', /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g],
  ['principal', /\b(?:AIDA|AROA|AGPA|ANPA)[A-Z0-9]{12,}\b/g],
  ['uuid', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi],
  ['trace', /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}[^\s"]*/g],
  ['address', /\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d+)?\b/g],
  ['address', /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})(?![\w:])/gi],
  ['email', /\b[\w.+-]+@[\w-]+\.[\w.-]+\b/g],
  ['sequence-number', /\b49\d{54}\b/g],
  ['resource', /(?<=\/resources\/)[a-z0-9]{6,12}\b/g],
  ['rest-api', /(?<=\/(?:restapis|execute-api)\/)[a-z0-9]{10}\b/g],
  ['rest-api', /\b[a-z0-9]{10}(?=\.execute-api\.)/g],
];

/**
 * Replaces what tells the account, its resources and its people apart from others by placeholders
 * such as `<account>` and `<uuid-2>`: the same value by the same placeholder, in all texts that pass
 * through one redactor, so that what belonged together still does.
 */
export class Redactor {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** A value to replace from now on, in any text. */
  know(kind: string, value: string | undefined): void {
    if (value && !this.#known.has(value)) this.#known.set(value, `<${kind}>`);
  }

  text(text: string): string {
    // The longest first: a name that begins with another must not be cut in two.
    const known = [...this.#known].sort(([one], [other]) => other.length - one.length);
    const named = known.reduce(
      (before, [value, name]) =>
        /^\d+$/.test(value)
          ? before.replace(new RegExp(`(?<!\\d|shardId-)${value}(?!\\d)`, 'g'), name)
          : before.replaceAll(value, name),
      text,
    );
    return PATTERNS.reduce(
      (before, [kind, pattern]) => before.replace(pattern, (value) => this.#name(kind, value)),
      named,
    );
  }

  /** A copy of a value of JSON with every text in it redacted, and secrets left out. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(shortened(value));
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (value instanceof Date) return this.text(value.toISOString());
    if (value instanceof Uint8Array)
      return { base64: shortened(Buffer.from(value).toString('base64')) };
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        this.text(name),
        SECRET.test(name) ? '<left out>' : this.value(member),
      ]),
    );
  }

  #name(kind: string, value: string): string {
    const before = this.#known.get(value);
    if (before !== undefined) return before;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = `<${kind}-${count}>`;
    this.#known.set(value, name);
    return name;
  }
}
