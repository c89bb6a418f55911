import type { CompiledTemplate } from '../../hooks/framework';
import { type EndpointId, endpoints } from '../../resources/endpoints';
import { logicalIds } from '../../resources/logical-ids';

/** A change of the compiled template. */
export type Damage = (template: CompiledTemplate) => void;

interface IntegrationResponse {
  StatusCode: string;
  SelectionPattern?: string;
  ResponseParameters?: Record<string, string>;
  ResponseTemplates?: Record<string, string>;
}

/** A method as the stack declares it, with what faults change. */
export interface MethodProperties {
  HttpMethod: string;
  AuthorizationType: string;
  AuthorizerId?: unknown;
  AuthorizationScopes?: string[];
  ApiKeyRequired: boolean;
  RequestParameters: Record<string, boolean>;
  RequestModels?: Record<string, unknown>;
  RequestValidatorId?: unknown;
  Integration: {
    IntegrationHttpMethod: string;
    Uri: { 'Fn::Sub': string };
    Credentials?: unknown;
    RequestParameters: Record<string, string>;
    RequestTemplates: Record<string, string>;
    PassthroughBehavior: string;
    IntegrationResponses: IntegrationResponse[];
  };
  MethodResponses: { StatusCode: string; ResponseParameters: Record<string, boolean> }[];
}

export const ENDPOINT_IDS = endpoints.map(({ id }) => id);

/** The properties of a resource, to be changed in place. */
export function properties<Shape = Record<string, unknown>>(
  { Resources }: CompiledTemplate,
  logicalId: string,
): Shape {
  const resource = Resources[logicalId];
  if (resource === undefined) throw new TypeError(`The stack has no ${logicalId}.`);
  return resource.Properties as Shape;
}

/** A role as the stack declares it, with what faults change. */
interface RoleProperties {
  AssumeRolePolicyDocument: { Statement: { Principal: { Service: string } }[] };
  Policies: {
    PolicyDocument: {
      Statement: { Effect: string; Action: string[]; Resource: unknown; Condition?: unknown }[];
    };
  }[];
}

/** Changes the role with which the API calls Kinesis. */
export const changeRole =
  (change: (role: RoleProperties) => void): Damage =>
  (template) =>
    change(properties<RoleProperties>(template, logicalIds.role));

/** Takes an action from the role. */
export const withoutAction = (action: string): Damage =>
  changeRole(({ Policies }) => {
    for (const { PolicyDocument } of Policies) {
      for (const statement of PolicyDocument.Statement) {
        statement.Action = statement.Action.filter((each) => each !== action);
      }
      // IAM takes no statement without an action.
      PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Action }) => Action.length);
    }
  });

const methodOf = (template: CompiledTemplate, id: EndpointId) =>
  properties<MethodProperties>(template, logicalIds.method(id));

/** Changes one method, or all. */
export function method(
  ids: EndpointId | readonly EndpointId[],
  change: (properties: MethodProperties) => void,
): Damage {
  return (template) => {
    for (const id of [ids].flat()) change(methodOf(template, id));
  };
}

/** Changes what integrations answer, by status; of every status unless one is named. */
export function answers(
  ids: EndpointId | readonly EndpointId[],
  change: (response: IntegrationResponse) => void,
  status?: string,
): Damage {
  return method(ids, ({ Integration: { IntegrationResponses: responses } }) => {
    for (const response of responses) {
      if (status === undefined || response.StatusCode === status) change(response);
    }
  });
}

const JSON_TYPE = 'application/json';
const AMZ_JSON_TYPE = 'application/x-amz-json-1.1';

/** Changes a text inside an action's request template. */
export function inRequest(id: EndpointId, from: string | RegExp, to: string): Damage {
  return method(id, ({ Integration: { RequestTemplates: templates } }) => {
    templates[JSON_TYPE] = replaced(templates[JSON_TYPE], from, to);
  });
}

/** The same of the template for Kinesis's own JSON. */
export function inKinesisRequest(id: EndpointId, from: string | RegExp, to: string): Damage {
  return method(id, ({ Integration: { RequestTemplates: templates } }) => {
    templates[AMZ_JSON_TYPE] = replaced(templates[AMZ_JSON_TYPE], from, to);
  });
}

/** Puts another request template in an action's place. */
export function asRequest(id: EndpointId, text: string): Damage {
  return inRequest(id, /^.*$/s, text);
}

/** Changes a text inside the template of an answer. */
export function inAnswer(
  ids: EndpointId | readonly EndpointId[],
  status: string,
  from: string | RegExp,
  to: string,
): Damage {
  return answers(
    ids,
    (response) => {
      const templates = response.ResponseTemplates ?? {};
      response.ResponseTemplates = { [JSON_TYPE]: replaced(templates[JSON_TYPE], from, to) };
    },
    status,
  );
}

export const without =
  (...logicalIdsToDrop: readonly string[]): Damage =>
  (template) => {
    for (const id of logicalIdsToDrop) {
      properties(template, id);
      delete template.Resources[id];
    }
    for (const resource of Object.values(template.Resources)) forget(resource, logicalIdsToDrop);
  };

function forget(resource: { DependsOn?: string | readonly string[] }, ids: readonly string[]) {
  if (!Array.isArray(resource.DependsOn)) return;
  resource.DependsOn = resource.DependsOn.filter((id: string) => !ids.includes(id));
}

/** A fault that changes nothing would be one that nobody can catch. */
function replaced(text: string | undefined, from: string | RegExp, to: string): string {
  const changed = text?.replace(from, () => to);
  if (text === undefined || changed === text) {
    throw new TypeError(`The template has no ${from} to change: ${text}`);
  }
  return changed ?? '';
}
