import { either, NO_VALUE, type Resource, type Resources, ref, resource } from './cloudformation';
import type { ConditionName } from './conditions';
import { DEPLOYMENT_HEADER } from './deployment-header';
import { type Endpoint, endpoints } from './endpoints';
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';
import { templateFile } from './template-files';

// Off unless the stage's `corsOrigins` names origins. One origin (or *) is a fixed header. Of several
// the answer must name the one that asked: a fragment of template finds it (templates/Cors.response.vtl).
// Credentials are never allowed: callers sign, or send a key, and have no cookies here.

type Integration = NonNullable<Resource<'AWS::ApiGateway::Method'>['Properties']['Integration']>;
type Responses = Resource<'AWS::ApiGateway::GatewayResponse'>['Properties']['ResponseParameters'];

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';
const ONE_ORIGIN = "'${param:corsOrigins}'";

/** What pages may read beside the headers that browsers always show. */
const EXPOSED = [DEPLOYMENT_HEADER, 'Retry-After', 'x-amzn-ErrorType', 'x-amzn-RequestId'];

/** What clients that sign, send a key or name an iterator need to send. */
const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'X-Amz-Content-Sha256',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Api-Key',
];

/** How long browsers may remember a preflight's answer, in seconds; more than 7200 few of them do. */
const MAX_AGE_S = 7200;

const fixed = (names: readonly string[]) => `'${names.join(',')}'`;

/** The headers of every answer, as an integration or gateway response sets them. */
const onEveryAnswer = {
  [ALLOW_ORIGIN]: either('AllowsOneOrigin', ONE_ORIGIN, NO_VALUE),
  'Access-Control-Expose-Headers': either('AllowsOrigins', fixed(EXPOSED), NO_VALUE),
  Vary: either('AllowsSeveralOrigins', "'Origin'", NO_VALUE),
};

/** Of a method's response: the headers it declares. */
export const corsHeadersDeclared = Object.fromEntries(
  Object.keys(onEveryAnswer).map((name) => [
    `method.response.header.${name}`,
    either('AllowsOrigins', false, NO_VALUE),
  ]),
);

/** Of an integration's response: their values. */
export const corsHeaders = Object.fromEntries(
  Object.entries(onEveryAnswer).map(([name, value]) => [`method.response.header.${name}`, value]),
);

/**
 * Of a gateway response: these cannot compute, so where several origins are allowed, an error names
 * whichever asked. It carries no data, and a page that is not allowed got no further than that.
 */
export const corsGatewayHeaders: NonNullable<Responses> = Object.fromEntries(
  Object.entries({
    ...onEveryAnswer,
    [ALLOW_ORIGIN]: either(
      'AllowsOneOrigin',
      ONE_ORIGIN,
      either('AllowsSeveralOrigins', 'method.request.header.Origin', NO_VALUE),
    ),
  }).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
);

/** An integration response's templates, with what several origins need before them. */
export function responseTemplates(file: string | undefined) {
  const own = file === undefined ? NO_VALUE : { 'application/json': templateFile(file) };
  const body = templateFile(file ?? 'PassThrough.response');
  const several = { 'application/json': `${templateFile('Cors.response')}${body}` };
  return either('AllowsSeveralOrigins', several, own);
}

/** What browsers ask before they let a page call: an OPTIONS method a path, open as it must be. */
export const preflights: Resources = Object.fromEntries(
  [...new Set(endpoints.map(({ path }) => path))].map((path) => [
    logicalIds.preflight(path),
    preflightMethod(path, preflightHeaders(path), 'AllowsOrigins'),
  ]),
);

type Headers = ReturnType<typeof preflightHeaders>;

/** The OPTIONS method of a path that answers with these headers. */
export function preflightMethod(path: string, headers: Headers, condition: ConditionName) {
  return resource(
    'AWS::ApiGateway::Method',
    {
      RestApiId: restApiId,
      ResourceId: ref(logicalIds.resource(path)),
      HttpMethod: 'OPTIONS',
      AuthorizationType: 'NONE',
      ApiKeyRequired: false,
      Integration: preflight(headers),
      MethodResponses: [
        {
          StatusCode: '204',
          ResponseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, false])),
        },
      ],
    },
    { Condition: condition },
  );
}

function preflight(headers: Headers): Integration {
  return {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode": 204}' },
    PassthroughBehavior: 'NEVER',
    IntegrationResponses: [
      {
        StatusCode: '204',
        ResponseParameters: headers,
        ResponseTemplates: either(
          'AllowsSeveralOrigins',
          { 'application/json': templateFile('Cors.response') },
          NO_VALUE,
        ),
      },
    ],
  };
}

function preflightHeaders(path: string) {
  const here = endpoints.filter((endpoint) => endpoint.path === path);
  const always = here.filter(({ managesStreams }) => !managesStreams);
  const methods = (some: readonly Endpoint[]) => fixed(some.map(({ method }) => method));
  return headersOfPreflight(
    here.flatMap(({ headers = {} }) => Object.keys(headers)),
    either('ManagesStreams', methods(here), methods(always)),
  );
}

/** @param methods a list between apostrophes, as parameter mappings write texts */
export function headersOfPreflight(
  more: readonly string[],
  methods: string | ReturnType<typeof either<string, string>>,
) {
  return {
    [`method.response.header.${DEPLOYMENT_HEADER}`]: 'context.deploymentId',
    ...corsHeaders,
    'method.response.header.Access-Control-Allow-Headers': fixed([...ALLOWED_HEADERS, ...more]),
    'method.response.header.Access-Control-Allow-Methods': methods,
    'method.response.header.Access-Control-Max-Age': `'${MAX_AGE_S}'`,
  };
}
