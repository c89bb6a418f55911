import { APIGatewayClient, type APIGatewayClientConfig } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { KinesisOptions } from 'embedded-aws/kinesis';
import { goLive } from '../../hooks/existing-api/live';
import { apiStage, type Target } from '../../hooks/stage/target';
import type { Direct } from '../../hooks/verify/api-client';
import type { ParameterName } from '../../resources/parameters';
import type { Streams } from '../../resources/streams/declaration';
import { deployInProcess, type InProcessStage } from '../support/in-process-stage';
import { createKafkaRest } from '../support/kafka-rest';
import { createKarapace } from '../support/karapace';
import { ownersApi } from '../support/owners-api';
import { makeAuthorizer } from '../support/token-stages';
import { allowAccessLogs, WHOLE, withFrameworksOwn } from '../support/whole-stack';
import { KAFKA_REST_URL, KARAPACE_URL } from './backends';
import type { Damage } from './damage';

function kafkaRest(): typeof fetch {
  const kafka = {
    [KAFKA_REST_URL]: createKafkaRest('orders'),
    [KARAPACE_URL]: createKarapace('orders'),
  };
  return async (input, init) => {
    const { origin } = new URL(String(input));
    if (Object.hasOwn(kafka, origin)) return kafka[origin as keyof typeof kafka].fetch(input, init);
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    throw new TypeError('fetch failed', { cause });
  };
}

/** The way to the API, for requests and not for URLs. */
export type Transport = (request: Request) => Promise<Response>;

/** A deployed stage on an embedded AWS of its own, and clients of that. */
export interface Stage {
  readonly target: Target;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  readonly kinesis: KinesisClient;
  /** For clients of other services. */
  readonly config: ReturnType<InProcessStage['sdk']>;
  readonly transport: Transport;
  /** To the backends of HTTP integrations. */
  readonly backend: typeof fetch;
  /** The same way, for a verifier with nothing in between. */
  readonly direct: Direct;
  /** Puts Kinesis's clock forward by a day, so that what takes for ever is over. */
  skipTime(): void;
}

export type Parameters = Partial<Record<ParameterName, string>>;

export interface StageOptions {
  readonly parameters?: Parameters | undefined;
  /** Puts the routes under an API that its owner made and deployed before, to a stage `live`. */
  readonly existingApi?: boolean | undefined;
  /** With logs, a canary and a bucket of deployments. */
  readonly whole?: boolean | undefined;
  /** That the stack declares. */
  readonly streams?: Streams | undefined;
  /** Changes the template before it is deployed. */
  readonly template?: Damage | undefined;
  readonly kinesis?: KinesisOptions | undefined;
  /** The code of the function that parameter `authorizerFunction` names. */
  readonly authorizer?: string | undefined;
}

const DAY_MS = 86_400_000;

/** Deploys the stack, open unless the parameters say otherwise. */
export async function deployStage({
  parameters,
  existingApi = false,
  whole = false,
  streams,
  template,
  kinesis,
  authorizer,
}: StageOptions = {}): Promise<Stage> {
  let skippedMs = 0;
  const now = () => Date.now() + skippedMs;
  const backend = kafkaRest();
  const values = { authorization: 'NONE', ...parameters };
  const stage = await deployInProcess(
    async (config) => {
      if (whole) await allowAccessLogs(config);
      if (authorizer !== undefined) await makeAuthorizer(config, authorizer);
      return {
        ...values,
        ...(whole && { ...WHOLE, ...parameters }),
        ...(existingApi && (await ownersParameters(config))),
      };
    },
    (compiled) => {
      if (whole) withFrameworksOwn(compiled);
      template?.(compiled);
    },
    { now, ...kinesis },
    backend,
    streams,
  );
  const config = stage.sdk();
  if (existingApi) await takeLive(config, await stage.target());
  return {
    target: await stage.target(),
    apiGateway: new APIGatewayClient(config),
    iam: new IAMClient(config),
    kinesis: new KinesisClient(config),
    config,
    backend,
    direct: stage.direct,
    transport: (request) => Promise.race([stage.transport(request), aborted(request.signal)]),
    skipTime() {
      skippedMs += DAY_MS;
    },
  };
}

/** Makes an API as somebody else would; the parameters name it. */
async function ownersParameters(config: APIGatewayClientConfig): Promise<Parameters> {
  const api = await ownersApi(config);
  await api.mock(await api.path('orders'), 'GET');
  await api.deploy('live');
  api.client.destroy();
  const { restApiId, rootResourceId } = api;
  return { restApiId, rootResourceId, restApiStage: 'live' };
}

/** Does what hooks/existing-api.ts does after the stack is deployed. */
async function takeLive(config: APIGatewayClientConfig, target: Target): Promise<void> {
  const { restApiId, rootResourceId, rootPath } = target.parameters;
  const stageName = apiStage(target);
  const api = { restApiId, rootResourceId, rootPath, stageName, owner: 'kinesis-rest-proxy-dev' };
  const client = new APIGatewayClient(config);
  await goLive(client, api, 'content');
  client.destroy();
}

/** A client that waits no longer; what it waited for goes on, as on the other side of a wire. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
