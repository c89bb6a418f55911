import type { Account } from '../ours';

/**
 * Calls operations so that their answers come in all the states that they have: new, with everything
 * set, updated, cleared, failed.
 */
export type Scenario = (aws: Account) => Promise<void>;

/** The ARN of a resource of the account. */
export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:000000000000:${resource}`;
