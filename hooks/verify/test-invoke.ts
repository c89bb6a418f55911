import {
  type APIGatewayClient,
  paginateGetResources,
  TestInvokeMethodCommand,
} from '@aws-sdk/client-api-gateway';

/** A request as API Gateway's console can send it, past the door of the stage. */
export interface TestRequest {
  readonly method: string;
  /** Percent-encoded, below the stage, with the query. */
  readonly path: string;
  /** As in the route table: `/streams/{stream-name}`. */
  readonly route: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestAnswer {
  readonly status: number | undefined;
  readonly body: string;
  /** The lines of API Gateway's execution log, without times. */
  readonly log: readonly string[];
}

/** Runs a method of the API as it stands and brings its execution log, rendered body included. */
export async function testInvoke(
  client: APIGatewayClient,
  restApiId: string,
  { method, path, route, body, headers }: TestRequest,
): Promise<TestAnswer | undefined> {
  const resourceId = await resourceIdOf(client, restApiId, route);
  if (resourceId === undefined) return undefined;
  const {
    status,
    body: answer = '',
    log = '',
  } = await client.send(
    new TestInvokeMethodCommand({
      restApiId,
      resourceId,
      httpMethod: method,
      pathWithQueryString: path,
      ...(body !== undefined && { body }),
      ...(headers && { headers: { ...headers } }),
    }),
  );
  return {
    status,
    body: answer,
    log: log.split('\n').map((line) => line.replace(/^\w{3} \w{3} \d\d [\d:]+ \w+ \d{4} : /, '')),
  };
}

/** The resources of each API that a client has listed: API Gateway allows few such requests a second. */
const listed = new WeakMap<APIGatewayClient, Map<string, Promise<ReadonlyMap<string, string>>>>();

/** @returns undefined where the API has no such path */
export async function resourceIdOf(
  client: APIGatewayClient,
  restApiId: string,
  route: string,
): Promise<string | undefined> {
  const apis = listed.get(client) ?? new Map<string, Promise<ReadonlyMap<string, string>>>();
  const ids = apis.get(restApiId) ?? resourceIds(client, restApiId);
  listed.set(client, apis.set(restApiId, ids));
  return (await ids).get(route);
}

/** By path. */
async function resourceIds(
  client: APIGatewayClient,
  restApiId: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for await (const { items = [] } of paginateGetResources(
    { client, pageSize: 500 },
    { restApiId },
  )) {
    for (const { path = '', id = '' } of items) ids.set(path, id);
  }
  return ids;
}

/** The body that a log says was sent to Kinesis. */
export const renderedBody = (answer: TestAnswer): string | undefined =>
  entry(answer, 'Endpoint request body after transformations: ');

/** The body that a log says came back from Kinesis. */
export const kinesisAnswer = (answer: TestAnswer): string | undefined =>
  entry(answer, 'Endpoint response body before transformations: ');

function entry({ log }: TestAnswer, name: string): string | undefined {
  const start = log.findIndex((line) => line.startsWith(name));
  if (start === -1) return undefined;
  // A rendered template may have several lines; the next entry begins with a word of the log's.
  const rest = log.slice(start);
  const end = rest.findIndex(
    (line, index) =>
      index > 0 &&
      /^(Sending request|Received response|Endpoint |Execution |Successfully |Gateway |Method )/.test(
        line,
      ),
  );
  return rest
    .slice(0, end === -1 ? undefined : end)
    .join('\n')
    .slice(name.length);
}
