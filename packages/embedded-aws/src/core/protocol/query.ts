import { AwsError, notImplemented, toAwsError } from '../errors';
import type { AwsRequest, HttpResponse } from '../http';
import type { AwsService } from '../service';
import { readTexts } from '../shapes/read-texts';
import { constraintError, lowerFirst, NOT_NULL } from '../validation';
import { escapeXml, toXml, type XmlValue } from '../xml';
import { runOperation, type ServiceDefinition } from './operation';

/** A request of the query protocol: `{ "Parameters": [{ "ParameterKey": "x" }] }`. */
export interface QueryInput {
  readonly [name: string]: string | QueryInput | readonly (string | QueryInput)[];
}

/** One action, whose input is the parsed form. */
export type QueryAction = (input: QueryInput, request: AwsRequest) => XmlValue | Promise<XmlValue>;

/** A service that speaks the query protocol (STS, IAM, SNS): a form in, XML out. */
export function queryService<Store>(
  service: ServiceDefinition<Store, XmlValue>,
  namespace: string,
): AwsService {
  const { signingName, policyPrefix = signingName, operations } = service;
  const actions = Object.entries(operations).map(([name, operation]): [string, QueryAction] => [
    name,
    (input, request) => runOperation(service, name, operation, input, readTexts, request),
  ]);
  return {
    signingName,
    handle: queryHandler(policyPrefix, namespace, Object.fromEntries(actions)),
  };
}

/** The query protocol for actions that parse their input themselves. */
export function queryHandler(
  serviceName: string,
  namespace: string,
  actions: Readonly<Record<string, QueryAction>>,
): AwsService['handle'] {
  return async (request) => {
    const form = parametersOf(request);
    const name = form.get('Action') ?? '';
    try {
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined) {
        const { message } = notImplemented(serviceName, name);
        throw new AwsError('InvalidAction', message);
      }
      const result = await action(parseQueryInput(form), request);
      return answer(200, request, namespace, `${name}Response`, {
        [`${name}Result`]: result,
        ResponseMetadata: { RequestId: request.requestId },
      });
    } catch (thrown) {
      const error = toAwsError(thrown);
      return answer(error.status, request, namespace, 'ErrorResponse', {
        Error: {
          Type: error.status < 500 ? 'Sender' : 'Receiver',
          Code: error.code,
          Message: error.message,
        },
        RequestId: request.requestId,
      });
    }
  };
}

/** Merges the query string and the form, which wins. Bodies of other types are ignored. */
function parametersOf({ body, query, headers }: AwsRequest): URLSearchParams {
  const parameters = new URLSearchParams(query);
  const type = headers['content-type'] ?? FORM;
  if (body.length === 0 || !type.toLowerCase().startsWith(FORM)) return parameters;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    parameters.set(name, value);
  }
  return parameters;
}

const FORM = 'application/x-www-form-urlencoded';

/** XML, unless the client accepts JSON: API Gateway does, so its integrations read JSON. */
function answer(
  status: number,
  request: AwsRequest,
  namespace: string,
  root: string,
  content: Readonly<Record<string, XmlValue>>,
): HttpResponse {
  const isJson = request.headers.accept?.toLowerCase().startsWith('application/json') ?? false;
  return {
    status,
    headers: {
      'content-type': isJson ? 'application/json' : 'text/xml',
      'x-amzn-requestid': request.requestId,
    },
    body: isJson ? jsonBody(root, content) : xmlBody(root, content, namespace),
  };
}

function xmlBody(root: string, content: Readonly<Record<string, XmlValue>>, namespace: string) {
  const members = Object.entries(content).map(([name, value]) => toXml(name, value));
  return `<${root} xmlns="${escapeXml(namespace)}">${members.join('')}</${root}>`;
}

/** As recorded from STS: lists are arrays, times are seconds, errors have no root. */
function jsonBody(root: string, content: Readonly<Record<string, XmlValue>>): string {
  const document = jsonValue(content);
  return JSON.stringify(root === 'ErrorResponse' ? document : { [root]: document });
}

function jsonValue(value: XmlValue): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(jsonValue);
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value !== 'object') return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonValue(item)]));
}

type Tree = Map<string, Tree | string>;

/** Parses `Tags.member.1.Key=a` to `{ Tags: [{ Key: 'a' }] }`; omits `Action` and `Version`. */
export function parseQueryInput(form: URLSearchParams): QueryInput {
  const root: Tree = new Map();
  for (const [name, value] of form) {
    if (name === 'Action' || name === 'Version') continue;
    plant(root, name.split('.'), value);
  }
  return grow(root) as QueryInput;
}

function plant(tree: Tree, path: readonly string[], value: string): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    tree.set(head, value);
    return;
  }
  const known = tree.get(head);
  const branch: Tree = known instanceof Map ? known : new Map();
  tree.set(head, branch);
  plant(branch, rest, value);
}

function grow(tree: Tree): QueryInput | readonly (string | QueryInput)[] {
  const members = tree.get('member');
  if (tree.size === 1 && members instanceof Map) {
    return [...members.entries()]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, item]) => (typeof item === 'string' ? item : (grow(item) as QueryInput)));
  }
  return Object.fromEntries(
    [...tree].map(([name, item]) => [name, typeof item === 'string' ? item : grow(item)]),
  );
}

/** A text member; undefined if absent. */
export function textMember(input: QueryInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** A required text member. @throws AwsError ValidationError in AWS's wording */
export function requiredText(input: QueryInput, name: string): string {
  const value = textMember(input, name);
  if (value !== undefined && value !== '') return value;
  const violation = { path: lowerFirst(name), value: undefined, constraint: NOT_NULL };
  throw constraintError('ValidationError', violation);
}

/** A structure member; undefined if absent. */
export function structureMember(input: QueryInput, name: string): QueryInput | undefined {
  const value = input[name];
  return value === undefined || typeof value === 'string' || isList(value) ? undefined : value;
}

const isList = (
  value: QueryInput | readonly (string | QueryInput)[],
): value is readonly (string | QueryInput)[] => Array.isArray(value);

/** A list member; empty if absent. */
export function listMember(input: QueryInput, name: string): readonly (string | QueryInput)[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}
