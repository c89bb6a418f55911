import { PutGatewayResponseCommand } from '@aws-sdk/client-api-gateway';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { checks } from '../../hooks/verify/checks';
import { onlyReading } from '../../hooks/verify/checks/api';
import { failure } from '../../hooks/verify/report';
import type { Report } from '../../hooks/verify/verify';
import { limitedKinesis } from '../faults/limited-kinesis';
import {
  deployStage,
  KAFKA_REST_URL,
  KARAPACE_URL,
  type Parameters,
  type Stage,
} from '../faults/stage';
import { verifyStage } from '../faults/verify-fault';

// A sound stage passes, however it is set up, and as often as one likes: a verifier that cries wolf
// is one that nobody heeds.

/** Everything that a report complains of. */
function complaints({ results, teardown, target }: Report): string[] {
  const told = results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'failed') return [`${name}: ${failure(outcome, target).join('\n')}`];
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    return [`${name} ${outcome.status}: ${outcome.because}`];
  });
  return teardown === 'complete' ? told : [...told, 'the stream is not deleted'];
}

const streamsOf = async ({ kinesis }: Stage) =>
  (await kinesis.send(new ListStreamsCommand({}))).StreamNames;

const KEYS = ['1', '2']
  .map(
    (last) => `arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-55555555555${last}`,
  )
  .join();

const MODES: readonly (readonly [string, Parameters])[] = [
  ['open', {}],
  ['AWS_IAM', { authorization: 'AWS_IAM' }],
  ['API_KEY', { authorization: 'API_KEY' }],
  ['one origin', { corsOrigins: 'https://app.example.com' }],
  ['several origins', { corsOrigins: 'https://app.example.com,https://admin.example.com:8443' }],
  ['every origin', { corsOrigins: '*' }],
  [
    'several origins and signatures',
    { corsOrigins: 'https://a.example,https://b.example', authorization: 'AWS_IAM' },
  ],
  ['no management of streams', { manageStreams: 'false' }],
  ['a pattern of streams', { streams: 'orders-*' }],
  ['a pattern of how streams end', { streams: '*-eu' }],
  ['a pattern that ends otherwise', { streams: 'team-?-*-eu', manageStreams: 'false' }],
  ['one stream, by its name', { streams: 'orders' }],
  ['one stream that the API does not manage', { streams: 'orders', manageStreams: 'false' }],
  ['a pattern as long as a name may be', { streams: `${'o'.repeat(127)}*` }],
  ['keys of its own', { kmsKeyArns: KEYS }],
  [
    'one stream, keys of its own, signatures, no management of streams',
    { streams: 'orders', kmsKeyArns: KEYS, authorization: 'AWS_IAM', manageStreams: 'false' },
  ],
  ['a Kafka REST proxy', { kafkaRestUrl: KAFKA_REST_URL }],
  [
    'a Kafka REST proxy, signatures, origins, no management of streams',
    {
      kafkaRestUrl: KAFKA_REST_URL,
      authorization: 'AWS_IAM',
      corsOrigins: 'https://app.example.com',
      manageStreams: 'false',
    },
  ],
  ['Karapace', { kafkaRestUrl: KARAPACE_URL }],
  [
    'Karapace, keys, no management of streams',
    { kafkaRestUrl: KARAPACE_URL, authorization: 'API_KEY', manageStreams: 'false' },
  ],
  ['a Kafka REST proxy and keys', { kafkaRestUrl: KAFKA_REST_URL, authorization: 'API_KEY' }],
  [
    'limits of its own, and traces',
    { throttleRate: '500', throttleBurst: '1000', tracing: 'true' },
  ],
];

describe('a sound stage passes', () => {
  test.each(MODES)('%s', async (_, parameters) => {
    const stage = await deployStage({ parameters });

    const report = await verifyStage(stage);

    expect(complaints(report)).toEqual([]);
    expect(report.tally.faulty).toBe(0);
    expect(await streamsOf(stage)).toEqual([]);
  });

  test.each(['NONE', 'AWS_IAM', 'API_KEY'])("under somebody else's API: %s", async (mode) => {
    const parameters = { authorization: mode, corsOrigins: 'https://app.example.com' };
    const stage = await deployStage({ parameters, existingApi: true });
    // The owner's changes to the rest of the API are not faults of the routes.
    await stage.apiGateway.send(
      new PutGatewayResponseCommand({
        restApiId: stage.target.restApiId,
        responseType: 'DEFAULT_4XX',
        statusCode: '418',
        responseTemplates: { 'application/json': '"no"' },
      }),
    );

    const report = await verifyStage(stage);

    expect(complaints(report)).toEqual([]);
  });

  test('of a private API', async () => {
    const vpcEndpoints = 'vpce-0123456789abcdef0';
    const stage = await deployStage({ parameters: { vpcEndpoints } });

    const report = await verifyStage(stage, {
      transport(request) {
        request.headers.set('x-amzn-vpce-id', vpcEndpoints);
        return stage.transport(request);
      },
    });

    expect(complaints(report)).toEqual([]);
  });

  test.each([KAFKA_REST_URL, KARAPACE_URL])(
    'where the verifier cannot reach the Kafka REST proxy itself: %s',
    async (kafkaRestUrl) => {
      const stage = await deployStage({ parameters: { kafkaRestUrl } });
      const backend = async () => {
        throw new TypeError('fetch failed');
      };

      expect(complaints(await verifyStage(stage, { backend }))).toEqual([]);
    },
  );

  test('with a Kinesis that keeps to its limits', async () => {
    const stage = await deployStage({ kinesis: limitedKinesis() });

    expect(complaints(await verifyStage(stage))).toEqual([]);
  });

  test('when nothing may be written', async () => {
    const stage = await deployStage({ parameters: { authorization: 'AWS_IAM' } });

    expect(complaints(await verifyStage(stage, { checks: onlyReading(checks) }))).toEqual([]);
  });
});

test('50 times in a row', async () => {
  const stage = await deployStage();
  const runs: string[][] = [];
  const sent = new Set<number>();

  for (let run = 0; run < 50; run += 1) {
    const report = await verifyStage(stage);
    runs.push(complaints(report));
    sent.add(report.tally.sent);
  }

  expect(runs).toEqual(Array(50).fill([]));
  // No request was repeated, in any run.
  expect(sent.size).toBe(1);
  expect(await streamsOf(stage)).toEqual([]);
});

test('four at once do not disturb each other', async () => {
  const stage = await deployStage();

  const reports = await Promise.all(Array.from({ length: 4 }, () => verifyStage(stage)));

  expect(reports.map(complaints)).toEqual([[], [], [], []]);
  expect(new Set(reports.map(({ stream }) => stream)).size).toBe(4);
  expect(await streamsOf(stage)).toEqual([]);
});
