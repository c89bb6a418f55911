import { Unasked } from '../../stage/unasked';
import { bare, expiryOf } from './jwt';
import { readToken, type Token, valuesOf } from './token';
import { runTokenCommand } from './token-command';

/** Tokens that must not let in, and that only their issuer can make. */
export const BAD_TOKENS = ['expired', 'without-scope', 'other-pool', 'denied'] as const;
export type BadToken = (typeof BAD_TOKENS)[number];

/** A token is renewed when it has less than this left. */
const MARGIN_MS = 60_000;
/** The command is not asked again sooner, whatever an answer says. */
const YOUNG_MS = 5_000;

/** Shorter values are words of other texts, too. */
const SHORTEST_SECRET = 6;

export interface TokenSource {
  readonly environment: NodeJS.ProcessEnv;
  /** `--token-command` */
  readonly command?: string | undefined;
  readonly now?: () => number;
}

interface Kept {
  readonly token: Promise<Token | undefined>;
  readonly at: number;
}

/**
 * The tokens with which a run is let in, or is not to be: from environment variables, or from a
 * command that is asked once for each, and again when its token is about to expire.
 */
export class Tokens {
  readonly #source: TokenSource;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #secrets = new Set<string>();

  constructor(source: TokenSource) {
    this.#source = source;
    this.#now = source.now ?? Date.now;
  }

  /**
   * The token for an entrance.
   * @returns undefined where there is none
   * @throws HookError when the command fails, or gives what is no token
   */
  async good(entrance: string): Promise<Token | undefined> {
    const name = variableOf(entrance);
    const given = this.#read(name) ?? (name === WRITE ? undefined : this.#read(WRITE));
    return given ?? this.#ask(entrance, entrance);
  }

  /** A token that the entrance must refuse. */
  async bad(kind: BadToken, entrance: string): Promise<Token | undefined> {
    return this.#read(variableOf(kind)) ?? this.#ask(kind, entrance);
  }

  /**
   * Forgets the token of an entrance, where another may come in its place.
   * @returns true if the next one may be another
   */
  renew(entrance: string): boolean {
    const key = `${entrance} ${entrance}`;
    const kept = this.#kept.get(key);
    if (kept === undefined || this.#now() - kept.at < YOUNG_MS) return false;
    return this.#kept.delete(key);
  }

  /** A text in which no token stands that was ever read. */
  hidden(text: string): string {
    let safe = text;
    for (const secret of this.#secrets) safe = safe.replaceAll(secret, '***');
    return safe;
  }

  /** True once any token was read, good or bad. */
  get hasAny(): boolean {
    return this.#secrets.size > 0;
  }

  #read(variable: string): Token | undefined {
    const token = readToken(this.#source.environment[variable] ?? '', variable);
    return this.#noted(token);
  }

  async #ask(purpose: string, entrance: string): Promise<Token | undefined> {
    const { command, environment } = this.#source;
    if (command === undefined) return undefined;
    const key = `${purpose} ${entrance}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && !(await this.#isOver(kept))) return kept.token;
    const isRenewal = kept !== undefined;
    const token = runTokenCommand(command, {
      environment: { ...environment, TOKEN_FOR: purpose, TOKEN_DOOR: entrance },
      hide: (text) => this.hidden(text),
    }).then(
      (text) => this.#noted(readToken(text, `--token-command for ${purpose}`)),
      (error: Error) => {
        // In the middle of a run, it says nothing of the stage.
        throw isRenewal ? new Unasked(error.message, 'credentials', { cause: error }) : error;
      },
    );
    this.#kept.set(key, { token, at: this.#now() });
    return token;
  }

  /** A token that expires is asked for anew; one that came as expired, on purpose, is not. */
  async #isOver({ token, at }: Kept): Promise<boolean> {
    const expiry = expiryOf((await token) ?? '');
    const now = this.#now();
    return (
      expiry !== undefined &&
      expiry > at + YOUNG_MS &&
      expiry - now < MARGIN_MS &&
      now > at + YOUNG_MS
    );
  }

  #noted(token: Token | undefined): Token | undefined {
    for (const value of token === undefined ? [] : valuesOf(token)) {
      // The longer one first: it contains the other.
      for (const secret of [value, bare(value)]) {
        if (secret.length < SHORTEST_SECRET) continue;
        this.#secrets.add(secret);
        // As in a URL, whose query may have it.
        this.#secrets.add(new URLSearchParams({ '': secret }).toString().slice(1));
      }
    }
    return token;
  }
}

const WRITE = 'API_TOKEN';

/** The environment variable of an entrance's token, or of one that is not good. */
export const variableOf = (purpose: string): string =>
  purpose === 'write' ? WRITE : `${WRITE}_${purpose.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
