import { logicalIds } from '../../resources/logical-ids';
import { type CompiledTemplate, HookError } from '../framework';
import { isOwn } from '../stage/own';
import { shadowStageName } from '../stage/shadow';
import { declaredResources } from './declared-paths';

interface Statement {
  readonly Effect?: string;
  readonly Resource?: unknown;
}

interface Policy {
  readonly Statement: readonly Statement[];
}

interface Method {
  readonly ResourceId?: { readonly Ref?: string };
  readonly HttpMethod?: string;
  readonly AuthorizationType?: string;
}

const EVERYTHING = 'execute-api:/*';

/**
 * The methods that a private API's resource policy has to allow. One that asks IAM or a function must
 * not be allowed there: an allow of either lets a caller in.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
const NEEDS_ALLOW = ['NONE', 'COGNITO_USER_POOLS'];

/**
 * The template with the resource policy of a private API allowing exactly the methods that need it.
 * @throws HookError where API Gateway could not tell them from the others
 */
export function settlePrivatePolicy(template: CompiledTemplate): CompiledTemplate {
  const api = template.Resources[logicalIds.restApi];
  const { Policy: policy, ...properties } = (api?.Properties ?? {}) as { readonly Policy?: Policy };
  if (api === undefined || policy === undefined) return template;
  const allowed = allowedIn(template);
  const statements = policy.Statement.flatMap((statement) => {
    if (statement.Effect !== 'Allow' || statement.Resource !== EVERYTHING) return [statement];
    return allowed.length === 0 ? [] : [{ ...statement, Resource: single(allowed) }];
  });
  const settled = { ...properties, Policy: { ...policy, Statement: statements } };
  return {
    ...template,
    Resources: { ...template.Resources, [logicalIds.restApi]: { ...api, Properties: settled } },
  };
}

const single = (list: readonly string[]) => (list.length === 1 ? list[0] : list);

function allowedIn(template: CompiledTemplate): string[] {
  const paths = declaredResources(template, '');
  const methods = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::ApiGateway::Method' || !isOwn(template, id)) return [];
    const {
      ResourceId: at,
      HttpMethod: verb = '',
      AuthorizationType: type = 'NONE',
    } = Properties as Method;
    return { verb, path: paths.get(at?.Ref ?? '') ?? '/', isOpen: NEEDS_ALLOW.includes(type) };
  });
  const open = methods.filter(({ isOpen }) => isOpen);
  if (open.length === methods.length) return [EVERYTHING];
  const greedy = open.find(({ verb, path }) => verb === 'ANY' && path.includes('+}'));
  if (greedy !== undefined) {
    throw new HookError(
      'PRIVATE_DOORS',
      `In a private API, who may call ${greedy.path} cannot be told from who may call the other routes: let authorization and readAuthorization (and that of streams) both be AWS_IAM or LAMBDA, or neither, or leave out 'kafkaRestUrl' or 'vpcEndpoints'. More: docs/authorization.md#private-apis`,
    );
  }
  const { StageName: stage = '' } = (template.Resources[logicalIds.stage]?.Properties ?? {}) as {
    readonly StageName?: string;
  };
  // With the stage's name, for what a pattern begins with would match any path as well.
  const stages = [stage, shadowStageName(stage, '*')];
  const routes = open.map(({ verb, path }) =>
    // All preflights are open.
    verb === 'OPTIONS' ? 'OPTIONS/*' : `${verb}${path.replace(/\{[^}]+\}/g, '*')}`,
  );
  return [...new Set(routes)].flatMap((route) =>
    stages.map((name) => `execute-api:/${name}/${route}`),
  );
}
