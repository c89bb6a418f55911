import {
  alreadyExists,
  invalidInput,
  limitExceeded,
  noSuchEntity,
  validationError,
} from './errors';
import { QUOTAS } from './quotas';

/** An identity provider whose tokens roles may trust. Nobody signs in with one here. */
export interface OidcProvider {
  readonly arn: string;
  /** Without `https://`. */
  readonly url: string;
  readonly clientIds: string[];
  readonly thumbprints: string[];
  readonly tags: Map<string, string>;
  readonly created: Date;
}

/** The properties of a new provider. */
export interface NewOidcProvider {
  readonly url: string;
  readonly clientIds?: readonly string[] | undefined;
  readonly thumbprints?: readonly string[] | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}

/** One account's OpenID Connect providers, by ARN. */
export class OidcProviders {
  readonly #byArn = new Map<string, OidcProvider>();
  readonly #prefix: string;

  constructor(accountId: string, partition: string) {
    this.#prefix = `arn:${partition}:iam::${accountId}:oidc-provider/`;
  }

  all(): OidcProvider[] {
    return [...this.#byArn.values()];
  }

  /**
   * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
   * @throws AwsError ValidationError, InvalidInput, EntityAlreadyExists, LimitExceeded
   */
  create({ url, clientIds = [], thumbprints = [], tags }: NewOidcProvider): OidcProvider {
    const arn = this.arnOf(url);
    if (this.#byArn.has(arn)) {
      throw alreadyExists(`Provider with url ${url} already exists.`);
    }
    if (this.#byArn.size >= QUOTAS.oidcProviders) {
      throw limitExceeded(
        `Cannot exceed quota for OpenIdConnectProvidersPerAccount: ${QUOTAS.oidcProviders}`,
      );
    }
    if (clientIds.length > QUOTAS.clientsOfOidcProvider) {
      throw limitExceeded(
        `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${QUOTAS.clientsOfOidcProvider}`,
      );
    }
    if (thumbprints.length > QUOTAS.thumbprintsOfOidcProvider) {
      throw invalidInput(
        `Thumbprint list must contain fewer than ${QUOTAS.thumbprintsOfOidcProvider} entries.`,
      );
    }
    const provider: OidcProvider = {
      arn,
      url: url.replace(/^https:\/\//, ''),
      clientIds: [...clientIds],
      thumbprints: [...thumbprints],
      tags: new Map(tags),
      created: new Date(),
    };
    this.#byArn.set(arn, provider);
    return provider;
  }

  has(arn: string): boolean {
    return this.#byArn.has(arn);
  }

  /** @throws AwsError NoSuchEntity */
  get(arn: string): OidcProvider {
    const provider = this.#byArn.get(arn);
    if (provider !== undefined) return provider;
    throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  }

  /** Puts a provider in the place of the one with its ARN. */
  restore(provider: OidcProvider): void {
    this.#byArn.set(provider.arn, provider);
  }

  /** @throws AwsError NoSuchEntity, though AWS's reference calls the operation idempotent (L, 18-02-2026) */
  delete(arn: string): void {
    if (this.#byArn.delete(arn)) return;
    throw noSuchEntity(`OpenId connect Provider ${arn} cannot be found.`);
  }

  /** @throws AwsError ValidationError for a URL that is not one of HTTPS */
  arnOf(url: string): string {
    if (!/^https:\/\/[^\s?#]+$/.test(url))
      throw validationError('Invalid Open ID Connect Provider URL');
    return this.#prefix + url.replace(/^https:\/\//, '');
  }
}
