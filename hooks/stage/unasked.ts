import { HookError } from '../framework';
import { credentialProblem } from '../process/known-problems';

/**
 * The obstacles that keep something from being checked:
 * - `credentials`: they are refused, for this request and every other
 * - `silent`: no answer comes, even to repeated requests
 * - `denied`: the verifying identity lacks the permission
 * - `failing`: the service answers with internal errors, or throttles requests
 * - `filtered`: a web ACL blocks the request
 * - `closed`: the request needs a token, and there is none
 */
export type Obstacle = 'credentials' | 'silent' | 'denied' | 'failing' | 'filtered' | 'closed';

/** A check could not run, which is no statement about the stage. */
export class Unasked extends HookError {
  override readonly name = 'Unasked';
  readonly obstacle: Obstacle;
  /** True if nothing else can be checked either, so that the run ends. */
  readonly endsRun: boolean;
  /** True if the request was not sent, because the same obstacle was met before. */
  readonly isKnown: boolean;

  constructor(
    message: string,
    obstacle: Obstacle,
    options: ErrorOptions & { readonly endsRun?: boolean; readonly isKnown?: boolean } = {},
  ) {
    super('CANNOT_ASK', message, options);
    this.obstacle = obstacle;
    this.endsRun = options.endsRun ?? obstacle === 'credentials';
    this.isKnown = options.isKnown ?? false;
  }
}

/** The obstacle behind an error, wherever in its chain of causes it is. */
export function unaskedIn(error: unknown): Unasked | undefined {
  return causesOf(error).find((each): each is Unasked => each instanceof Unasked);
}

/** An Error, perhaps of another realm, which `instanceof` does not recognise. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** An error, its cause, the cause of that and so on. */
export function causesOf(error: unknown): Thrown[] {
  const causes: Thrown[] = [];
  for (let each = error; isThrown(each) && !causes.includes(each); each = each.cause) {
    causes.push(each);
  }
  return causes;
}

const isThrown = (value: unknown): value is Thrown =>
  typeof value === 'object' && value !== null && 'name' in value && 'message' in value;

/**
 * Says that credentials are refused, and what to do.
 * @param names of an error and its causes, codes included
 * @returns undefined where none of the names is about credentials
 */
export function refusedCredentials(
  names: readonly string[],
  reason: string,
  cause?: unknown,
): Unasked | undefined {
  const [problem] = names.flatMap((name) => credentialProblem(name) ?? []);
  if (problem === undefined) return undefined;
  const advice = problem.advice.replace(/\.$/, '');
  return new Unasked(`${problem.title} (${reason}). ${advice}`, 'credentials', { cause });
}

/** `connect ECONNREFUSED 127.0.0.1:443`: what a failed request says of the network. */
export function networkReason(error: unknown): string {
  // `fetch failed` is not informative; its cause is.
  const { message, code, name } = causesOf(error).at(-1) ?? { name: String(error), message: '' };
  return message || (typeof code === 'string' ? code : name);
}
