import type { HttpRequest } from '../core/http';

/** A request that was blocked. */
export interface Sample {
  readonly webAclArn: string;
  readonly metricName: string;
  readonly request: HttpRequest;
  /** The rule of a managed group: `AWS#AWSManagedRulesCommonRuleSet#NoUserAgent_HEADER`. */
  readonly within: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** GetSampledRequests gives as many at the most. */
const MOST = 500;

/** The last requests that web ACLs blocked. They do not survive a restart. */
export class Samples {
  readonly #samples: Sample[] = [];

  add(webAclArn: string, metricName: string, request: HttpRequest, within?: string): void {
    this.#samples.push({ webAclArn, metricName, request, within, at: Date.now() });
    if (this.#samples.length > MOST) this.#samples.shift();
  }

  of(webAclArn: string, metricName: string): Sample[] {
    return this.#samples.filter(
      (sample) => sample.webAclArn === webAclArn && sample.metricName === metricName,
    );
  }
}
