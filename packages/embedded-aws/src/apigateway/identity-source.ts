/**
 * Where an authorizer finds who sends a request. The first part is how identity sources begin.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
const PLACES = {
  'method.request.header': 'header',
  'method.request.multivalueheader': 'multivalueheader',
  'method.request.querystring': 'querystring',
  'method.request.multivaluequerystring': 'multivaluequerystring',
  stageVariables: 'stageVariables',
  context: 'context',
} as const;

/** One value of a request that tells who sends it. */
export interface IdentitySource {
  readonly place: (typeof PLACES)[keyof typeof PLACES];
  /** Of the header, the parameter and so on; of `context` it may be a path: `identity.sourceIp`. */
  readonly name: string;
}

const SOURCE =
  /^(?<place>method\.request\.[a-z]+|stageVariables|context)\.(?<name>[^\s,.](?:[^\s,]*[^\s,.])?)$/;

/**
 * Parses `method.request.header.Auth, context.identity.sourceIp`: one or more sources, between
 * commas. A blank text is no source.
 * @throws Error naming the part that is no identity source
 */
export function parseIdentitySources(text: string | undefined): readonly IdentitySource[] {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part) => parseOne(part.trim()));
}

function parseOne(text: string): IdentitySource {
  const { place = '', name = '' } = SOURCE.exec(text)?.groups ?? {};
  const known = Object.entries(PLACES).find(([start]) => start === place);
  if (known === undefined) throw new Error(`'${text}' is no identity source`);
  return { place: known[1], name };
}
