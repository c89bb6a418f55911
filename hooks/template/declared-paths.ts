import type { CompiledTemplate } from '../framework';
import { ownResources } from '../stage/own';

interface ResourceProperties {
  readonly ParentId?: { readonly Ref?: string };
  readonly PathPart?: string;
}

/**
 * The paths that a template's resources add to an API, by logical id.
 * @param rootPath of the resource that they hang under: '' or `/kinesis`
 */
export function declaredResources(
  template: CompiledTemplate,
  rootPath: string,
): ReadonlyMap<string, string> {
  const pathOf = (id: string | undefined): string => {
    const resource = id === undefined ? undefined : template.Resources[id];
    // Not a resource of the stack's, so it is the root.
    if (resource?.Type !== 'AWS::ApiGateway::Resource') return rootPath;
    const { ParentId: parent, PathPart: part } = resource.Properties as ResourceProperties;
    return `${pathOf(parent?.Ref)}/${part}`;
  };
  return new Map(
    ownResources(template)
      .filter(([, { Type }]) => Type === 'AWS::ApiGateway::Resource')
      .map(([id]) => [id, pathOf(id)]),
  );
}

export function declaredPaths(template: CompiledTemplate, rootPath: string): ReadonlySet<string> {
  return new Set(declaredResources(template, rootPath).values());
}
