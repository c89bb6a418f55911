import type { JWTVerifyGetKey } from 'jose';
import { type UserPoolAddress, userPoolAddresses } from './user-pool-addresses';

export interface UserPoolsOptions {
  /** By the pool's ARN the URL of its issuer, or that of its keys. */
  readonly userPools: Readonly<Record<string, string>>;
  /** Gets the keys. */
  readonly fetch: typeof fetch;
}

/** A user pool whose keys can be had. */
export interface UserPool extends UserPoolAddress {
  readonly arn: string;
  /** @throws JOSEError when no key fits, or the keys cannot be had */
  readonly key: JWTVerifyGetKey;
}

/** Milliseconds that the server of the keys has. */
const KEYS_TIMEOUT = 5_000;

/** The user pools whose keys the embedded AWS has been told the address of. It has no Cognito. */
export class UserPools {
  readonly #addresses: ReadonlyMap<string, UserPoolAddress>;
  readonly #pools = new Map<string, Promise<UserPool>>();
  readonly #fetch: typeof fetch;

  /** @throws OptionError for what is no user pool's ARN, and for what is no URL */
  constructor({ userPools, fetch }: UserPoolsOptions) {
    this.#addresses = userPoolAddresses(userPools);
    this.#fetch = fetch;
  }

  /** Undefined for a pool whose address is not known. */
  get(arn: string): UserPoolAddress | undefined {
    return this.#addresses.get(arn);
  }

  /** The pool with its keys, which are fetched when the first token comes, and again for a new key. */
  async withKeys(arn: string, address: UserPoolAddress): Promise<UserPool> {
    const pool = this.#pools.get(arn) ?? this.#open(arn, address);
    this.#pools.set(arn, pool);
    return pool;
  }

  async #open(arn: string, address: UserPoolAddress): Promise<UserPool> {
    // Loaded when it is needed: most APIs have no user pool.
    const { createRemoteJWKSet, customFetch } = await import('jose');
    const key = createRemoteJWKSet(address.keys, {
      timeoutDuration: KEYS_TIMEOUT,
      // A pool that is made anew has new keys at once.
      cooldownDuration: 0,
      [customFetch]: this.#fetch,
    });
    return { ...address, arn, key };
  }
}
