import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { HookError, type Serverless, type Utils } from '../../framework';
import { interruptionOf, listenForSignals } from '../../process/interruption';
import { parameterOf } from '../../stage/deployed-stage';
import type { RecordsOptions } from '../command-line/request';
import { streamOfOptions } from '../command-line/stream';
import { systemClock } from '../reader/pace';
import { readingError } from '../reader/problem';
import { listShards } from '../reader/shards';
import { stageKinesis } from '../stage-kinesis';
import { type ReplayRecord, recordsOfLine } from './exported-record';
import { chunksOf, linesOf } from './lines';
import { type Outcome, type Progress, replay } from './replay';
import { outcomeText, progressText } from './report';
import { type ReplayRequest, replayRequestOf } from './request';
import { survey } from './survey';

/** How long an answer to a request is waited for. */
const TIMEOUT_MS = 15_000;
/** How often a log that is no terminal is told. */
const NOTE_EVERY_MS = 10_000;

/** `serverless records --replay`. @throws HookError with what the user can do */
export async function replayRecords(
  serverless: Serverless,
  options: RecordsOptions & { readonly replay: string },
  utils: Utils,
): Promise<void> {
  const request = replayRequestOf(options);
  // Sent again by the replay itself, which then knows what may be doubled.
  const { kinesis, streams } = await stageKinesis(serverless, { maxAttempts: 1 });
  const interruption = listenForSignals();
  const { signal } = interruption;
  try {
    const stream = await streamOfOptions(kinesis, streams, options);
    refuseProtected(serverless, options, stream);
    await listShards(kinesis, stream, signal);
    const outcome = await send(kinesis, stream, request, utils, signal);
    const text = outcomeText(outcome, stream);
    if (outcome.error !== undefined) {
      throw new HookError('REPLAY_STOPPED', text, { cause: outcome.error });
    }
    utils.log.notice(text);
  } catch (error) {
    if (!signal.aborted) throw readingError(error);
    utils.log.notice('Interrupted before anything was sent.');
  } finally {
    interruption.release();
    kinesis.destroy();
  }
  // The framework has already wound up at the signal.
  if (signal.aborted) process.exit(interruptionOf(signal)?.exitCode ?? 0);
}

function refuseProtected(serverless: Serverless, options: RecordsOptions, stream: string): void {
  if (parameterOf(serverless, 'protected') !== 'true' || options['allow-protected']) return;
  const stage = serverless.getProvider('aws').getStage();
  throw new HookError(
    'STAGE_PROTECTED',
    `Stage ${stage} is protected: --replay would write to its stream ${stream}. Pass --allow-protected to allow that.`,
  );
}

async function send(
  kinesis: KinesisClient,
  stream: string,
  { file, from, speed }: ReplayRequest,
  { log, progress }: Utils,
  signal: AbortSignal,
): Promise<Outcome> {
  const chunks = await chunksOf(file);
  const total = chunks.isFile ? await survey(file, chunks.read(), from, signal) : undefined;
  if (total !== undefined && total.lines < from && from > 1) {
    throw new HookError('REPLAY_FROM_INVALID', `${file} has no line ${from} to go on from.`);
  }
  const told = progress.create({ name: 'replay', message: 'Sending' });
  let notedAt = systemClock.now();
  const onProgress = (now: Progress) => {
    const text = progressText(now, total);
    told.update(text);
    if (process.stderr.isTTY || systemClock.now() - notedAt < NOTE_EVERY_MS) return;
    notedAt = systemClock.now();
    log.notice(text);
  };
  const target = {
    clock: systemClock,
    speed,
    put: (records: readonly ReplayRecord[]) => put(kinesis, stream, records),
  };
  try {
    return await replay(recordsIn(chunks.read(), from), target, from, onProgress, signal);
  } finally {
    told.remove();
  }
}

async function* recordsIn(
  chunks: AsyncIterable<Uint8Array>,
  from: number,
): AsyncGenerator<ReplayRecord, void, undefined> {
  for await (const line of linesOf(chunks, from)) yield* recordsOfLine(line);
}

async function put(
  kinesis: KinesisClient,
  StreamName: string,
  records: readonly ReplayRecord[],
): Promise<readonly (string | undefined)[]> {
  const { Records = [] } = await kinesis.send(
    new PutRecordsCommand({
      StreamName,
      Records: records.map(({ partitionKey, explicitHashKey, data }) => ({
        PartitionKey: partitionKey,
        ExplicitHashKey: explicitHashKey,
        Data: data,
      })),
    }),
    { abortSignal: AbortSignal.timeout(TIMEOUT_MS) },
  );
  return records.map((_, index) => Records[index]?.ErrorCode);
}
