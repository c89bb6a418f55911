import type { CompiledResource, CompiledTemplate } from '../framework';
import { deploymentOf, isOwn } from '../stage/own';
import { DEPLOYED_TYPES, rename } from '../template/deployment';

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

/** Types that no other resource refers to, so that they can come with the second update. */
const LEAVES = /^AWS::ApiGateway::(Method|GatewayResponse)$/;

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
function isPart(template: CompiledTemplate, id: string): boolean {
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

/**
 * The template of the first of two updates: the parts of the API as they are to be, and all else as
 * it is, so that what guards the stage goes no earlier than what it guards. Without new methods,
 * which may be where one that goes still is.
 * @param isWhole false after an update that failed and was not rolled back: the rest may be what
 *   failed
 */
export function keepingDeployment(
  packaged: CompiledTemplate,
  { template, physicalIds }: Deployed,
  isWhole = true,
): CompiledTemplate {
  const [newId, oldId] = [deploymentOf(packaged), deploymentOf(template)];
  if (newId === undefined || oldId === undefined) return packaged;
  const next = rename(packaged, newId, oldId);
  const isLate = (id: string) =>
    LEAVES.test(next.Resources[id]?.Type ?? '') && isOwn(next, id) && physicalIds[id] === undefined;
  const gone = Object.keys(template.Resources).filter(
    (id) => next.Resources[id] === undefined && isPart(template, id),
  );
  const staysAsItIs = (id: string, { Properties }: CompiledResource) =>
    id === oldId || (isWhole && !isPart(template, id) && !mentions(Properties, gone));
  const resources = Object.entries({
    ...Object.fromEntries(Object.entries(next.Resources).filter(([id]) => !isLate(id))),
    ...Object.fromEntries(
      Object.entries(template.Resources).filter(([id, old]) => staysAsItIs(id, old)),
    ),
  });
  const ids = new Set(resources.map(([id]) => id));
  const { Outputs = {}, Metadata } = isWhole ? template : next;
  const outputs = Object.entries(Outputs).filter(([, output]) => !mentions(output, gone));
  return {
    ...next,
    Outputs: Object.fromEntries(outputs),
    ...(Metadata !== undefined && { Metadata }),
    Resources: Object.fromEntries(
      resources.map(([id, { DependsOn, ...declared }]) => {
        const dependencies = [DependsOn ?? []].flat().filter((dependency) => ids.has(dependency));
        return [id, dependencies.length > 0 ? { ...declared, DependsOn: dependencies } : declared];
      }),
    ),
  };
}

/** True if a value refers to any of the resources. */
function mentions(value: unknown, ids: readonly string[]): boolean {
  const text = JSON.stringify(value) ?? '';
  return ids.some((id) => [`"${id}"`, `"${id}.`, `\${${id}`].some((form) => text.includes(form)));
}

/** Separates the hash of a deployment's content from the deployment that it followed. */
const AFTER = 'After';

/**
 * The template with the logical id that its Deployment is to have: the one that the stack has,
 * where that deploys the same already, else the one that it was packaged with.
 * @param isStale whether the stage needs a new deployment although what it is to deploy is the same
 */
export function withDeploymentId(
  packaged: CompiledTemplate,
  deployed: Deployed,
  isStale: boolean,
): CompiledTemplate {
  const { template } = deployed;
  const [given, current] = [deploymentOf(packaged), deploymentOf(template)];
  if (given === undefined || current === undefined) return packaged;
  if (!deploysTheSame(packaged, deployed)) return packaged;
  const before = (ownDeployment(deployed) ?? '').replace(/[^A-Za-z0-9]/g, '');
  return rename(packaged, given, isStale ? `${withoutAfter(given)}${AFTER}${before}` : current);
}

/** True if a template deploys the same content as the stack's Deployment. */
export function deploysTheSame(packaged: CompiledTemplate, { template }: Deployed): boolean {
  const [plain, current] = [deploymentOf(packaged), deploymentOf(template)].map(withoutAfter);
  return plain === current;
}

const withoutAfter = (id: string | undefined) => id?.split(AFTER)[0];

/** The id of the deployment that the stack declares. */
export const ownDeployment = ({ template, physicalIds }: Deployed): string | undefined =>
  physicalIds[deploymentOf(template) ?? ''];
