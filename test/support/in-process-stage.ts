import path from 'node:path';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  IAMClient,
  type IAMClientConfig,
} from '@aws-sdk/client-iam';
import type { Dispatcher } from 'embedded-aws';
import { createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import type { KinesisOptions } from 'embedded-aws/kinesis';
import type { CompiledTemplate } from '../../hooks/framework';
import { loadTarget } from '../../hooks/stage/load-target';
import type { Target } from '../../hooks/stage/target';
import type { Direct } from '../../hooks/verify/api-client';
import { bodyBytes } from '../../hooks/verify/body-bytes';
import { FOREIGN } from '../../hooks/verify/events/access';
import type { Producers } from '../../resources/producers/declaration';
import { declaredProducers } from '../../resources/producers/declared';
import type { Streams } from '../../resources/streams/declaration';
import { type DeclaredStream, declaredStreams } from '../../resources/streams/declared';
import { compiledStack } from './compiled-stack';
import { deployStack } from './deploy-stack';
import { USER_POOLS, withKeys } from './token-stages';

/** Where requests to an embedded AWS in this process seem to go. */
export const ENDPOINT = 'http://127.0.0.1:4566';
const REGION = 'us-east-1';
const SERVICE = 'kinesis-rest-proxy';
const StackName = `${SERVICE}-dev`;

/** Where the schemas of declared streams are. */
const FOLDER = path.join(__dirname, '..', 'fixtures', 'events');

/** The account that everything is in. */
export const ACCOUNT = '000000000000';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The streams as stage `dev` has them: it takes no test records, unless they say so. */
export const declaredOnDev = (streams: Streams) =>
  declaredStreams(streams, { stage: 'dev', folder: FOLDER });

/** Stage `dev` of the stack, on an embedded AWS in this process: no socket is opened. */
export interface InProcessStage {
  readonly restApiId: string;
  /** The embedded AWS itself, for tests that put a socket before it. */
  readonly aws: Dispatcher;
  /** Configuration for SDK clients; as the account's owner unless told who. */
  sdk(credentials?: Credentials): ReturnType<typeof sdkOf>;
  /** The stage as the verifier's target. */
  target(credentials?: Credentials): Promise<Target>;
  /** Updates the stack to have these producers. @param once damages the template of this update */
  withProducers(producers: Producers, once?: (template: CompiledTemplate) => void): Promise<void>;
  /** A `fetch` that calls the deployed API. */
  readonly transport: typeof fetch;
  /** The same without `fetch`'s requests and answers, for a verifier that calls it often. */
  readonly direct: Direct;
  /** Makes an IAM user who has this policy and no other. */
  userWith(policy: string): Promise<Credentials>;
}

type Values = Readonly<Record<string, string>>;

/**
 * @param values of the stage's parameters; where they name what has to be there first, what makes
 *   that
 * @param damage is done to the template before it is deployed
 * @param kinesis how the Kinesis behaves, if it is not a quick and sound one
 * @param http what the endpoints of HTTP integrations are called with, in place of the network
 * @param streams that the stack declares
 * @param producers likewise
 */
export async function deployInProcess(
  values: Values | ((config: ReturnType<typeof sdkOf>) => Promise<Values>) = {},
  damage: (template: CompiledTemplate) => void = () => {},
  kinesis: KinesisOptions = {},
  http?: typeof fetch,
  streams: Streams = {},
  producers: Producers = {},
): Promise<InProcessStage> {
  const declared = declaredOnDev(streams);
  const aws = createAws({
    fetch: withKeys(http ?? fetch),
    userPools: USER_POOLS,
    // The verifier must see what AWS would answer, which does not enforce preflights.
    allowOrigins: [...originsIn(values), ...originsOf(declared)],
    kinesis: { createMs: 1, deleteMs: 1, ...kinesis },
  });
  const sdk = (credentials?: Credentials) => sdkOf(aws, credentials);
  const parameters = {
    accessLogs: 'false',
    // A verifier that keeps to them takes a minute.
    endpointThrottles: 'false',
    invokeUrl: `${ENDPOINT}/_aws/execute-api/\${RestApi}/\${Stage}`,
    ...(typeof values === 'function' ? await values(sdk()) : values),
  };
  const producersOf = (given: Producers) =>
    declaredProducers(given, { stage: 'dev', streams: declared });
  let own = producersOf(producers);
  const deploy = (once: (template: CompiledTemplate) => void = () => {}) => {
    const template = structuredClone(compiled(parameters, declared, own));
    damage(template);
    once(template);
    return deployStack(sdk(), StackName, template);
  };
  const { RestApiId: restApiId = '' } = await deploy();
  const target = (credentials?: Credentials) =>
    loadTarget({
      stage: 'dev',
      region: REGION,
      service: SERVICE,
      stackName: StackName,
      declared,
      producers: own,
      config: sdk(credentials),
    });
  let users = 0;
  return {
    restApiId,
    aws,
    sdk,
    target,
    async withProducers(given, once) {
      own = producersOf(given);
      await deploy(once);
    },
    transport: transportTo(aws),
    direct: directTo(aws),
    userWith: (policy) => makeUser(new IAMClient(sdk()), `user-${++users}`, policy),
  };
}

/** By parameters: most stages of a process have the same ones, and each damages a copy. */
const compiledPlain = new Map<string, CompiledTemplate>();

function compiled(
  parameters: Values,
  declared: readonly DeclaredStream[],
  producers: ReturnType<typeof declaredProducers>,
): CompiledTemplate {
  const compile = () => compiledStack(parameters, 'dev', REGION, declared, producers);
  if (declared.length > 0 || producers.length > 0) return compile();
  const key = JSON.stringify(parameters);
  const template = compiledPlain.get(key) ?? compile();
  compiledPlain.set(key, template);
  return template;
}

function originsIn(values: Parameters<typeof deployInProcess>[0] = {}): string[] {
  const { corsOrigins = '' } = typeof values === 'function' ? {} : values;
  return corsOrigins.split(',').filter((origin) => origin.includes('://'));
}

/** Those of the streams' pages, and the one that verification is refused with. */
function originsOf(declared: readonly DeclaredStream[]): string[] {
  const own = declared.flatMap(({ origins }) => origins).filter((origin) => origin !== '*');
  return own.length > 0 ? [...new Set([...own, FOREIGN])] : [];
}

/** Configuration for SDK clients of an embedded AWS; as the account's owner unless told who. */
export function sdkOf(
  aws: Dispatcher,
  credentials: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' },
) {
  return {
    region: REGION,
    endpoint: ENDPOINT,
    credentials,
    maxAttempts: 1,
    signerConstructor: naming(credentials),
    requestHandler: answeredBy((request) => aws.handle(request)),
  };
}

type SignerConstructor = NonNullable<IAMClientConfig['signerConstructor']>;
type Signer = InstanceType<SignerConstructor>;

/**
 * Names the credentials of a request in place of signing it: this AWS looks at no signature of its
 * services' clients, and there are a hundred requests in one verification.
 */
const naming = ({ accessKeyId }: Credentials): SignerConstructor =>
  class implements Signer {
    readonly #service: string;

    constructor({ service }: ConstructorParameters<SignerConstructor>[0]) {
      this.#service = service;
    }

    async sign(request: Parameters<Signer['sign']>[0]) {
      const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
      const scope = [time.slice(0, 8), REGION, this.#service, 'aws4_request'].join('/');
      request.headers['x-amz-date'] = time;
      request.headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host, Signature=none`;
      return request;
    }
  };

function transportTo(aws: Dispatcher): typeof fetch {
  return async (input) => {
    const request = input as Request;
    const url = new URL(request.url);
    const { status, headers, body } = await aws.handle({
      method: request.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: { host: url.host, ...Object.fromEntries(request.headers) },
      body: Buffer.from(await request.arrayBuffer()),
      sourceIp: '127.0.0.1',
      protocol: 'HTTP/1.1',
    });
    const isBodiless = [204, 304].includes(status);
    return new Response(isBodiless ? null : new Uint8Array(Buffer.from(body as Buffer)), {
      status,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    });
  };
}

/** The way to the APIs of an embedded AWS, without a socket. */
export function directTo(aws: Dispatcher): Direct {
  const bytesOf = bodyBytes();
  return async ({ method, url, headers, body, signal }) => {
    const { host, pathname, search } = new URL(url);
    const handled = aws.handle({
      method,
      path: pathname,
      query: search.slice(1),
      headers: { host, accept: '*/*', ...lowerCased(headers) },
      body: bytesOf(body ?? ''),
      sourceIp: '127.0.0.1',
      protocol: 'HTTP/1.1',
    });
    // The request continues even if its caller stops waiting.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const answer = await Promise.race([handled, aborted]);
    return {
      status: answer.status,
      headers: lowerCased(answer.headers),
      body: Buffer.from(answer.body as Buffer).toString(),
    };
  };
}

const lowerCased = (headers: object) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

async function makeUser(
  iam: IAMClient,
  UserName: string,
  PolicyDocument: string,
): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName }));
  // An inline policy of a user may not have more than 2,048 characters.
  const { Policy: policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: UserName, PolicyDocument }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: policy?.Arn }));
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' };
}
