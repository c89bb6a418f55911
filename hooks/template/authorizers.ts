import { functionId, isArn, regionOf } from '../../resources/authorization/function-reference';
import { headersIn, queryIn } from '../../resources/authorization/identity-sources';
import { WITHHELD } from '../../resources/kafka';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledResource, CompiledTemplate } from '../framework';
import { isOwn } from '../stage/own';
import { mapReferences } from './references';

// Completes the authorizers once the framework has filled in the stage's parameters.

const AUTHORIZER = 'AWS::ApiGateway::Authorizer';
const PERMISSION = 'AWS::Lambda::Permission';
const METHOD = 'AWS::ApiGateway::Method';

/**
 * The template with its authorizers settled: functions that are named by their keys are referred to;
 * authorizers that ask in the same way are one; web pages may send the headers that they read; and
 * the Kafka REST proxy does not get what lets a caller in.
 */
export function settleAuthorizers(template: CompiledTemplate): CompiledTemplate {
  const named = mapOwn(template, (resource) => {
    if (resource.Type === AUTHORIZER) return withLists(withFunction(resource));
    if (resource.Type === METHOD) return withLists(resource);
    return resource.Type === PERMISSION ? withPermitted(resource) : resource;
  });
  return withSources(withShared(named));
}

type Properties = Readonly<Record<string, unknown>>;

const propertiesOf = ({ Properties: properties = {} }: CompiledResource) =>
  properties as Properties;

const withProperties = (resource: CompiledResource, more: Properties): CompiledResource => ({
  ...resource,
  Properties: { ...propertiesOf(resource), ...more },
});

/** The API's own resources changed, the others left alone. */
function mapOwn(
  template: CompiledTemplate,
  to: (resource: CompiledResource, id: string) => CompiledResource,
): CompiledTemplate {
  const resources = Object.entries(template.Resources).map(([id, resource]) => [
    id,
    isOwn(template, id) ? to(resource, id) : resource,
  ]);
  return { ...template, Resources: Object.fromEntries(resources) };
}

const arnOf = (named: string) =>
  isArn(named) ? named : { 'Fn::GetAtt': [functionId(named), 'Arn'] as const };

/** Lists that a parameter has, written out: authorizers that have them otherwise are the same. */
function withLists(resource: CompiledResource): CompiledResource {
  const lists = Object.entries(propertiesOf(resource)).flatMap(([name, value]) => {
    const { 'Fn::Split': split } = (value ?? {}) as { readonly 'Fn::Split'?: [string, unknown] };
    return typeof split?.[1] === 'string' ? [[name, split[1].split(split[0])] as const] : [];
  });
  return lists.length > 0 ? withProperties(resource, Object.fromEntries(lists)) : resource;
}

/** An authorizer's URI has the region of the function, which may be another than the API's. */
function withFunction(authorizer: CompiledResource): CompiledResource {
  const { AuthorizerUri: uri } = propertiesOf(authorizer);
  const { 'Fn::Sub': [text, variables] = [] } = (uri ?? {}) as {
    readonly 'Fn::Sub'?: readonly [string, { readonly Function?: unknown }];
  };
  const named = variables?.Function;
  if (typeof named !== 'string') return authorizer;
  const region = isArn(named) ? { Region: regionOf(named) } : {};
  return withProperties(authorizer, {
    AuthorizerUri: { 'Fn::Sub': [text, { ...variables, ...region, Function: arnOf(named) }] },
  });
}

function withPermitted(permission: CompiledResource): CompiledResource {
  const { FunctionName: named } = propertiesOf(permission);
  if (typeof named !== 'string') return permission;
  return withProperties(permission, { FunctionName: arnOf(named) });
}

/** An API may have ten authorizers; those that differ in their name only are one. */
function withShared(template: CompiledTemplate): CompiledTemplate {
  const kept = new Map<string, string>();
  const instead = new Map<string, string>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (![AUTHORIZER, PERMISSION].includes(resource.Type) || !isOwn(template, id)) continue;
    const { Name: _, ...asked } = propertiesOf(resource);
    const text = JSON.stringify([resource.Type, asked]);
    const same = kept.get(text);
    if (same === undefined) kept.set(text, id);
    else instead.set(id, same);
  }
  if (instead.size === 0) return template;
  const left = Object.entries(template.Resources).filter(([id]) => !instead.has(id));
  const to = (id: string) => instead.get(id) ?? id;
  return {
    ...template,
    Resources: Object.fromEntries(
      left.map(([id, resource]) => [id, mapReferences(resource, to) as CompiledResource]),
    ),
  };
}

interface Method {
  readonly ResourceId?: unknown;
  readonly HttpMethod?: string;
  readonly AuthorizerId?: unknown;
  readonly Integration?: {
    readonly RequestParameters?: Readonly<Record<string, unknown>>;
    readonly IntegrationResponses?: readonly {
      readonly ResponseParameters?: Readonly<Record<string, unknown>>;
    }[];
  };
}

const ALLOW_HEADERS = 'method.response.header.Access-Control-Allow-Headers';

/** The consequences of where the authorizers find their tokens. */
function withSources(template: CompiledTemplate): CompiledTemplate {
  const asked = Object.entries(template.Resources).flatMap(([id, resource]) => {
    const { ResourceId: path, AuthorizerId: authorizer } = propertiesOf(resource) as Method;
    if (resource.Type !== METHOD || authorizer === undefined || !isOwn(template, id)) return [];
    return { path: JSON.stringify(path), sources: sourcesOf(template, authorizer) };
  });
  if (asked.length === 0) return template;
  const all = asked.flatMap(({ sources }) => sources);
  return mapOwn(template, (resource, id) => {
    if (resource.Type !== METHOD) return resource;
    const method = propertiesOf(resource) as Method;
    if (id === logicalIds.kafkaMethod) return withheld(resource, method, all);
    if (method.HttpMethod !== 'OPTIONS') return resource;
    const path = JSON.stringify(method.ResourceId);
    const here = asked.filter((each) => each.path === path).flatMap(({ sources }) => sources);
    return allowing(resource, method, headersIn(here));
  });
}

/** Of an authorizer that is not the stack's, parameter `identitySource` says it. */
function sourcesOf(template: CompiledTemplate, authorizer: unknown): string[] {
  const { Ref: id = '' } = (authorizer ?? {}) as { readonly Ref?: string };
  const found = template.Resources[id];
  const { KinesisRestProxy: known } = (template.Metadata ?? {}) as {
    readonly KinesisRestProxy?: { readonly parameters?: Readonly<Record<string, unknown>> };
  };
  const source = found ? propertiesOf(found).IdentitySource : known?.parameters?.identitySource;
  return String(source ?? '')
    .split(',')
    .filter((each) => each !== '');
}

/** A preflight whose pages may send these headers too. */
function allowing(
  resource: CompiledResource,
  { Integration: integration = {} }: Method,
  headers: readonly string[],
): CompiledResource {
  const { IntegrationResponses: responses = [] } = integration;
  return withProperties(resource, {
    Integration: {
      ...integration,
      IntegrationResponses: responses.map((response) => {
        const allowed = String(response.ResponseParameters?.[ALLOW_HEADERS] ?? "''").slice(1, -1);
        const names = allowed.split(',');
        const there = new Set(names.map((name) => name.toLowerCase()));
        const more = headers.filter((name) => !there.has(name.toLowerCase()));
        if (more.length === 0) return response;
        const parameters = { [ALLOW_HEADERS]: `'${[...names, ...more].join(',')}'` };
        return {
          ...response,
          ResponseParameters: { ...response.ResponseParameters, ...parameters },
        };
      }),
    },
  });
}

/** The method of the Kafka REST proxy, which gets no token of a caller's. */
function withheld(
  resource: CompiledResource,
  { Integration: integration = {} }: Method,
  sources: readonly string[],
): CompiledResource {
  const names = [
    ...headersIn(sources).map((name) => `integration.request.header.${name}`),
    ...queryIn(sources).map((name) => `integration.request.querystring.${name}`),
  ];
  return withProperties(resource, {
    Integration: {
      ...integration,
      RequestParameters: {
        ...integration.RequestParameters,
        ...Object.fromEntries(names.map((name) => [name, WITHHELD])),
      },
    },
  });
}
