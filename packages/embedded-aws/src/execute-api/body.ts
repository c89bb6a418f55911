import { isUtf8 } from 'node:buffer';

/**
 * A body on its way between a client, templates and a backend: what is at hand, text or bytes, becomes the
 * other when that is first asked for. Most bodies are rendered, sent on and read again as text alone.
 */
export class Body {
  static readonly EMPTY = new Body('', Buffer.alloc(0));

  #text: string | undefined;
  #bytes: Buffer | undefined;
  /** The value whose JSON the body is, where it is known. */
  readonly written: unknown;

  private constructor(text: string | undefined, bytes: Buffer | undefined, written?: unknown) {
    this.#text = text;
    this.#bytes = bytes;
    this.written = written;
  }

  /**
   * UTF-8: lone surrogates become U+FFFD. Text that is not ASCII is encoded at once, so as to know its length.
   * @param written the value whose JSON the content is
   */
  static of(content: Buffer | string, written?: unknown): Body {
    if (typeof content !== 'string') return new Body(undefined, content, written);
    const isAscii = Buffer.byteLength(content) === content.length;
    return isAscii
      ? new Body(content, undefined, written)
      : new Body(undefined, Buffer.from(content), written);
  }

  get text(): string {
    this.#text ??= this.bytes.toString('utf8');
    return this.#text;
  }

  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.#text ?? '', 'latin1');
    return this.#bytes;
  }

  /** In bytes. */
  get length(): number {
    return this.#bytes === undefined ? this.text.length : this.#bytes.length;
  }

  /** The text where it is ASCII that need not be made of bytes first. */
  get ascii(): string | undefined {
    return this.#bytes === undefined ? this.#text : undefined;
  }

  /**
   * Text stays as it is, and bytes that are not UTF-8 become U+FFFD (recorded: LocalStack's
   * test_apigw_s3_binary_support_request and _response, 2025-03-17).
   */
  asUtf8(): Body {
    if (this.#bytes === undefined || isUtf8(this.#bytes)) return this;
    return Body.of(this.#bytes.toString('utf8'));
  }
}
