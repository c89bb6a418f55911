import { type Endpoint, type EndpointId, endpoints } from '../../../resources/endpoints';
import type { Parameter } from '../../../resources/endpoints/shared/endpoint';
import { goodRequest, takesBody } from '../../../resources/endpoints/shared/good-request';
import { entrancesOf } from '../../stage/entrances';
import type { Target } from '../../stage/target';
import { type Ask, ask, askRefused } from '../ask';
import { askAll } from '../ask-all';
import type { Check, CheckContext } from '../check';
import { type Door, kinesisName } from '../doors/door';
import { ofEndpoint, withoutEndpoint } from './define';

/**
 * Text that ends its own value and adds other members if a template pastes it unencoded. That
 * results in a harmless request, which Kinesis cannot parse (SerializationException); encoded, it
 * is a value that Kinesis rejects. The apostrophe is there because escapeJavaScript makes it
 * invalid JSON.
 */
const TEXT = `it's","StreamName":7,"Limit":"x","y":"`;

const isSigned = (target: Target) =>
  entrancesOf(target).some(({ authorization }) => authorization === 'AWS_IAM');

/** Signers do not agree on how to encode an apostrophe in a path, so signed requests do without. */
const hostileName = ({ stream, target }: CheckContext) =>
  stream + (isSigned(target) ? TEXT.replace("'", '') : TEXT);
const NOT_TAKEN = /^(Validation|InvalidArgument|ExpiredIterator|ExpiredNextToken)Exception$/;

/**
 * Pasted, it is a number and a member that Kinesis ignores; encoded, it is text and not a number.
 */
const NUMBER = '1,"x":1';
const NO_NUMBER = /^(Serialization|Validation)Exception$/;

type Hostile = readonly [code: RegExp, request: Ask];

const isNumber = ({ schema: { type } }: Parameter) => type === 'integer' || type === 'number';

/**
 * One request for each parameter that is handed on to Kinesis, and those that the endpoint adds.
 */
function hostileRequests(endpoint: Endpoint<EndpointId>, door: Door): Hostile[] {
  const { query = {}, headers = {}, hostile = [] } = endpoint;
  const good = goodRequest(endpoint);
  const refusable = (parameters: Readonly<Record<string, Parameter>>) =>
    Object.entries(parameters).filter(
      ([name, { takesAnyText }]) => !takesAnyText && door.takes(endpoint.id, kinesisName(name)),
    );
  return [
    ...refusable(query).map(([name, parameter]): Hostile => {
      const [code, value] = isNumber(parameter) ? [NO_NUMBER, NUMBER] : [NOT_TAKEN, TEXT];
      return [code, { ...good, query: { ...good.query, [name]: value } }];
    }),
    ...refusable(headers).map(
      ([name]): Hostile => [NOT_TAKEN, { ...good, headers: { [name]: TEXT } }],
    ),
    ...(door.isOwn ? hostile : []).map((request): Hostile => [NOT_TAKEN, { ...good, ...request }]),
  ];
}

/** Every endpoint is sent text that would change Kinesis's request, if a template let it. */
export const hostileChecks = Object.fromEntries(
  endpoints.map((endpoint) => [
    `${endpoint.id}Hostile`,
    ofEndpoint(endpoint.id, {
      title: 'hostile text stays inside its own value',
      writes: false,
      skipReason: (target) => withoutEndpoint(endpoint, target),
      async run(context) {
        const status = context.door.isOwn ? 400 : [200, 400];
        const ofStream: Hostile = [
          NOT_TAKEN,
          { ...goodRequest(endpoint), stream: hostileName(context) },
        ];
        const requests = [
          ...(endpoint.streamFrom === 'path' ? [ofStream] : []),
          ...hostileRequests(endpoint, context.door),
        ];
        await askAll(requests, ([code, given]) =>
          askRefused(context, endpoint.id, status, code, given),
        );
        return {};
      },
    }),
  ]),
) as Readonly<Record<`${EndpointId}Hostile`, Check>>;

/** Endpoints that take no body accept only the content types that have a template. */
export const contentTypeChecks = Object.fromEntries(
  endpoints
    .filter((endpoint) => !takesBody(endpoint))
    .map((endpoint) => [
      `${endpoint.id}ContentTypes`,
      ofEndpoint(endpoint.id, {
        title: "accepts Kinesis's content type, rejects others (415)",
        writes: false,
        skipReason: (target) => withoutEndpoint(endpoint, target),
        async run(context) {
          // No stream has this name, so that a DELETE hits nothing.
          const request = { ...goodRequest(endpoint), stream: hostileName(context) };
          await ask(context, endpoint.id, 415, {
            ...request,
            headers: { 'content-type': 'text/plain' },
          });
          await ask(context, endpoint.id, endpoint.streamFrom === 'none' ? 200 : 400, {
            ...request,
            headers: { 'content-type': 'application/x-amz-json-1.1' },
          });
          return {};
        },
      }),
    ]),
) as Readonly<Record<`${EndpointId}ContentTypes`, Check>>;
