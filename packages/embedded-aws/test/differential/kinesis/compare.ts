import type { KinesisError } from 'dev-kit/testing/kinesis-answers';
import type { Reply, Step } from './target';

/** Values that differ between engines: only their presence is compared. */
const VOLATILE =
  /SequenceNumber$|ShardIterator$|Timestamp$|^NextToken$|ARN$|^MillisBehindLatest$|^StartedAt$|^EarliestAllowedEndAt$/;

/** A step on which the two do not agree. */
export interface Difference {
  readonly step: string;
  readonly embedded: string;
  readonly other: string;
}

/** Compares what two engines answered to one scenario, step by step. */
export function differences(embedded: readonly Step[], other: readonly Step[]): Difference[] {
  return embedded.flatMap(({ name, reply }, index) => {
    const ours = summary(reply);
    const theirs = summary(other[index]?.reply);
    return ours === theirs ? [] : [{ step: name, embedded: ours, other: theirs }];
  });
}

/** An error is its status and type, a success its content without what differs in every run. */
function summary(reply: Reply | undefined): string {
  if (reply === undefined) return 'nothing';
  const { status, body } = reply;
  if (status !== 200)
    return `${status} ${String((body as Partial<KinesisError> | undefined)?.__type ?? '').replace(/^.*#/, '')}`.trim();
  return `200 ${JSON.stringify(content('', body ?? {}))}`;
}

function content(name: string, value: unknown): unknown {
  if (VOLATILE.test(name)) return typeof value;
  if (Array.isArray(value)) return value.map((item) => content('', item));
  if (typeof value !== 'object' || value === null) return value;
  // Null says the same as nothing to every SDK, and so does NONE of a record.
  const members = Object.entries(value).filter(
    ([member, inner]) => inner !== null && !(member === 'EncryptionType' && inner === 'NONE'),
  );
  return Object.fromEntries(
    members
      .map(([member, inner]) => [member, content(member, inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
