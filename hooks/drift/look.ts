import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { IAMClient } from '@aws-sdk/client-iam';
import { ownResources } from '../stage/own';
import type { Sender } from '../stage/patient';
import type { DeployedStack, Target } from '../stage/target';
import { unaskedIn } from '../stage/unasked';
import type { Difference } from './compare';
import { resolve } from './resolve';
import type { Declared, Properties } from './shapes';

/** The context of a look. */
export interface Site {
  readonly target: Target;
  readonly stack: DeployedStack;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  /** Makes a client of a further service as patient as those above. */
  patient<Client extends Sender>(service: string, client: Client): Client;
}

/**
 * Compares the resources of one type, and what AWS has of that type beside them, with what the
 * stack declares.
 * @throws the SDK's errors, except for missing resources, which are differences
 */
export type Look = (site: Site, declared: Declared) => Promise<readonly Difference[]>;

/** The resources of a type by logical id, their intrinsics resolved. */
export function declaredOf({ target, stack }: Site, type: string): Declared {
  return ownResources(stack.template)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties: properties = {} }]) => {
      return [id, resolve(properties, target, stack) as Properties] as const;
    });
}

/** A resource that is not there has no such name. */
export const physicalIdOf = ({ stack }: Site, logicalId: string): string =>
  stack.physicalIds[logicalId] ?? logicalId;

/** The answer of a service, or undefined for an error that says the resource does not exist. */
export async function orMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (statusOf(error) === 404 || NOT_THERE.test(nameOf(error))) return undefined;
    throw error;
  }
}

/** Not every service says it by the status. */
const NOT_THERE = /^(NoSuch\w+|\w*NotFound\w*)$/;

/** True if the verifying identity lacks a permission, which says nothing about the stage. */
export const isDenied = (error: unknown): boolean =>
  unaskedIn(error)?.obstacle === 'denied' || statusOf(error) === 403;

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

const statusOf = (error: unknown) =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;

/**
 * Settings for clients of further services, which share account, region and connections with an
 * existing client.
 */
export function settingsOf({ apiGateway: { config } }: Site) {
  const { region, credentials, endpoint, maxAttempts, requestHandler } = config;
  return {
    region,
    credentials,
    maxAttempts,
    requestHandler,
    ...(endpoint && { endpoint }),
  };
}

/** A resource that exists and is not declared. */
export const added = (where: string): Difference => ({ where, what: 'was added' });
export const missing = (where: string): Difference => ({ where, what: 'is missing' });

/** Two lists without order, each item in words. */
export function compareSets(
  where: string,
  declared: readonly string[],
  live: readonly string[],
): Difference[] {
  return [
    ...declared.filter((item) => !live.includes(item)).map((item) => missing(`${where} ${item}`)),
    ...live.filter((item) => !declared.includes(item)).map((item) => added(`${where} ${item}`)),
  ];
}
