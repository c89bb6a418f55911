import type { ConditionValues, Scope } from '../core/caller';

/** A request's values for policy conditions and variables. Keys are case-insensitive. */
export interface ConditionContext {
  /** The key's values; undefined if the request lacks the key. */
  get(key: string): readonly string[] | undefined;
  /** False if AWS might supply the key but the embedded AWS cannot: the result is unknown. */
  knows(key: string): boolean;
}

export type ContextValues = ConditionValues;

/**
 * Global keys that requests to a loopback address never have: there is no VPC, no organization, no
 * multi-factor device, no federation and no service that calls on a caller's behalf.
 */
const NEVER_PRESENT = [
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
  'aws:Ec2InstanceSourceVpc',
  'aws:Ec2InstanceSourcePrivateIPv4',
  'aws:FederatedProvider',
  'aws:MultiFactorAuthAge',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:ResourceOrgID',
  'aws:ResourceOrgPaths',
  'aws:SourceIdentity',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
] as const;

const KNOWN_ABSENT = new Set(NEVER_PRESENT.map((key) => key.toLowerCase()));

const PRINCIPAL_TAG = 'aws:principaltag/';

/** Keys that every request has; times are computed when they are read. */
const EVERY_REQUEST: Readonly<Record<string, () => string>> = {
  'aws:currenttime': () => new Date().toISOString(),
  'aws:epochtime': () => String(Math.floor(Date.now() / 1000)),
  // Loopback traffic never leaves the machine and counts as TLS: policies that deny plain
  // HTTP (the Serverless deployment bucket's own) are meant for networks.
  'aws:securetransport': () => 'true',
  'aws:viaawsservice': () => 'false',
};

/** Values, or a function that computes them on first use. */
export type ValueSource = ContextValues | (() => ContextValues);

/** A context with the given values and the global keys of every request. */
export function conditionContext(
  scope: Scope,
  ...sources: readonly ValueSource[]
): ConditionContext {
  return new RequestContext(scope.region, sources);
}

/**
 * Adds the account that owns the resource.
 * @param values further keys, which take the place of the context's own
 */
export function withResource(
  context: ConditionContext,
  resource: string,
  accountId: string,
  values?: ContextValues,
): ConditionContext {
  const given = values === undefined ? context : new AddedContext(context, values);
  return new ResourceContext(given, resource, accountId);
}

/** Computes its values lazily, because most policies have no conditions. */
class RequestContext implements ConditionContext {
  readonly #region: string;
  readonly #sources: readonly ValueSource[];
  #gathered: ReadonlyMap<string, readonly string[] | undefined> | undefined;

  constructor(region: string, sources: readonly ValueSource[]) {
    this.#region = region;
    this.#sources = sources;
  }

  get(key: string): readonly string[] | undefined {
    const name = key.toLowerCase();
    const known = this.#values().get(name);
    if (known !== undefined) return known;
    const supply = Object.hasOwn(EVERY_REQUEST, name) ? EVERY_REQUEST[name] : undefined;
    return supply === undefined ? undefined : [supply()];
  }

  knows(key: string): boolean {
    const name = key.toLowerCase();
    return (
      this.#values().has(name) ||
      Object.hasOwn(EVERY_REQUEST, name) ||
      KNOWN_ABSENT.has(name) ||
      name.startsWith(PRINCIPAL_TAG)
    );
  }

  #values(): ReadonlyMap<string, readonly string[] | undefined> {
    this.#gathered ??= gather(this.#region, this.#sources);
    return this.#gathered;
  }
}

/** A context with the values of one action on top of those of its request. */
class AddedContext implements ConditionContext {
  readonly #context: ConditionContext;
  readonly #added: ReadonlyMap<string, readonly string[] | undefined>;

  constructor(context: ConditionContext, values: ContextValues) {
    this.#context = context;
    this.#added = byName(values);
  }

  get(key: string): readonly string[] | undefined {
    const name = key.toLowerCase();
    return this.#added.has(name) ? this.#added.get(name) : this.#context.get(key);
  }

  knows(key: string): boolean {
    return this.#added.has(key.toLowerCase()) || this.#context.knows(key);
  }
}

function gather(
  region: string,
  sources: readonly ValueSource[],
): Map<string, readonly string[] | undefined> {
  const values = new Map<string, readonly string[] | undefined>([
    ['aws:requestedregion', [region]],
  ]);
  for (const source of sources) {
    for (const entry of byName(typeof source === 'function' ? source() : source)) {
      values.set(...entry);
    }
  }
  return values;
}

/** Lists of values, by key in lower case. */
const byName = (values: ContextValues): ReadonlyMap<string, readonly string[] | undefined> =>
  new Map(
    Object.entries(values).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );

const RESOURCE_ACCOUNT = 'aws:resourceaccount';

class ResourceContext implements ConditionContext {
  readonly #context: ConditionContext;
  readonly #resource: string;
  readonly #accountId: string;

  constructor(context: ConditionContext, resource: string, accountId: string) {
    this.#context = context;
    this.#resource = resource;
    this.#accountId = accountId;
  }

  get(key: string): readonly string[] | undefined {
    if (key.toLowerCase() !== RESOURCE_ACCOUNT) return this.#context.get(key);
    // S3's ARNs name no account.
    return [this.#resource.split(':')[4] || this.#accountId];
  }

  knows(key: string): boolean {
    return key.toLowerCase() === RESOURCE_ACCOUNT || this.#context.knows(key);
  }
}
