import type { DeclaredStream } from '../streams/declared';
import { violations } from './validator';

/** An event that was good until now. */
export interface Before {
  /** The stream's short name. */
  readonly name: string;
  /** JSON */
  readonly sample: string;
}

/** A stream whose schema refuses what it took until now. */
export interface Breaking {
  readonly name: string;
  readonly schemaFile: string;
  /** `/currency must be string` */
  readonly reasons: readonly string[];
}

/** The earlier samples of the streams that a stack was packaged with. */
export const samplesOf = (streams: readonly DeclaredStream[]): Before[] =>
  streams.flatMap(({ name, contract }) =>
    contract === undefined ? [] : [{ name, sample: contract.sample }],
  );

/** The streams whose schema refuses an earlier sample: senders that still send so lose events. */
export function breakingSchemas(
  before: readonly Before[],
  declared: readonly DeclaredStream[],
): Breaking[] {
  return declared.flatMap(({ name, contract }) => {
    if (contract === undefined) return [];
    const reasons = before
      .filter((earlier) => earlier.name === name && earlier.sample !== contract.sample)
      .flatMap(({ sample }) => violations(contract.schema, JSON.parse(sample)));
    return reasons.length === 0 ? [] : [{ name, schemaFile: contract.schemaFile, reasons }];
  });
}
