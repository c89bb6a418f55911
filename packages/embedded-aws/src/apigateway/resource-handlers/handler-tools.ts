import type { Caller } from '../../core/caller';
import { AwsError } from '../../core/errors';
import type { Properties, ResourceContext } from '../../core/resource-handler';
import type { AssumeRole } from '../assume-role';
import { checkTags } from '../entities/tags';
import { badRequest, notFound } from '../errors';
import { Members } from '../members';
import type { RestApi, TextMap } from '../model';
import type { ApiGatewayStore, RegionStore } from '../store';

/**
 * Reads an object of S3 with the rights of a caller.
 * @throws AwsError S3's
 */
export type ReadObject = (
  location: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string | undefined;
  },
  caller: Caller,
) => { readonly body: Buffer; readonly etag: string };

/** The dependencies of all handlers: the store, the callable services, and the clock. */
export interface HandlerDependencies {
  readonly store: ApiGatewayStore;
  /** Signing names of the services that integrations may call. */
  readonly services?: (() => readonly string[]) | undefined;
  readonly assumeRole?: AssumeRole | undefined;
  readonly readObject?: ReadObject | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function regionOf(deps: HandlerDependencies, context: ResourceContext): RegionStore {
  return deps.store.in(context.caller);
}

/** The API of a resource's `RestApiId` property. */
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

/** Converts `[{ Key, Value }]` to a map. @throws AwsError for keys that begin with `aws:` */
export function readTags(input: Members): TextMap {
  const tags = input.groups('tags') ?? [];
  return checkTags(
    Object.fromEntries(
      tags.map((tag) => [tag.requiredText('key', 'A tag requires a Key'), tag.text('value') ?? '']),
    ),
  );
}

/**
 * The tags of a resource with those that CloudFormation adds itself. Recorded of APIs, stages and
 * usage plans: LocalStack's test_cfn_deploy_apigateway_from_s3_swagger, 15-07-2025, and
 * test_update_usage_plan, 13-09-2024.
 */
export function readStackTags(input: Members, context: ResourceContext): TextMap {
  return {
    ...readTags(input),
    'aws:cloudformation:logical-id': context.logicalId,
    'aws:cloudformation:stack-id': context.stackId,
    'aws:cloudformation:stack-name': context.stackName,
  };
}

/**
 * Runs a deletion; a resource that does not exist is not an error.
 * @throws any other error
 */
export function ignoreMissing(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'NotFoundException') throw error;
  }
}

/** The error for a resource that CloudFormation knows but the store does not have. */
export function resourceNotFound(type: string, physicalId: string): AwsError {
  return notFound(`${type} ${physicalId} was not found`);
}

export function requireProperty(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw badRequest(`#: required key [${name}] not found`);
}
