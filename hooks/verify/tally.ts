import { isLost, type Trouble } from '../process/retries';

/** An answer that came only when the request was repeated. */
export interface Retried {
  /** `PUT /streams/a-stream/record` */
  readonly request: string;
  /** `status 500`, oldest first. */
  readonly why: readonly string[];
}

/** How the requests of a run went, all together. */
export interface Tally {
  /** Requests sent, repeated ones included. */
  sent: number;
  /** Of these, the ones that met a transient fault: no answer, 429, 5xx, or another answerer. */
  faulty: number;
  /** Requests, repeated ones counted once. */
  answers: number;
  /** The requests that had to be repeated. */
  readonly retried: Retried[];
  /** Of these, the ones that got a wrong answer; lost answers are the network's fault. */
  wrong: number;
  /** Of these, the ones that were only throttled. */
  throttled: number;
  /** How often no answer came. */
  lost: number;
  /** How often Kinesis or API Gateway throttled any request of the run. */
  busy: number;
}

export const emptyTally = (): Tally => ({
  sent: 0,
  faulty: 0,
  answers: 0,
  retried: [],
  wrong: 0,
  throttled: 0,
  lost: 0,
  busy: 0,
});

const isWrong = (trouble: Trouble) => trouble === 'busy' || trouble === 'fault';

/** Counts a try that may have to be repeated. */
export function countTrouble(tally: Tally, trouble: Trouble): void {
  if (trouble === 'elsewhere') return;
  tally.faulty += 1;
  if (isLost(trouble)) tally.lost += 1;
  if (trouble === 'busy') tally.busy += 1;
}

/** Counts a request that was repeated. */
export function countRetried(tally: Tally, retried: Retried, met: readonly Trouble[]): void {
  tally.retried.push(retried);
  if (!met.some(isWrong)) return;
  tally.wrong += 1;
  if (!met.includes('fault')) tally.throttled += 1;
}
