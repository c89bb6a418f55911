import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
import { BenchError, type Measurement, type Outcome, type Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms } from 'dev-kit/bench/report/table';
import { median, type Sample, sideBySide } from 'dev-kit/bench/statistics';
import { startEmbeddedAws } from 'embedded-aws/bench';
import { loadTarget } from '../../hooks/stage/load-target';
import { throwAwayName } from '../../hooks/stage/throw-away-name';
import { checksOf } from '../../hooks/verify/checks';
import { openLoopback } from '../../hooks/verify/loopback';
import { EMBEDDED_PACE } from '../../hooks/verify/pace';
import { preflight } from '../../hooks/verify/preflight';
import { failedOf, verify } from '../../hooks/verify/verify';
import type { Streams } from '../../resources/streams/declaration';
import { declaredStreams } from '../../resources/streams/declared';
import { openService } from '../processes/cli';

const ROUNDS = 7;

/** The declarations in streams.ts: none, or streams as users have them. */
const STAGES = {
  'no declared streams': {},
  'three declared streams': {
    orders: { key: '$.customerId', schema: 'schemas/order.json' },
    clicks: {},
    payments: { envelope: true, shards: 2 },
  },
} as const satisfies Readonly<Record<string, Streams>>;

type StageName = keyof typeof STAGES;

const ORDER = {
  schema: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties: { customerId: { type: 'string', minLength: 1 }, total: { type: 'number' } },
    required: ['customerId'],
  },
  sample: { customerId: 'c-1', total: 9.5 },
};

/** A verification, compared with only creating and deleting a stream. */
export const verification: Measurement = {
  name: 'verification',
  title: 'Verification',
  how: 'The verifier of `serverless verify` in this process, all checks, on stages that `serverless deploy` made, beside a stream that only comes and goes: what the verifier has to wait for anyway. The CPU time is that of the verifier and the embedded AWS together.',
  mostSeconds: 25,
  run: measure,
};

async function measure(pace: Pace): Promise<Outcome> {
  const measured: Partial<Record<StageName, Measured>> = {};
  for (const name of Object.keys(STAGES) as StageName[]) {
    pace.progress(name);
    measured[name] = await measureStage(pace, STAGES[name]);
  }
  const all = Object.values(measured);
  const row = (text: string, cell: (one: Measured) => string) => [text, ...all.map(cell)];
  return {
    tables: [
      {
        header: ['', ...Object.keys(measured)],
        rows: [
          row('a run', ({ run }) => ms(run.median)),
          row('its shortest and longest', ({ run }) => `${ms(run.min)} to ${ms(run.max)}`),
          row('of it the stream coming and going', ({ stream }) => ms(stream.median)),
          row('beyond', ({ beyondMs }) => ms(beyondMs)),
          row('CPU', ({ cpuMs }) => ms(cpuMs)),
          row('checks', ({ checks }) => String(checks)),
          row('requests to the API', ({ requests }) => String(requests)),
          row('calls to AWS', ({ calls }) => String(calls)),
        ],
      },
    ],
    figures: {
      'verification.beyondMs': measured['three declared streams']?.beyondMs ?? Number.NaN,
      'verification.withoutStreams.beyondMs':
        measured['no declared streams']?.beyondMs ?? Number.NaN,
    },
  };
}

interface Measured {
  readonly run: Sample;
  readonly stream: Sample;
  readonly beyondMs: number;
  readonly cpuMs: number;
  readonly checks: number;
  readonly requests: number;
  readonly calls: number;
}

/** @param streams what streams.ts declares */
async function measureStage(pace: Pace, streams: Streams): Promise<Measured> {
  const aws = await startEmbeddedAws(pace);
  const service = openService(aws.port, { streams: JSON.stringify(streams) });
  const sdk = sdkOf(aws.port);
  const clients = {
    kinesis: new KinesisClient(sdk),
    apiGateway: new APIGatewayClient(sdk),
    iam: new IAMClient(sdk),
  };
  const loopback = openLoopback();
  try {
    writeSchema(service.folder);
    await service.run('deploy', '--skip-verify');
    const target = await loadTarget({
      stage: 'local',
      region: 'us-east-1',
      service: 'kinesis-rest-proxy',
      stackName: 'kinesis-rest-proxy-local',
      declared: declaredStreams(streams, { stage: 'local', folder: service.folder }),
      config: sdk,
    });
    const ways = await preflight(target, clients);
    const checks = checksOf(target.streams);
    const calls = countCalls(clients);
    const cpu: number[] = [];
    let requests = 0;
    const verifyOnce = async () => {
      calls.reset();
      const before = await cpuOf(aws);
      const report = await verify({
        ...clients,
        ...ways,
        target,
        checks,
        stream: throwAwayName(target),
        pace: EMBEDDED_PACE,
        keep: false,
        signal: new AbortController().signal,
        direct: loopback.direct,
        onResult: () => {},
        progress: () => {},
      });
      const failed = failedOf(report).map(({ name }) => name);
      if (failed.length > 0) throw new BenchError(`The healthy stage fails ${failed.join(', ')}.`);
      cpu.push((await cpuOf(aws)) - before);
      requests = report.tally.sent;
      calls.keep();
    };
    const samples = await sideBySide(pace.quick ? 1 : ROUNDS, {
      run: verifyOnce,
      stream: () => comeAndGo(clients.kinesis, throwAwayName(target)),
    });
    return {
      ...samples,
      beyondMs: samples.run.median - samples.stream.median,
      // The first warms up.
      cpuMs: median(cpu.slice(1)),
      checks: Object.keys(checks).length,
      requests,
      calls: calls.kept(),
    };
  } finally {
    loopback.close();
    for (const client of Object.values(clients)) client.destroy();
    await aws.stop();
    service.remove();
  }
}

function writeSchema(folder: string): void {
  const schemas = path.join(folder, 'schemas');
  mkdirSync(schemas, { recursive: true });
  writeFileSync(path.join(schemas, 'order.json'), JSON.stringify(ORDER.schema));
  writeFileSync(path.join(schemas, 'order.sample.json'), JSON.stringify(ORDER.sample));
}

/** The CPU time of this process and the server, in milliseconds. */
async function cpuOf(aws: Server): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + (await aws.usage()).cpuMs;
}

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
