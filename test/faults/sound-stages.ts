import { KAFKA_REST_URL, KARAPACE_URL } from './backends';
import type { Parameters } from './stage';

/** A sound stage, and how it is verified. */
export interface SoundStage {
  readonly parameters?: Parameters;
  /** Under an API of somebody else, who has changed the rest of it. */
  readonly existingApi?: true;
  /** The verifier reaches the Kafka REST proxy through the API alone. */
  readonly isBackendOutOfReach?: true;
  /** Kinesis keeps to its limits. */
  readonly isLimited?: true;
  /** Nothing is written. */
  readonly onlyReads?: true;
  /** How often it is verified, one time after the other. */
  readonly times?: number;
  /** How many verifications run at the same time. */
  readonly atOnce?: number;
}

const KEYS = ['1', '2']
  .map(
    (last) => `arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-55555555555${last}`,
  )
  .join();

export const PRIVATE_ENDPOINT = 'vpce-0123456789abcdef0';

const MODES: Readonly<Record<string, Parameters>> = {
  open: {},
  AWS_IAM: { authorization: 'AWS_IAM' },
  API_KEY: { authorization: 'API_KEY' },
  'one origin': { corsOrigins: 'https://app.example.com' },
  'several origins': { corsOrigins: 'https://app.example.com,https://admin.example.com:8443' },
  'every origin': { corsOrigins: '*' },
  'several origins and signatures': {
    corsOrigins: 'https://a.example,https://b.example',
    authorization: 'AWS_IAM',
  },
  'no management of streams': { manageStreams: 'false' },
  'a pattern of streams': { streams: 'orders-*' },
  'a pattern of how streams end': { streams: '*-eu' },
  'a pattern that ends otherwise': { streams: 'team-?-*-eu', manageStreams: 'false' },
  'one stream, by its name': { streams: 'orders' },
  'one stream that the API does not manage': { streams: 'orders', manageStreams: 'false' },
  'a pattern as long as a name may be': { streams: `${'o'.repeat(127)}*` },
  'keys of its own': { kmsKeyArns: KEYS },
  'one stream, keys of its own, signatures, no management of streams': {
    streams: 'orders',
    kmsKeyArns: KEYS,
    authorization: 'AWS_IAM',
    manageStreams: 'false',
  },
  'a Kafka REST proxy': { kafkaRestUrl: KAFKA_REST_URL },
  'a Kafka REST proxy, signatures, origins, no management of streams': {
    kafkaRestUrl: KAFKA_REST_URL,
    authorization: 'AWS_IAM',
    corsOrigins: 'https://app.example.com',
    manageStreams: 'false',
  },
  Karapace: { kafkaRestUrl: KARAPACE_URL },
  'Karapace, keys, no management of streams': {
    kafkaRestUrl: KARAPACE_URL,
    authorization: 'API_KEY',
    manageStreams: 'false',
  },
  'a Kafka REST proxy and keys': { kafkaRestUrl: KAFKA_REST_URL, authorization: 'API_KEY' },
  'limits of its own, and traces': { throttleRate: '500', throttleBurst: '1000', tracing: 'true' },
};

const ofMode = (parameters: Parameters): SoundStage => ({ parameters });

const under = (authorization: 'NONE' | 'AWS_IAM' | 'API_KEY'): SoundStage => ({
  parameters: { authorization, corsOrigins: 'https://app.example.com' },
  existingApi: true,
});

/** Every way to set up a sound stage, the one that takes longest first. */
export const soundStages: Readonly<Record<string, SoundStage>> = {
  '50 times in a row': { times: 50 },
  'four times at once': { atOnce: 4 },
  ...Object.fromEntries(
    Object.entries(MODES).map(([name, parameters]) => [name, ofMode(parameters)]),
  ),
  "under somebody else's API": under('NONE'),
  "under somebody else's API, with signatures": under('AWS_IAM'),
  "under somebody else's API, with keys": under('API_KEY'),
  'of a private API': { parameters: { vpcEndpoints: PRIVATE_ENDPOINT } },
  'where the verifier cannot reach the Kafka REST proxy itself': {
    parameters: { kafkaRestUrl: KAFKA_REST_URL },
    isBackendOutOfReach: true,
  },
  'where the verifier cannot reach Karapace itself': {
    parameters: { kafkaRestUrl: KARAPACE_URL },
    isBackendOutOfReach: true,
  },
  'with a Kinesis that keeps to its limits': { isLimited: true },
  'when nothing may be written': { parameters: { authorization: 'AWS_IAM' }, onlyReads: true },
};
