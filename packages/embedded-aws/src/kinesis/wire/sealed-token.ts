import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-cbc';
/** The service's iterators start with these eight bytes, followed by whole cipher blocks. */
const HEADER = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);

/** Characters that are not base64, at the beginning and the end. */
const AROUND = /^[^A-Za-z0-9+/=]+|[^A-Za-z0-9+/=]+$/g;

/** The key that encrypts tokens. */
export interface SealerSecret {
  /** 32 bytes. */
  readonly key: Buffer;
  /** 16 bytes. */
  readonly iv: Buffer;
}

/**
 * Opaque tokens, as the service issues for iterators and pages: clients cannot read them, and only
 * tokens issued here are accepted.
 */
export class TokenSealer {
  #key: Buffer = randomBytes(32);
  #iv: Buffer = randomBytes(16);
  #sealed = 0;

  /** The key that opens the tokens issued here. */
  get secret(): SealerSecret {
    return { key: this.#key, iv: this.#iv };
  }

  /** Adopts the key of an earlier sealer, whose tokens are accepted from now on. */
  resume({ key, iv }: SealerSecret): void {
    this.#key = key;
    this.#iv = iv;
    // The earlier sealer's count is unknown, but it issued less than one token per microsecond.
    this.#sealed = Date.now() * 1000;
  }

  /**
   * Issues a token. No two tokens are equal, even with the same content.
   * @param kind prevents tokens of one use from being accepted in another
   * @param blocks number of cipher blocks of 16 bytes that the token has at least
   */
  seal(kind: string, content: readonly (string | number)[], blocks = 0): string {
    const cipher = createCipheriv(ALGORITHM, this.#key, this.#iv);
    // Spaces after JSON are ignored; the cipher's own padding takes the last byte.
    const text = JSON.stringify([++this.#sealed, kind, ...content]).padEnd(blocks * 16 - 1);
    return Buffer.concat([HEADER, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  }

  /**
   * The content of a token; undefined if it was not issued here for this use. Characters around it that
   * are not base64 are ignored: scripts pass the quotes of the AWS CLI's JSON, which AWS takes
   * (LocalStack, test_get_records_shard_iterator_with_surrounding_quotes, validated on AWS).
   */
  open(kind: string, token: string): unknown[] | undefined {
    const bytes = Buffer.from(token, 'base64');
    if (!bytes.subarray(0, HEADER.length).equals(HEADER)) return undefined;
    if (bytes.toString('base64') !== token.replace(AROUND, '')) return undefined;
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, this.#iv);
      const text = decipher.update(bytes.subarray(HEADER.length), undefined, 'utf8');
      const content: unknown = JSON.parse(text + decipher.final('utf8'));
      return Array.isArray(content) && content[1] === kind ? content.slice(2) : undefined;
    } catch {
      // The client sent a token that was never issued here; the caller reports it.
      return undefined;
    }
  }
}
