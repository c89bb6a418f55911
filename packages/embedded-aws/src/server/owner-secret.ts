import { randomBytes } from 'node:crypto';
import { OptionError } from '../core/option-error';
import { asWritten, type Persistent } from '../state/persistent';

/** Options for the signatures of account owners. */
export interface OwnerSecretOptions {
  /** Verifies every request's signature, not only those that deployed APIs require. */
  readonly strict?: boolean;
  /**
   * The secret of the owner's access keys, at least 16 characters. Random if strict and left out.
   */
  readonly secretAccessKey?: string;
}

const SHORTEST = 16;
const PRINTABLE = /^[\x21-\x7e]+$/;

/**
 * The one secret of all owners' access keys: the key names the account, and the secret grants
 * access to all accounts. Without one, the secret of each key is the key's own text, so any web
 * page could sign.
 */
export class OwnerSecret {
  readonly #isStrict: boolean;
  readonly #given: string | undefined;
  #generated: string | undefined;

  /** @throws OptionError for a secret that is too short or cannot be sent */
  constructor({ strict = false, secretAccessKey }: OwnerSecretOptions = {}) {
    if (secretAccessKey !== undefined) check(secretAccessKey);
    this.#isStrict = strict;
    this.#given = secretAccessKey;
  }

  /** Undefined when each key is its own secret. */
  get value(): string | undefined {
    if (this.#given !== undefined || !this.#isStrict) return this.#given;
    this.#generated ??= randomBytes(30).toString('base64url');
    return this.#generated;
  }

  secretFor(accessKeyId: string): string {
    return this.value ?? accessKeyId;
  }

  /** Persists a random secret, so that it survives restarts. */
  get state(): Persistent {
    return {
      name: 'owner',
      documents: () =>
        this.#generated === undefined ? [] : [{ key: ['secret'], value: () => this.#generated }],
      restore: (documents) => {
        const [document] = documents;
        if (document !== undefined) this.#generated = asWritten<string>(document.value);
        // Generated now, so that it is on disk before it is printed.
        else void this.value;
      },
    };
  }
}

function check(secret: string): void {
  if (secret.length >= SHORTEST && PRINTABLE.test(secret)) return;
  throw new OptionError(
    `The secret access key must have at least ${SHORTEST} characters, all of them printable and no blanks, so that no web page guesses it.`,
  );
}
