import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-cbc';
/** The service's iterators start with these eight bytes, then come whole cipher blocks. */
const HEADER = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);

/** The key of sealed tokens. */
export interface SealerSecret {
  /** 32 bytes. */
  readonly key: Buffer;
  /** 16 bytes. */
  readonly iv: Buffer;
}

/**
 * Opaque text as the service hands out for iterators and pages: what is inside is nobody's
 * business, and nothing that was not sealed here opens here.
 */
export class TokenSealer {
  #key: Buffer = randomBytes(32);
  #iv: Buffer = randomBytes(16);
  #sealed = 0;

  /** What opens the tokens that were sealed here. */
  get secret(): SealerSecret {
    return { key: this.#key, iv: this.#iv };
  }

  /** Goes on as another sealer, whose tokens open here from now on. */
  resume({ key, iv }: SealerSecret): void {
    this.#key = key;
    this.#iv = iv;
    // Nobody counted what the other one sealed; it was fewer than one a microsecond.
    this.#sealed = Date.now() * 1000;
  }

  /**
   * No two tokens are alike, even for the same content.
   * @param kind keeps tokens of one use from opening in another
   */
  seal(kind: string, content: readonly (string | number)[]): string {
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#iv);
    const text = JSON.stringify([++this.#sealed, kind, ...content]);
    return Buffer.concat([HEADER, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  }

  /** What was sealed; undefined for anything else. */
  open(kind: string, token: string): unknown[] | undefined {
    const bytes = Buffer.from(token, 'base64');
    if (!bytes.subarray(0, HEADER.length).equals(HEADER)) return undefined;
    if (bytes.toString('base64') !== token) return undefined;
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, this.#iv);
      const text = decipher.update(bytes.subarray(HEADER.length), undefined, 'utf8');
      const content: unknown = JSON.parse(text + decipher.final('utf8'));
      return Array.isArray(content) && content[1] === kind ? content.slice(2) : undefined;
    } catch {
      // Not a failure of ours: the client sent something that was never sealed.
      return undefined;
    }
  }
}
