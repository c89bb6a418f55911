import { partitionOf } from '../../core/caller';
import { NOT_NULL, type Violation } from '../../core/validation';
import { compileRegex } from '../../java-regex/operations';
import { badRequest, conflict, notFound, notInEnum, unsupported, validationError } from '../errors';
import { type IdentitySource, parseIdentitySources } from '../identity-source';
import { PART_ID_LENGTH, randomId } from '../ids';
import { isOneOf } from '../is-one-of';
import type { Members } from '../members';
import { AUTHORIZER_TYPES, type Authorizer, type AuthorizerType, type RestApi } from '../model';
import { limitExceeded, QUOTAS } from '../quotas';

/** In seconds. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
const MAX_TTL = 3_600;

/** AWS's name of an authorizer's scheme if the caller gives none (examples of AWS's CLI). */
const AUTH_TYPES: Readonly<Record<AuthorizerType, string>> = {
  TOKEN: 'custom',
  REQUEST: 'custom',
  COGNITO_USER_POOLS: 'cognito_user_pools',
};

/** A function's ARN, or one that stage variables complete when a request comes. */
const INVOCATION =
  /^arn:(?<partition>[^:]+):apigateway:[a-z]{2,}(?:-[a-z]+)+-\d+:lambda:path\/2015-03-31\/functions\/(?:arn:(?<of>[^:]+):lambda:[^:/]+:[^:/]+:function:[^/]+|[^/]*\$\{stageVariables\.[^/]+)\/invocations$/;
const USER_POOL =
  /^arn:(?<partition>[^:]+):cognito-idp:[^:]+:\d{12}:userpool\/[\w-]+_[0-9a-zA-Z]+$/;
const ROLE = /^arn:[^:]+:iam::\d{12}:role\/.+$/;

/** The place where an authorizer is made. */
export interface AuthorizerPlace {
  readonly api: RestApi;
  /** The API's region. */
  readonly region: string;
}

/** @throws AwsError NotFoundException, also if there is no such API */
export function authorizerOf(api: RestApi | undefined, id: string): Authorizer {
  const authorizer = api?.authorizers.get(id);
  if (authorizer === undefined) throw notFound('Invalid Authorizer identifier specified');
  return authorizer;
}

/**
 * Creates an authorizer, or replaces the one with the same id.
 * @throws AwsError like CreateAuthorizer
 */
export function putAuthorizer(
  place: AuthorizerPlace,
  input: Members,
  id = randomId(PART_ID_LENGTH),
): Authorizer {
  const { authorizers } = place.api;
  if (!authorizers.has(id) && authorizers.size >= QUOTAS.authorizersOfApi) {
    throw limitExceeded('Authorizers');
  }
  const { name, type } = readNameAndType(input);
  const authorizer: Authorizer = {
    id,
    name,
    type,
    providerARNs: input.texts('providerARNs'),
    authType: input.text('authType') ?? AUTH_TYPES[type],
    authorizerUri: input.text('authorizerUri'),
    authorizerCredentials: input.text('authorizerCredentials'),
    identitySource: input.text('identitySource'),
    identityValidationExpression: input.text('identityValidationExpression'),
    authorizerResultTtlInSeconds: input.number('authorizerResultTtlInSeconds'),
  };
  checkAuthorizer(place, authorizer);
  authorizers.set(id, authorizer);
  return authorizer;
}

function readNameAndType(input: Members): { name: string; type: AuthorizerType } {
  const name = input.text('name');
  const type = input.text('type');
  if (type === 'JWT') throw unsupported("authorizers of the type 'JWT'");
  const violations: Violation[] = [];
  const missing = (member: string): Violation => ({
    path: `createAuthorizerInput.${member}`,
    value: undefined,
    constraint: NOT_NULL,
  });
  if (name === undefined) violations.push(missing('name'));
  if (type === undefined) violations.push(missing('type'));
  else if (!isOneOf(AUTHORIZER_TYPES, type)) {
    violations.push(notInEnum(type, 'createAuthorizerInput.type', AUTHORIZER_TYPES));
  } else if (name !== undefined) return { name, type };
  throw validationError(violations);
}

/**
 * Checks an authorizer as a whole, after its creation or its update. Only the texts about names and
 * URIs are AWS's: no others are known.
 * @throws AwsError BadRequestException
 */
export function checkAuthorizer({ api, region }: AuthorizerPlace, authorizer: Authorizer): void {
  checkName(api, authorizer);
  checkTtl(authorizer.authorizerResultTtlInSeconds);
  if (authorizer.type === 'COGNITO_USER_POOLS') checkPools(authorizer, partitionOf(region));
  else checkFunction(authorizer, partitionOf(region));
  checkSources(authorizer);
  checkExpression(authorizer);
}

function checkName(api: RestApi, { id, name }: Authorizer): void {
  if (name.trim() === '') throw badRequest('Authorizer name cannot be empty');
  for (const other of api.authorizers.values()) {
    if (other.name !== name || other.id === id) continue;
    throw badRequest(
      `Authorizer name must be unique. Authorizer ${name} already exists in this RestApi.`,
    );
  }
}

function checkTtl(ttl: number | undefined): void {
  if (ttl === undefined || (Number.isInteger(ttl) && ttl >= 0 && ttl <= MAX_TTL)) return;
  throw badRequest(
    `Invalid authorizer result TTL specified: ${ttl}. It must be a whole number of seconds between 0 and ${MAX_TTL}`,
  );
}

function checkPools({ providerARNs = [] }: Authorizer, partition: string): void {
  if (providerARNs.length === 0) {
    throw badRequest(
      'An authorizer of the type COGNITO_USER_POOLS needs the ARN of a user pool in providerARNs',
    );
  }
  const wrong = providerARNs.find((arn) => USER_POOL.exec(arn)?.groups?.partition !== partition);
  if (wrong === undefined) return;
  throw badRequest(
    `Invalid provider ARN specified: ${wrong}. It must be the ARN of a user pool, arn:${partition}:cognito-idp:{region}:{account}:userpool/{id}`,
  );
}

/** Region and partition are judged as well as the form, as known from hashicorp/terraform-provider-aws#1757, aws/aws-cdk#8098. */
function checkFunction(authorizer: Authorizer, ofApi: string): void {
  const { authorizerUri, authorizerCredentials } = authorizer;
  const { partition, of = partition } = INVOCATION.exec(authorizerUri ?? '')?.groups ?? {};
  if (partition !== ofApi || of !== ofApi) {
    throw badRequest(
      `Invalid Authorizer URI: ${authorizerUri ?? 'null'}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  if ((authorizerCredentials ?? '') !== '' && !ROLE.test(authorizerCredentials ?? '')) {
    throw badRequest(
      `Invalid authorizer credentials specified: ${authorizerCredentials}. They must be the ARN of a role`,
    );
  }
}

function checkSources({ type, identitySource, authorizerResultTtlInSeconds }: Authorizer): void {
  if (identitySource?.trim() === '') throw badRequest('Identity source cannot be empty');
  const sources = readSources(identitySource);
  if (type !== 'REQUEST') {
    if (sources.length === 1 && sources[0]?.place === 'header') return;
    throw badRequest(
      `Invalid identity source specified: ${identitySource ?? 'null'}. An authorizer of the type ${type} needs one header, method.request.header.{name}`,
    );
  }
  if (sources.length > 0 || authorizerResultTtlInSeconds === 0) return;
  throw badRequest(
    'An authorizer of the type REQUEST needs an identity source, which its cache goes by; it may be absent if authorizerResultTtlInSeconds is 0',
  );
}

function readSources(text: string | undefined): readonly IdentitySource[] {
  try {
    return parseIdentitySources(text);
  } catch (cause) {
    throw badRequest(
      `Invalid identity source specified: ${text}. It must be method.request.header.{name}; of an authorizer of the type REQUEST also querystring, multivalueheader or multivaluequerystring for header, stageVariables.{name} or context.{name}, or several between commas`,
      cause,
    );
  }
}

function checkExpression({ identityValidationExpression: expression }: Authorizer): void {
  try {
    compileRegex(expression ?? '');
  } catch (cause) {
    throw badRequest(`Invalid identity validation expression specified: ${expression}`, cause);
  }
}

/**
 * The text is AWS's (hashicorp/terraform-provider-aws#14812).
 * @throws AwsError ConflictException if a method uses the authorizer
 */
export function deleteAuthorizer(api: RestApi, id: string): void {
  const { name } = authorizerOf(api, id);
  for (const resource of api.resources.values()) {
    for (const method of resource.methods.values()) {
      if (method.authorizerId === id) {
        throw conflict(
          `Cannot delete authorizer '${name}', is referenced in method: ${method.httpMethod}/${resource.path}`,
        );
      }
    }
  }
  api.authorizers.delete(id);
}
