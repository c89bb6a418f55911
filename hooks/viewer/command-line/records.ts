import type { Serverless, Utils } from '../../framework';
import { interruptionOf, listenForSignals } from '../../process/interruption';
import { Pace, systemClock } from '../reader/pace';
import { readingError } from '../reader/problem';
import { stageKinesis } from '../stage-kinesis';
import { type Printed, printRecords, type Request } from './print-records';
import { type RecordsOptions, requestOf } from './request';
import { streamOfOptions } from './stream';

/** `serverless records`. @throws HookError with what the user can do */
export async function records(
  serverless: Serverless,
  options: RecordsOptions,
  { log }: Utils,
): Promise<void> {
  const { kinesis, streams } = await stageKinesis(serverless);
  const interruption = listenForSignals();
  const closed = new AbortController();
  // `| head` has seen enough: no error of ours.
  const onError = () => closed.abort();
  process.stdout.on('error', onError);
  const signal = AbortSignal.any([interruption.signal, closed.signal]);
  try {
    const stream = await streamOfOptions(kinesis, streams, options);
    const request = requestOf({ ...options, stream }, process.stdout.isTTY === true);
    const context = { kinesis, pace: new Pace(), clock: systemClock };
    const done = await printRecords(context, request, process.stdout, log.notice, signal);
    if (request.format === 'table') log.notice(summary(done, request));
    if (done.leftOut > 0) {
      log.notice(
        `Left out: ${done.leftOut} test records of verification (--test-records shows them).`,
      );
    }
  } catch (error) {
    if (!signal.aborted) throw readingError(error);
  } finally {
    interruption.release();
    process.stdout.off('error', onError);
    kinesis.destroy();
  }
  // The framework has already wound up at the signal, or its output is closed.
  if (signal.aborted) process.exit(interruptionOf(interruption.signal)?.exitCode ?? 0);
}

const REASONS = {
  limit: 'the limit is reached',
  tip: 'no more records at the moment; --follow waits for more',
  ended: 'the shards are closed and read to their end',
} as const;

function summary({ count, because }: Printed, { plan }: Request): string {
  if (count === 0 && because === 'tip' && plan.position.type === 'LATEST') {
    return '--from latest starts at the tip: add --follow to see records arrive.';
  }
  return `${count} record${count === 1 ? '' : 's'}: ${REASONS[because]}.`;
}
