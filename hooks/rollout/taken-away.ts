import type { CompiledResource, CompiledTemplate } from '../framework';
import { isOwn } from '../stage/own';
import { DEPLOYED_TYPES } from '../template/deployment';

/**
 * The properties of each type that cannot change in place. A resource with a new value is replaced
 * by a new one, and CloudFormation deletes the old one last, like those that a template no longer
 * declares.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html
 */
export const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': [],
  'AWS::ApiGateway::Resource': ['RestApiId', 'ParentId', 'PathPart'],
  'AWS::ApiGateway::Method': ['RestApiId', 'ResourceId', 'HttpMethod'],
  'AWS::ApiGateway::Model': ['RestApiId', 'ContentType', 'Name'],
  'AWS::ApiGateway::RequestValidator': ['RestApiId', 'Name'],
  'AWS::ApiGateway::GatewayResponse': ['RestApiId', 'ResponseType'],
  'AWS::ApiGateway::Authorizer': ['RestApiId'],
};

/** The deployed stack. */
export interface Deployed {
  readonly template: CompiledTemplate;
  /** By logical id. What a failed update left in the stack is here and not in the template. */
  readonly physicalIds: Readonly<Record<string, string>>;
}

/**
 * The logical ids of resources that an update deletes or replaces, and of the API itself if it
 * loses its resource policy.
 */
export function takenAway({ template, physicalIds }: Deployed, next: CompiledTemplate): string[] {
  return Object.keys(physicalIds).filter((id) => {
    const before = template.Resources[id];
    const after = next.Resources[id];
    if (after === undefined) return before === undefined || isPart(template, id);
    if (before === undefined || !isPart(next, id)) return false;
    const identity = IDENTITY[after.Type] ?? [];
    const isReplaced = identity.some((name) => textOf(before, name) !== textOf(after, name));
    return isReplaced || losesPolicy(before, after);
  });
}

/** True if a deployment of the API contains a copy of the resource. */
export function isPart(template: CompiledTemplate, id: string): boolean {
  return DEPLOYED_TYPES.test(template.Resources[id]?.Type ?? '') && isOwn(template, id);
}

/** CloudFormation leaves a policy that a template no longer has on the API (aws/aws-cdk#21840). */
export function losesPolicy(before: CompiledResource, after: CompiledResource): boolean {
  if (after.Type !== 'AWS::ApiGateway::RestApi') return false;
  return textOf(before, 'Policy') !== undefined && textOf(after, 'Policy') === undefined;
}

function textOf({ Properties }: CompiledResource, name: string): string | undefined {
  return JSON.stringify((Properties as Record<string, unknown> | undefined)?.[name]);
}
