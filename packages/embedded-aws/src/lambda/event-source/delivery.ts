import { eventBytes, MAX_EVENT_BYTES } from './batches';
import type { Discarded } from './discarded';
import type { EventRecord } from './event';
import { firstFailed } from './partial-response';
import type { MappingSettings } from './settings';

/** The outcome of one call of the function. */
export interface CallResult {
  readonly requestId: string;
  /** `$LATEST`, `3` */
  readonly version: string;
  readonly failed: boolean;
  /** JSON. */
  readonly payload: string;
}

/** A delivery's side of its mapping. */
export interface DeliveryPorts {
  readonly settings: () => MappingSettings;
  /** After this long, in milliseconds, a record is no longer in the stream. */
  readonly retentionMs: () => number;
  /** Calls the function. @throws an error if there is none that could be called */
  call(records: readonly EventRecord[]): Promise<CallResult>;
  /** Notes records that need not be delivered again. */
  handled(records: readonly EventRecord[]): void;
  discard(discarded: Discarded): void;
  /** Waits before a batch is tried again; ends early when that may make a difference. */
  pause(milliseconds: number): Promise<void>;
  now(): number;
  /** Aborts when the mapping stops. */
  readonly signal: AbortSignal;
}

/** A batch, and how often the function was called with exactly these records. */
interface Attempt {
  readonly records: readonly EventRecord[];
  readonly calls: number;
  readonly result?: CallResult;
}

/** Of the pauses between tries. Recorded on AWS: eight calls of a batch within a minute. */
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 60_000;

/** @param failures in a row, from 1 */
export const pauseAfter = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);

/**
 * Delivers a batch until each of its records is handled or given up, in their order.
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 * @returns false if the mapping stopped before
 */
export async function deliver(
  batch: readonly EventRecord[],
  ports: DeliveryPorts,
): Promise<boolean> {
  let waiting: readonly Attempt[] = [{ records: batch, calls: 0 }];
  let failures = 0;
  for (let [attempt, ...others] = waiting; attempt; [attempt, ...others] = waiting) {
    if (ports.signal.aborted) return false;
    const young = withoutOld(attempt, ports);
    if (young !== undefined) {
      waiting = young.records.length === 0 ? others : [young, ...others];
      continue;
    }
    const after = await tryOnce(attempt, ports);
    waiting = [...after.again, ...others];
    failures = after.isProgress ? 0 : failures + 1;
    if (!after.isProgress) await ports.pause(pauseAfter(failures));
  }
  return true;
}

/** Gives up what is too old. @returns the rest; undefined if nothing is */
function withoutOld({ records, calls, result }: Attempt, ports: DeliveryPorts) {
  const { MaximumRecordAgeInSeconds: seconds } = ports.settings();
  const limit = Math.min(
    seconds === -1 ? Number.POSITIVE_INFINITY : seconds * 1000,
    ports.retentionMs(),
  );
  const horizon = ports.now() - limit;
  const isOld = ({ record }: EventRecord) => record.arrivedAt < horizon;
  const old = records.filter(isOld);
  if (old.length === 0) return undefined;
  ports.discard({ condition: 'RecordAgeExceeded', records: old, calls, result });
  ports.handled(old);
  return { records: records.filter((record) => !isOld(record)), calls };
}

/** The attempts that are left after a try, and whether the next one follows at once. */
interface Tried {
  readonly again: readonly Attempt[];
  readonly isProgress: boolean;
}

async function tryOnce(attempt: Attempt, ports: DeliveryPorts): Promise<Tried> {
  const { records } = attempt;
  let result: CallResult;
  try {
    result = await ports.call(records);
  } catch {
    // Not the function's failure: it uses up no retry.
    return { again: [attempt], isProgress: false };
  }
  const { FunctionResponseTypes } = ports.settings();
  const reports = FunctionResponseTypes.includes('ReportBatchItemFailures');
  const sequenceNumbers = () => records.map(({ record }) => record.sequenceNumber);
  let failed = result.failed ? 0 : records.length;
  if (!result.failed && reports) failed = firstFailed(result.payload, sequenceNumbers());
  if (failed > 0) {
    ports.handled(records.slice(0, failed));
    // The rest counts as a new batch.
    const rest = records.slice(failed);
    return { again: rest.length === 0 ? [] : [{ records: rest, calls: 0 }], isProgress: true };
  }
  return afterFailure(attempt, result, ports);
}

function afterFailure(
  { records, calls }: Attempt,
  result: CallResult,
  ports: DeliveryPorts,
): Tried {
  const { BisectBatchOnFunctionError, MaximumRetryAttempts: retries } = ports.settings();
  if (BisectBatchOnFunctionError && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    // Not a retry.
    return { again: halves.map((half) => ({ records: half, calls, result })), isProgress: true };
  }
  const made = calls + 1;
  const isTooLarge = records.length === 1 && eventBytes(records) > MAX_EVENT_BYTES;
  // No retry makes a record smaller.
  if (isTooLarge || (retries !== -1 && made > retries)) {
    ports.discard({ condition: 'RetryAttemptsExhausted', records, calls: made, result });
    ports.handled(records);
    return { again: [], isProgress: true };
  }
  return { again: [{ records, calls: made, result }], isProgress: false };
}
