import { HookError } from '../../framework';
import type { RecordsOptions } from '../command-line/request';

export interface ReplayRequest {
  /** Path of the file; `-` is the standard input. */
  readonly file: string;
  readonly from: number;
  readonly speed: number;
}

/** Options that choose records of a stream, not of a file. */
const OF_READING = ['shard', 'limit', 'follow', 'test-records', 'filter', 'key', 'format'] as const;

/** @throws HookError for an option that makes no sense */
export function replayRequestOf(
  options: RecordsOptions & { readonly replay: string },
): ReplayRequest {
  const { replay: file, from = '1', speed = '1' } = options;
  const other = OF_READING.find((name) => options[name] !== undefined && options[name] !== false);
  if (other !== undefined) {
    throw new HookError(
      'REPLAY_OPTION',
      `--replay sends every line of the file and takes no --${other}: choose the records when you export them.`,
    );
  }
  if (!/^[1-9]\d{0,14}$/.test(from)) {
    throw new HookError('REPLAY_FROM_INVALID', `--from takes a line with --replay, not '${from}'.`);
  }
  return { file, from: Number(from), speed: speedOf(speed) };
}

function speedOf(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const speed = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (speed > 0) return speed;
  throw new HookError(
    'REPLAY_SPEED_INVALID',
    `--speed takes a number, such as 10 for ten times as fast as the records arrived, or max, not '${text}'.`,
  );
}
