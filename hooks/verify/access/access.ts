import type { Authorization } from '../../../resources/authorization/modes';
import { HookError } from '../../framework';
import { type Entrance, entranceAt, entrancesOf, takesTokens } from '../../stage/entrances';
import type { Target } from '../../stage/target';
import { type ApiRequest, type Sign, unsigned } from '../exchange';
import { readJwt, whyUnfit } from './jwt';
import { lacksToken, NoWayIn, withoutToken } from './no-way-in';
import { placed, type Token, withPlaced } from './token';
import { Tokens, variableOf } from './tokens';

/** The credentials of a run that are no tokens. */
export type Signers = Partial<Readonly<Record<'AWS_IAM' | 'API_KEY', Sign>>>;

export interface AccessOptions {
  readonly signers?: Signers;
  readonly tokens?: Tokens;
  /** True where checks that need a token which is not there are left out knowingly. */
  readonly acceptsNone?: boolean;
}

/** How a run comes in, at each of a stage's entrances, and what it can try there. */
export class Access {
  readonly tokens: Tokens;
  readonly #target: Target;
  readonly #signers: Signers;
  readonly #acceptsNone: boolean;
  readonly #barred = new Map<string, NoWayIn>();

  constructor(target: Target, { signers = {}, tokens, acceptsNone = false }: AccessOptions = {}) {
    this.#target = target;
    this.#signers = signers;
    this.#acceptsNone = acceptsNone;
    this.tokens = tokens ?? new Tokens({ environment: {} });
  }

  get entrances(): readonly Entrance[] {
    return entrancesOf(this.#target);
  }

  /**
   * Looks for a token for each entrance that asks for one.
   * @returns the entrances that there is none for
   * @throws HookError for a token that cannot be good there
   */
  async prepare(): Promise<readonly Entrance[]> {
    const without: Entrance[] = [];
    for (const entrance of this.entrances.filter(takesTokens)) {
      const token = await this.tokens.good(entrance.name);
      if (token === undefined) {
        without.push(entrance);
        this.#bar(entrance, lacksToken(entrance));
      } else requireFit(token, entrance, this.#target);
    }
    return without;
  }

  /** Nothing more is asked through an entrance that lets the run in nowhere. */
  bar({ name }: Entrance, because: string): void {
    this.#barred.set(name, new NoWayIn(because, false));
  }

  #bar(entrance: Entrance, because: string): void {
    const text = this.#acceptsNone ? withoutToken(entrance) : because;
    this.#barred.set(entrance.name, new NoWayIn(text, this.#acceptsNone));
  }

  /** The reason why the run cannot come in at an entrance. */
  barredAt({ name }: Entrance): NoWayIn | undefined {
    return this.#barred.get(name);
  }

  /** @throws NoWayIn for a request that needs what the run does not have */
  requireWayIn({ method, path, anonymous, pretence }: ApiRequest): void {
    if (this.#barred.size === 0 || anonymous || pretence) return;
    const barred = this.barredAt(entranceAt(this.#target, method, path));
    if (barred !== undefined) throw barred;
  }

  /** Adds the credentials that the request's entrance asks for. */
  readonly sign: Sign = (request) => this.signerOf(this.#entranceOf(request))(request);

  #entranceOf({ method, url }: Pick<Request, 'method' | 'url'>): Entrance {
    return entranceAt(this.#target, method, url.slice(this.#target.invokeUrl.length));
  }

  signerOf(entrance: Entrance): Sign {
    const signers: Readonly<Record<Authorization, Sign | undefined>> = {
      NONE: unsigned,
      AWS_IAM: this.#signers.AWS_IAM,
      API_KEY: this.#signers.API_KEY,
      COGNITO: this.#withToken(entrance),
      LAMBDA: this.#withToken(entrance),
    };
    return signers[entrance.authorization] ?? unsigned;
  }

  /** Each time from the run's tokens, which are renewed when they are about to expire. */
  #withToken(entrance: Entrance): Sign {
    return async (request) => {
      const token = await this.tokens.good(entrance.name);
      return token === undefined ? request : withPlaced(placed(token, entrance))(request);
    };
  }

  /**
   * True where a request that was refused may be let in when it is repeated, with a token that is
   * asked for anew.
   */
  renews(
    { method, path }: Pick<ApiRequest, 'method' | 'path'>,
    { status, headers, body }: { status: number; headers: Record<string, string>; body: string },
  ): boolean {
    if (!EXPIRED_STATUS.includes(status) || !this.tokens.hasAny) return false;
    const entrance = entranceAt(this.#target, method, path);
    if (!takesTokens(entrance)) return false;
    const isRefused = REFUSED.test(headers['x-amzn-errortype'] ?? '') || /expired/i.test(body);
    return isRefused && this.tokens.renew(entrance.name);
  }
}

const EXPIRED_STATUS = [401, 403];
const REFUSED = /^(Unauthorized|AccessDenied)Exception/;

/** @throws HookError for a token that no sound stage lets in, which would be blamed for it */
function requireFit(token: Token, entrance: Entrance, { parameters }: Target): void {
  const { headers, query } = placed(token, entrance);
  if (entrance.authorization !== 'COGNITO') return;
  const [value = ''] = [...Object.values(headers), ...Object.values(query)];
  // An emulator may be told that another issuer stands for the pool.
  const isEmulated = /^http:/.test(parameters.invokeUrl) && !isOfCognito(value);
  const reason = whyUnfit(value, isEmulated ? { ...entrance, userPoolArns: [] } : entrance);
  if (reason === undefined) return;
  throw new HookError(
    'TOKEN_UNFIT',
    `The token for the ${entrance.name} entrance (${variableOf(entrance.name)} or --token-command) is no way in: ${reason}. More: docs/verification.md#tokens`,
  );
}

const isOfCognito = (value: string): boolean =>
  String(readJwt(value)?.claims.iss).startsWith('https://cognito-idp.');
