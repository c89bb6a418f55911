import type { Scope } from '../core/caller';
import { Regional } from '../core/regional';
import { ApiKeyMap } from './api-key-map';
import type { DomainName } from './domain-model';
import { notFound } from './errors';
import type { Account, Deployment, RestApi, Stage, TextMap } from './model';
import { UsageMeter } from './usage';
import type { UsagePlan } from './usage-plan-model';

/** AWS's default throttling of an account: requests per second, and a burst of half as many. */
const DEFAULT_THROTTLE = { rateLimit: 10_000, burstLimit: 5_000 };

/** The resources of one account in one region. */
export class RegionStore {
  readonly scope: Scope;
  readonly restApis = new Map<string, RestApi>();
  readonly apiKeys = new ApiKeyMap();
  readonly usagePlans = new Map<string, UsagePlan>();
  readonly domainNames = new Map<string, DomainName>();
  readonly usage = new UsageMeter();
  readonly account: Account = { throttleSettings: { ...DEFAULT_THROTTLE } };

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** @throws AwsError NotFoundException in AWS's words */
  restApi(id: string): RestApi {
    const api = this.restApis.get(id);
    if (api !== undefined) return api;
    throw notFound(`Invalid API identifier specified ${this.scope.accountId}:${id}`);
  }
}

/** A stage and the deployment that answers a request to it: its own or its canary's. */
export interface ServedStage {
  readonly region: RegionStore;
  readonly api: RestApi;
  readonly stage: Stage;
  readonly deployment: Deployment;
  /** The stage's, under the canary's if that answers. */
  readonly variables: TextMap;
  /** Undefined for a stage without a canary. */
  readonly isCanary?: boolean | undefined;
}

const NO_VARIABLES: TextMap = {};

/** The REST APIs of all accounts and regions. */
export class ApiGatewayStore {
  readonly #regions = new Regional((scope) => new RegionStore(scope));

  in(scope: Scope): RegionStore {
    return this.#regions.in(scope);
  }

  all(): readonly RegionStore[] {
    return this.#regions.all();
  }

  /** The API with this id, in any account: API ids are unique across AWS. */
  find(apiId: string): { readonly region: RegionStore; readonly api: RestApi } | undefined {
    for (const region of this.#regions.all()) {
      const api = region.restApis.get(apiId);
      if (api !== undefined) return { region, api };
    }
    return undefined;
  }

  /** The region that owns a domain name, in any account. */
  domainOwner(domainName: string): RegionStore | undefined {
    return this.#regions.all().find(({ domainNames }) => domainNames.has(domainName));
  }

  /** The domain name for a host: an exact match, or else a matching wildcard. */
  findDomain(host: string): DomainName | undefined {
    // Every request to a service asks, and few accounts have a domain name.
    if (this.#regions.all().every(({ domainNames }) => domainNames.size === 0)) return undefined;
    for (const name of [host, host.replace(/^[^.]+/, '*')]) {
      const domain = this.domainOwner(name)?.domainNames.get(name);
      if (domain !== undefined) return domain;
    }
    return undefined;
  }

  /** The deployment and variables for one request; undefined if API or stage does not exist. */
  findServed(apiId: string, stageName: string): ServedStage | undefined {
    const found = this.find(apiId);
    const stage = found?.api.stages.get(stageName);
    if (found === undefined || stage === undefined) return undefined;
    const { canarySettings: canary, variables = NO_VARIABLES } = stage;
    const isCanary = canary && Math.random() * 100 < canary.percentTraffic;
    const serving = canary !== undefined && isCanary ? canary : stage;
    const deployment = found.api.deployments.get(serving.deploymentId);
    if (deployment === undefined) return undefined;
    return {
      region: found.region,
      api: found.api,
      stage,
      deployment,
      variables: isCanary ? { ...variables, ...canary?.stageVariableOverrides } : variables,
      isCanary,
    };
  }
}
