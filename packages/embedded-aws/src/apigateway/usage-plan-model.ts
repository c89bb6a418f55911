import type { TextMap } from './model';

/** An API key; clients send its value as `x-api-key`. */
export interface ApiKey {
  id: string;
  value: string;
  name?: string | undefined;
  customerId?: string | undefined;
  description?: string | undefined;
  enabled: boolean;
  /** The stages the key was created for, `{api}/{stage}`; access still requires a usage plan. */
  stageKeys: readonly string[];
  tags: TextMap;
  createdDate: number;
  lastUpdatedDate: number;
}

export interface ThrottleSettings {
  burstLimit: number;
  /** Requests per second. */
  rateLimit: number;
}

/** A usage plan may set only one of the limits. */
export type PlanThrottle = Readonly<Partial<ThrottleSettings>>;

export const QUOTA_PERIODS = ['DAY', 'WEEK', 'MONTH'] as const;
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

export interface QuotaSettings {
  limit: number;
  /** Requests subtracted from the limit in the first period. */
  offset: number;
  period: QuotaPeriod;
}

export interface UsagePlanStage {
  apiId: string;
  stage: string;
  /** Throttling of single methods by `{resourcePath}/{METHOD}`. */
  throttle?: Readonly<Record<string, PlanThrottle>> | undefined;
}

/** The stages that the plan's keys may call, with limits on the rate and number of requests. */
export interface UsagePlan {
  id: string;
  name: string;
  description?: string | undefined;
  apiStages: readonly UsagePlanStage[];
  throttle?: PlanThrottle | undefined;
  quota?: QuotaSettings | undefined;
  /** Of AWS Marketplace; only kept. */
  productCode?: string | undefined;
  tags: TextMap;
  /** The ids of the plan's API keys. */
  keyIds: Set<string>;
}
