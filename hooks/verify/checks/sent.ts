import { isDeepStrictEqual } from 'node:util';
import { type Endpoint, type EndpointId, endpoints } from '../../../resources/endpoints';
import type { Mapping } from '../../../resources/endpoints/shared/endpoint';
import { withoutStack } from '../../stage/target';
import { askAll } from '../ask-all';
import { type Check, type CheckContext, CheckFailure } from '../check';
import {
  kinesisAnswer,
  renderedBody,
  type TestAnswer,
  type TestRequest,
  testInvoke,
} from '../test-invoke';
import { ofEndpoint, withoutEndpoint } from './define';

// Checks each field of the requests that an endpoint sends to Kinesis, most of which no answer
// shows, in API Gateway's own log. Nothing is created, written or deleted: the stream's name is too
// long for Kinesis.

const AMZ_JSON_TYPE = 'application/x-amz-json-1.1';

/** Kinesis takes 128 characters. API Gateway cuts what it logs at 1,024 bytes, so not much more. */
const NAME_LENGTH = 140;

/** Each endpoint is tested as in API Gateway's console, with all of its fields at their limits. */
export const sentChecks = Object.fromEntries(
  endpoints.map((endpoint) => [
    `${endpoint.id}Sent`,
    ofEndpoint(endpoint.id, {
      title: 'passes each field to Kinesis unchanged, and returns its errors',
      // Where the role may write, only the stream's name keeps Kinesis from writing.
      writes: endpoint.method !== 'GET',
      skipReason: (target) => withoutEndpoint(endpoint, target) ?? withoutStack(target),
      async run(context) {
        // Endpoints without a body have one template under both types.
        const fullest = endpoint.mappings.findLast((each) => each.contentType === undefined);
        const ofOtherType: Mapping[] = fullest ? [{ ...fullest, contentType: AMZ_JSON_TYPE }] : [];
        const all = [...endpoint.mappings, ...ofOtherType];
        await askAll(all, (each) => expectSent(context, endpoint, each));
        return {};
      },
    }),
  ]),
) as Readonly<Record<`${EndpointId}Sent`, Check>>;

async function expectSent(
  { apiGateway, target, stream }: CheckContext,
  { method, path, streamFrom }: Endpoint,
  { query, headers, body, sends, withoutStream, contentType = 'application/json' }: Mapping,
): Promise<void> {
  const StreamName = `Ab.${stream}`.padEnd(NAME_LENGTH, '_Z').slice(0, NAME_LENGTH);
  const route = target.parameters.rootPath + path;
  const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  const request: TestRequest = {
    method,
    path: route.replace('{stream-name}', StreamName) + (search === '' ? '' : `?${search}`),
    route,
    headers: { 'content-type': contentType, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await testInvoke(apiGateway, target.restApiId, request);
  if (answer === undefined) throw new CheckFailure(`the API has no ${method} ${route}`);
  const namesStream = streamFrom === 'path' && withoutStream === undefined;
  const expected = { ...sends, ...(namesStream && { StreamName }) };
  const rendered = renderedBody(answer);
  // Not every emulator writes API Gateway's log.
  if (rendered === undefined && answer.log.every((line) => !line.startsWith('Endpoint '))) return;
  if (!isDeepStrictEqual(parsed(rendered), expected)) {
    if (contentType !== 'application/json' && (await isAlwaysJson(apiGateway, target, request))) {
      return;
    }
    throw new CheckFailure(
      `${asked(request)} becomes ${rendered?.replace(/\s+/g, ' ') ?? 'nothing'} for Kinesis, not ${JSON.stringify(expected)}`,
    );
  }
  expectOwnError(answer, request);
}

/**
 * True if API Gateway tests this request as `application/json` although its header names another
 * type, as the documentation of the console's test says. A type without a template tells: it would
 * be refused.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html
 */
async function isAlwaysJson(
  apiGateway: CheckContext['apiGateway'],
  { restApiId }: CheckContext['target'],
  request: TestRequest,
): Promise<boolean> {
  const headers = { ...request.headers, 'content-type': 'application/x-without-template' };
  return (await testInvoke(apiGateway, restApiId, { ...request, headers }))?.status !== 415;
}

/** The envelope says what Kinesis said, to the letter. */
function expectOwnError(answer: TestAnswer, request: TestRequest): void {
  if (answer.status === undefined || answer.status < 400) return;
  const own = parsed(kinesisAnswer(answer)) as Record<string, unknown> | undefined;
  const envelope = parsed(answer.body) as Record<string, unknown> | undefined;
  // The gateway truncates long log entries.
  if (own === undefined) return;
  const expected = [String(own.__type).replace(/^.*#/, ''), own.message ?? own.Message];
  if (isDeepStrictEqual([envelope?.code, envelope?.message], expected)) return;
  throw new CheckFailure(
    `${asked(request)}: Kinesis says ${expected.join(': ')}, the answer is ${answer.body.trim()}`,
  );
}

const asked = ({ method, path, body, headers }: TestRequest) =>
  [`${method} ${path} (${headers?.['content-type']})`, ...(body ? [body] : [])].join(' ');

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
