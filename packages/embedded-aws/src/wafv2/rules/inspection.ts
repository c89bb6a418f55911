import type { HttpRequest } from '../../core/http';

/** A request as rules look at it. */
export interface Inspection {
  /** With the path that the client asked for, the stage's name included. */
  readonly request: HttpRequest;
  /** How much of the body the protected resource hands on, in bytes. */
  readonly bodyLimit: number;
  /** Labels that rules have added so far. */
  readonly labels: Set<string>;
}

/** Tells whether a request matches. */
export type Matcher = (inspection: Inspection) => boolean;

/**
 * How much of a body API Gateway hands on by default, and the settings that make it more.
 * https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
 */
export const BODY_LIMITS = {
  KB_16: 16_384,
  KB_32: 32_768,
  KB_48: 49_152,
  KB_64: 65_536,
} as const;
