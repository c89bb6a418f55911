import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { sdkOf } from 'dev-kit/bench/client/sdk';
import type { Measurement, Outcome, Pace } from 'dev-kit/bench/measurement';
import { ms } from 'dev-kit/bench/report/table';
import { type Sample, sideBySide } from 'dev-kit/bench/statistics';
import { startEmbeddedAws } from 'embedded-aws/bench';
import { loadTarget } from '../../hooks/stage/load-target';
import { throwAwayName } from '../../hooks/stage/throw-away-name';
import { checks } from '../../hooks/verify/checks';
import { EMBEDDED_PACE } from '../../hooks/verify/pace';
import { failedOf, verify } from '../../hooks/verify/verify';
import { openService } from '../processes/cli';

const ROUNDS = 7;

/** A verification, compared with only creating and deleting a stream. */
export const verification: Measurement = {
  name: 'verification',
  title: 'Verification',
  how: 'The verifier of `serverless verify` in this process, on a stage that `serverless deploy` made, beside a stream that only comes and goes: what the verifier has to wait for anyway.',
  mostSeconds: 15,
  run: measure,
};

async function measure(pace: Pace): Promise<Outcome> {
  const aws = await startEmbeddedAws(pace);
  const service = openService(aws.port);
  const sdk = sdkOf(aws.port);
  const clients = {
    kinesis: new KinesisClient(sdk),
    apiGateway: new APIGatewayClient(sdk),
    iam: new IAMClient(sdk),
  };
  try {
    await service.run('deploy', '--skip-verify');
    const target = await loadTarget({
      stage: 'local',
      region: 'us-east-1',
      service: 'kinesis-rest-proxy',
      stackName: 'kinesis-rest-proxy-local',
      config: sdk,
    });
    const calls = countCalls(clients);
    let requests = 0;
    const samples = await sideBySide(pace.quick ? 1 : ROUNDS, {
      verification: async () => {
        calls.reset();
        const report = await verify({
          ...clients,
          target,
          checks,
          sign: async (request) => request,
          stream: throwAwayName(target),
          pace: EMBEDDED_PACE,
          keep: false,
          signal: new AbortController().signal,
          onResult: () => {},
          progress: () => {},
        });
        if (failedOf(report).length > 0) throw new Error('The healthy stage did not pass.');
        requests = report.tally.sent;
        calls.keep();
      },
      stream: () => comeAndGo(clients.kinesis, throwAwayName(target)),
    });
    const beyond = samples.verification.median - samples.stream.median;
    return {
      tables: [
        {
          header: ['', 'median', 'min to max'],
          rows: [
            ['a run', ms(samples.verification.median), range(samples.verification)],
            ['of it the stream coming and going', ms(samples.stream.median), range(samples.stream)],
            ['beyond', ms(beyond), ''],
            ['requests to the API', String(requests), ''],
            ['calls to AWS', String(calls.kept()), ''],
          ],
        },
      ],
      figures: { 'verification.beyondMs': beyond },
    };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
    await aws.stop();
    service.remove();
  }
}

const range = ({ min, max }: Sample) => `${ms(min)} to ${ms(max)}`;

async function comeAndGo(kinesis: KinesisClient, StreamName: string): Promise<void> {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  while ((await statusOf(kinesis, StreamName)) !== 'ACTIVE') await pause();
  await kinesis.send(new DeleteStreamCommand({ StreamName }));
  while ((await statusOf(kinesis, StreamName)) !== undefined) await pause();
}

async function statusOf(kinesis: KinesisClient, StreamName: string): Promise<string | undefined> {
  try {
    const answer = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName }));
    return answer.StreamDescriptionSummary?.StreamStatus;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Counts what the clients send, between a reset and a keep. */
function countCalls(
  clients: Readonly<Record<string, KinesisClient | APIGatewayClient | IAMClient>>,
) {
  let count = 0;
  let kept = 0;
  for (const { middlewareStack } of Object.values(clients)) {
    middlewareStack.add(
      ((next: (request: unknown) => unknown) => (request: unknown) => {
        count += 1;
        return next(request);
      }) as never,
      { step: 'finalizeRequest' },
    );
  }
  return {
    reset: () => {
      count = 0;
    },
    keep: () => {
      kept = count;
    },
    kept: () => kept,
  };
}
