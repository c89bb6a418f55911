/** A list of texts, separated by commas, each once. */
const listOf = (item: string) =>
  new RegExp(`^(?!.*(?<=^|,)(${item})(,.*)?,\\1(,|$))${item}(,${item})*$`);

const POOL = 'arn:[a-z-]+:cognito-idp:[a-z0-9-]+:\\d{12}:userpool\\/[\\w-]+_[0-9A-Za-z]+';

/** Of the stage's account, or of another one. */
export const USER_POOL = new RegExp(`^${POOL}$`);
export const USER_POOLS = listOf(POOL);
export const USER_POOL_IN_WORDS =
  'ARNs of user pools, arn:aws:cognito-idp:<region>:<account>:userpool/<id>';

/** OAuth scopes; Cognito's own begin with the identifier of a resource server, often a URL. */
const ONE_SCOPE = '[\\w.:/~*+@!-]{1,512}';
export const SCOPE = new RegExp(`^${ONE_SCOPE}$`);
export const SCOPES = listOf(ONE_SCOPE);

/** With the version or the alias, if one is to be called. */
const FUNCTION_ARN =
  'arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:function:[\\w-]{1,64}(:(\\$LATEST|[\\w-]{1,128}))?';

/** The ARN of a function, or the key of one in serverless.ts. */
export const FUNCTION = new RegExp(`^(${FUNCTION_ARN}|[\\w-]{1,128})$`);
export const FUNCTION_IN_WORDS =
  'the ARN of a Lambda function, or the key of a function in this serverless.ts';

/**
 * Where a REQUEST authorizer finds what identifies a caller: never in the path or the body.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
const SOURCE =
  '(method\\.request\\.(header|querystring|multivalueheader|multivaluequerystring)\\.[\\w-]+|stageVariables\\.\\w+|context\\.[\\w.]+)';
export const IDENTITY_SOURCE = new RegExp(`^${SOURCE}$`);
export const IDENTITY_SOURCES = listOf(SOURCE);
export const IDENTITY_SOURCE_IN_WORDS =
  'method.request.header.Name; of a REQUEST authorizer also method.request.querystring.name, stageVariables.name and context.name';

/** The only source of a token. */
export const HEADER_SOURCE = /^method\.request\.header\.[\w-]+$/;

export const VALIDATION = /^[^\r\n]+$/;

export const ROLE = /^(none|arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,576})$/;
export const ROLE_IN_WORDS =
  "the ARN of a role with which API Gateway calls the function, or 'none' if the function's owner allows it";

/** In seconds. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
export const MOST_TTL_S = 3_600;
