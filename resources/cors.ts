import {
  either,
  NO_VALUE,
  type Resource,
  type Resources,
  ref,
  resource,
  type Value,
} from './cloudformation';
import type { ConditionName } from './conditions';
import { DEPLOYMENT_HEADER } from './deployment-header';
import { type Endpoint, endpoints } from './endpoints';
import { pageOrigins } from './events/page-origins';
import { restApiId } from './existing-api';
import { logicalIds } from './logical-ids';
import type { DeclaredStream } from './streams/declared';
import { templateFile } from './template-files';

// CORS, enabled by the stage's `corsOrigins`. A single origin (or *) is a fixed header. With
// several, the answer must name the caller's origin, which templates/Cors.response.vtl selects.
// Credentials are never allowed: callers sign or send a key, and there are no cookies.

type Integration = NonNullable<Resource<'AWS::ApiGateway::Method'>['Properties']['Integration']>;
/** Parameters and templates of an integration response. */
type Parameters = Readonly<Record<string, Value<string>>>;
type Templates = Value<Record<string, string>>;
type Responses = Resource<'AWS::ApiGateway::GatewayResponse'>['Properties']['ResponseParameters'];

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';
const ONE_ORIGIN = "'${param:corsOrigins}'";

/** Response headers that pages may read besides those that browsers always expose. */
const EXPOSED = [DEPLOYMENT_HEADER, 'Retry-After', 'x-amzn-ErrorType', 'x-amzn-RequestId'];

/** How long browsers may cache a preflight's answer, in seconds; few cache it longer. */
const MAX_AGE_S = 7200;

const fixed = (names: readonly string[]) => `'${names.join(',')}'`;

/** The value of Access-Control-Expose-Headers. */
export const exposedHeaders = fixed(EXPOSED);

/** CORS headers of every answer, by name. */
const onEveryAnswer = {
  [ALLOW_ORIGIN]: either('AllowsOneOrigin', ONE_ORIGIN, NO_VALUE),
  'Access-Control-Expose-Headers': either('AllowsOrigins', exposedHeaders, NO_VALUE),
  Vary: either('AllowsSeveralOrigins', "'Origin'", NO_VALUE),
};

/** The headers that a method response must declare. */
export const corsHeadersDeclared = Object.fromEntries(
  Object.keys(onEveryAnswer).map((name) => [
    `method.response.header.${name}`,
    either('AllowsOrigins', false, NO_VALUE),
  ]),
);

/** The headers' values for an integration response. */
export const corsHeaders = Object.fromEntries(
  Object.entries(onEveryAnswer).map(([name, value]) => [`method.response.header.${name}`, value]),
);

/**
 * The headers' values for a gateway response. These run no templates and are those of the whole API,
 * so with several origins, or streams that have their own, they allow any origin that called. That is
 * safe: these errors carry no data.
 */
export function corsGatewayHeaders(declared: readonly DeclaredStream[]): NonNullable<Responses> {
  const headers = declared.some((stream) => pageOrigins(stream) !== undefined)
    ? ofAnyCaller
    : {
        ...onEveryAnswer,
        [ALLOW_ORIGIN]: either(
          'AllowsOneOrigin',
          ONE_ORIGIN,
          either('AllowsSeveralOrigins', CALLER, NO_VALUE),
        ),
      };
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
  );
}

const CALLER = 'method.request.header.Origin';

const ofAnyCaller = {
  [ALLOW_ORIGIN]: CALLER,
  'Access-Control-Expose-Headers': exposedHeaders,
  Vary: "'Origin'",
};

/** The templates of an integration response, preceded by the CORS fragment where needed. */
export function responseTemplates(file: string | undefined) {
  const own = file === undefined ? NO_VALUE : { 'application/json': templateFile(file) };
  return either(
    'AllowsSeveralOrigins',
    choosingOrigin(templateFile(file ?? 'PassThrough.response')),
    own,
  );
}

/** The templates of an answer that names the caller's origin, if the stage allows it. */
export const choosingOrigin = (text: string) => ({
  'application/json': `${templateFile('Cors.response')}${text}`,
});

/** One OPTIONS method per path. Open, because browsers send preflights without credentials. */
export const preflights: Resources = Object.fromEntries(
  [...new Set(endpoints.map(({ path }) => path))].map((path) => [
    logicalIds.preflight(path),
    preflightMethod(path, preflightHeaders(path), 'AllowsOrigins'),
  ]),
);

type Headers = ReturnType<typeof preflightHeaders>;

/** An OPTIONS method that answers preflights with the given headers, if the stage allows origins. */
export function preflightMethod(path: string, headers: Headers, condition: ConditionName) {
  const templates = either('AllowsSeveralOrigins', choosingOrigin(''), NO_VALUE);
  return openPreflight(path, headers, templates, condition);
}

/**
 * An OPTIONS method that answers preflights.
 * @param templates of the answer, which may choose its origin
 * @param condition undefined: every stage has it
 */
export function openPreflight(
  path: string,
  headers: Parameters,
  templates: Templates,
  condition?: ConditionName,
) {
  return resource(
    'AWS::ApiGateway::Method',
    {
      RestApiId: restApiId,
      ResourceId: ref(logicalIds.resource(path)),
      HttpMethod: 'OPTIONS',
      AuthorizationType: 'NONE',
      ApiKeyRequired: false,
      Integration: preflight(headers, templates),
      MethodResponses: [
        {
          StatusCode: '204',
          ResponseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, false])),
        },
      ],
    },
    condition && { Condition: condition },
  );
}

function preflight(headers: Parameters, templates: Templates): Integration {
  return {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode": 204}' },
    PassthroughBehavior: 'NEVER',
    IntegrationResponses: [
      {
        StatusCode: '204',
        ResponseParameters: headers,
        ResponseTemplates: templates,
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

/** @param methods a quoted list, as in parameter mappings: `'GET,PUT'` */
export function headersOfPreflight(
  more: readonly string[],
  methods: string | ReturnType<typeof either<string, string>>,
  cors: Parameters = corsHeaders,
) {
  return {
    [`method.response.header.${DEPLOYMENT_HEADER}`]: 'context.deploymentId',
    ...cors,
    'method.response.header.Access-Control-Allow-Headers': fixed([
      '${param:corsAllowHeaders}',
      ...more,
    ]),
    'method.response.header.Access-Control-Allow-Methods': methods,
    'method.response.header.Access-Control-Max-Age': `'${MAX_AGE_S}'`,
  };
}
