import type { Stage } from '../../apigateway/model';
import type { AuthorizerAnswer } from './answer';
import type { IdentityValue } from './identity-values';

/** The seconds that answers are kept unless the authorizer says otherwise. */
const DEFAULT_TTL = 300;

/** So that clients who send ever new tokens cannot fill the memory. */
const MOST_ENTRIES = 10_000;

interface Entry {
  readonly answer: AuthorizerAnswer;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

interface StageEntries {
  readonly deploymentId: string;
  readonly entries: Map<string, Entry>;
}

interface AuthorizerSlot {
  /** Undefined if there is none, or none any more. */
  readonly answer: AuthorizerAnswer | undefined;
  readonly keep: (answer: AuthorizerAnswer, seconds: number) => void;
}

/**
 * The answers of functions: those of a stage by its authorizer and the request's identity sources, not
 * by method or path. Refusals are kept as well, errors are not. A stage that gets another deployment
 * starts anew, which is inferred: AWS says only that authorizers work as they were deployed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class AuthorizerCache {
  readonly #stages = new WeakMap<Stage, StageEntries>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * The place of an answer, as long as the stage is served as it is now: what is kept there after a
   * flush or another deployment is not found again.
   */
  slot(stage: Stage, key: string): AuthorizerSlot {
    const entries = this.#entriesOf(stage);
    return {
      answer: this.#find(entries, key),
      keep: (answer, seconds) => {
        const [oldest] = entries.keys();
        if (entries.size >= MOST_ENTRIES && oldest !== undefined) entries.delete(oldest);
        entries.set(key, { answer, expires: this.#now() + seconds * 1000 });
      },
    };
  }

  #find(entries: Map<string, Entry>, key: string): AuthorizerAnswer | undefined {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expires > this.#now()) return entry.answer;
    entries.delete(key);
    return undefined;
  }

  flush(stage: Stage): void {
    this.#stages.delete(stage);
  }

  #entriesOf(stage: Stage): Map<string, Entry> {
    const known = this.#stages.get(stage);
    if (known?.deploymentId === stage.deploymentId) return known.entries;
    const entries = new Map<string, Entry>();
    this.#stages.set(stage, { deploymentId: stage.deploymentId, entries });
    return entries;
  }
}

/** How long answers are kept, and under which key; undefined if they are not. */
export function cacheKey(
  { id, authorizerResultTtlInSeconds: seconds = DEFAULT_TTL }: CachedAuthorizer,
  values: readonly IdentityValue[],
): { readonly key: string; readonly seconds: number } | undefined {
  // Without an identity, one caller's answer would be another's.
  if (seconds === 0 || values.length === 0) return undefined;
  return { key: JSON.stringify([id, ...values.map(({ value }) => value)]), seconds };
}

interface CachedAuthorizer {
  readonly id: string;
  readonly authorizerResultTtlInSeconds?: number | undefined;
}
