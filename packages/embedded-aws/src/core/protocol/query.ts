import { AwsError, toAwsError } from '../errors';
import type { AwsRequest, HttpResponse } from '../http';
import type { AwsService } from '../service';
import { escapeXml, toXml, type XmlValue } from '../xml';

/** A request of the query protocol: `{ "Parameters": [{ "ParameterKey": "x" }] }`. */
export interface QueryInput {
  readonly [name: string]: string | QueryInput | readonly (string | QueryInput)[];
}

/** One action of a query service. */
export type QueryAction = (input: QueryInput, request: AwsRequest) => XmlValue | Promise<XmlValue>;

/** A service that speaks the query protocol (CloudFormation, STS, IAM): a form in, XML out. */
export function queryService(
  signingName: string,
  namespace: string,
  actions: Readonly<Record<string, QueryAction>>,
): AwsService {
  return {
    signingName,
    async handle(request) {
      const form = new URLSearchParams(request.body.toString('utf8') || request.query);
      const name = form.get('Action') ?? '';
      try {
        const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
        if (action === undefined) {
          throw new AwsError(
            'InvalidAction',
            `The embedded AWS does not implement ${signingName}:${name}.`,
          );
        }
        const result = await action(parseQueryInput(form), request);
        return answer(200, request, namespace, `${name}Response`, [
          toXml(`${name}Result`, result),
          toXml('ResponseMetadata', { RequestId: request.requestId }),
        ]);
      } catch (thrown) {
        const error = toAwsError(thrown);
        return answer(error.status, request, namespace, 'ErrorResponse', [
          toXml('Error', {
            Type: error.status < 500 ? 'Sender' : 'Receiver',
            Code: error.code,
            Message: error.message,
          }),
          toXml('RequestId', request.requestId),
        ]);
      }
    },
  };
}

function answer(
  status: number,
  request: AwsRequest,
  namespace: string,
  root: string,
  content: readonly string[],
): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': request.requestId },
    body: `<${root} xmlns="${escapeXml(namespace)}">${content.join('')}</${root}>`,
  };
}

type Tree = Map<string, Tree | string>;

/** `Tags.member.1.Key=a` to `{ Tags: [{ Key: 'a' }] }`; `Action` and `Version` are left out. */
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

/** A text member, or undefined when it is absent. */
export function textMember(input: QueryInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text member that must be there. @throws AwsError ValidationError as AWS words it */
export function requiredText(input: QueryInput, name: string): string {
  const value = textMember(input, name);
  if (value !== undefined && value !== '') return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** A list member, empty when it is absent. */
export function listMember(input: QueryInput, name: string): readonly (string | QueryInput)[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}
