import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { IAMClient } from '@aws-sdk/client-iam';
import { type PatienceOptions, patient } from '../stage/patient';
import type { DeployedStack, Target } from '../stage/target';
import type { Difference } from './compare';
import { declaredOf, isDenied, type Site } from './look';
import { RESOURCE_TYPES } from './resource-types';

export interface DriftOptions {
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  /** How patiently AWS is called: see PatienceOptions. */
  readonly pace: Required<Pick<PatienceOptions, 'retryMs' | 'requestMs'>> &
    Pick<PatienceOptions, 'busyMs'>;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

export interface Drift {
  readonly differences: readonly Difference[];
  /** Resource types that the identity may not read, each with the missing permission. */
  readonly unseen: readonly string[];
}

/**
 * Compares what AWS has with what the stack declares, resource by resource: what was changed, added
 * or took away by hand is named. Resources of types that are not in RESOURCE_TYPES are not looked
 * at.
 */
export async function drift(
  { apiGateway, iam, pace, signal }: DriftOptions,
  target: Target,
  stack: DeployedStack,
): Promise<Drift> {
  const { retryMs, busyMs, requestMs } = pace;
  const patience = { isVital: false, signal, retryMs, busyMs, requestMs };
  const site: Site = {
    target,
    stack,
    apiGateway,
    iam,
    patient: (service, client) => patient(client, { service, ...patience }),
  };
  const differences: Difference[] = [];
  const unseen: string[] = [];
  // One after another: API Gateway takes ten such requests a second, of all the account.
  for (const [type, look] of Object.entries(RESOURCE_TYPES)) {
    if (typeof look !== 'function') continue;
    try {
      differences.push(...(await look(site, declaredOf(site, type))));
    } catch (error) {
      if (!isDenied(error)) throw error;
      unseen.push(`${type}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { differences, unseen };
}
