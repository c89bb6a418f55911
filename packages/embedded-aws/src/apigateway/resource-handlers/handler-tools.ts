import { AwsError } from '../../core/errors';
import type { Properties, ResourceContext } from '../../core/resource-handler';
import type { AssumeRole } from '../assume-role';
import { badRequest, notFound } from '../errors';
import { Members } from '../members';
import type { RestApi, TextMap } from '../model';
import type { ApiGatewayStore, RegionStore } from '../store';

/** What the handlers share: where resources live, what can be called, and the time. */
export interface HandlerDependencies {
  readonly store: ApiGatewayStore;
  /** Signing names of the services that integrations may call. */
  readonly services?: (() => readonly string[]) | undefined;
  readonly assumeRole?: AssumeRole | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function regionOf(deps: HandlerDependencies, context: ResourceContext): RegionStore {
  return deps.store.in(context.caller);
}

/** The API that a resource's `RestApiId` names. */
export function restApiOf(
  deps: HandlerDependencies,
  context: ResourceContext,
  properties: Properties,
): RestApi {
  const id = Members.ofProperties(properties).requiredText('restApiId', 'RestApiId is required');
  return regionOf(deps, context).restApi(id);
}

export function epochSeconds(deps: { readonly now: () => number }): number {
  return deps.now() / 1000;
}

/** `[{ Key, Value }]` as a map. */
export function readTags(input: Members): TextMap {
  const tags = input.groups('tags') ?? [];
  return Object.fromEntries(
    tags.map((tag) => [tag.requiredText('key', 'A tag needs a Key'), tag.text('value') ?? '']),
  );
}

/** Runs a removal; that the thing is gone already is success. @throws anything else that goes wrong */
export function ignoreMissing(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'NotFoundException') throw error;
  }
}

/** A resource that CloudFormation has an id of and the store does not. */
export function gone(type: string, physicalId: string): AwsError {
  return notFound(`${type} ${physicalId} was not found`);
}

export function requireProperty(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw badRequest(`#: required key [${name}] not found`);
}
