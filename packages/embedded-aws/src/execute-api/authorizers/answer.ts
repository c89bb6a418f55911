import { isRecord } from '../../apigateway/members';
import { parseJson } from '../../core/parse-json';
import { type CompiledStatement, compilePolicy } from '../../iam/policy-document';
import { authorizerError } from './refusals';

/** The answer of an authorizer's function, checked. */
export interface AuthorizerAnswer {
  readonly principalId: string | undefined;
  /** The policy document as JSON. */
  readonly policy: string;
  readonly statements: readonly CompiledStatement[];
  /** `$context.authorizer` */
  readonly context: Readonly<Record<string, string>>;
  /** An API key, for APIs whose keys come from authorizers. */
  readonly usageIdentifierKey: string | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LONGEST_ANSWER = 8 * 1024;
const LONGEST_RESOURCE = 512;

const MEMBERS = ['principalId', 'policyDocument', 'context', 'usageIdentifierKey'];

/**
 * Reads what a function answers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * @throws GatewayError 500 for anything but an object with these members
 */
export function readAnswer(payload: string): AuthorizerAnswer {
  if (Buffer.byteLength(payload) > LONGEST_ANSWER) {
    throw authorizerError(`The authorizer's answer is larger than ${LONGEST_ANSWER} bytes`);
  }
  const answer = objectOf(payload);
  for (const name of Object.keys(answer)) {
    if (!MEMBERS.includes(name)) {
      throw invalidJson(`Unrecognized field "${name}" , not marked as ignorable`);
    }
  }
  const { principalId, policyDocument, context, usageIdentifierKey } = answer;
  return {
    principalId: textOf(principalId),
    usageIdentifierKey: textOf(usageIdentifierKey),
    context: contextOf(context),
    ...policyOf(policyDocument),
  };
}

function objectOf(payload: string): Readonly<Record<string, unknown>> {
  let answer: unknown;
  try {
    answer = parseJson(payload);
  } catch (cause) {
    throw invalidJson(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (isRecord(answer)) return answer;
  throw invalidJson(`an object is expected, and not ${JSON.stringify(answer)}`);
}

const invalidJson = (reason: string, cause?: unknown) =>
  authorizerError(`Invalid JSON in response: ${reason}`, cause);

/** Numbers and booleans become text, as Java's Jackson makes of them. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return String(value);
  const start = Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
  throw invalidJson(`Can not deserialize instance of java.lang.String out of ${start} token`);
}

function contextOf(context: unknown): Readonly<Record<string, string>> {
  if (context === undefined || context === null) return {};
  if (!isRecord(context)) throw invalidJson('the context is no object');
  const texts = Object.entries(context).map(([name, value]) => [name, textOf(value)] as const);
  return Object.fromEntries(
    texts.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function policyOf(document: unknown): Pick<AuthorizerAnswer, 'policy' | 'statements'> {
  const policy = JSON.stringify(document);
  if (!isRecord(document)) throw authorizerError(`Invalid policy document: ${policy}`);
  checkResources(document.Statement);
  // Nothing is allowed by no statement, which IAM's policies must have.
  if (Array.isArray(document.Statement) && document.Statement.length === 0) {
    return { policy, statements: [] };
  }
  try {
    return { policy, statements: compilePolicy(document, 'identity').statements };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw authorizerError(`Invalid policy document: ${reason}`, cause);
  }
}

function checkResources(statements: unknown): void {
  for (const statement of [statements].flat()) {
    const { Resource, NotResource } = Object(statement);
    const long = [Resource, NotResource]
      .flat()
      .find((resource) => typeof resource === 'string' && resource.length > LONGEST_RESOURCE);
    if (long !== undefined) {
      throw authorizerError(
        `Invalid policy document: a resource is longer than ${LONGEST_RESOURCE} characters`,
      );
    }
  }
}
