import type { RunningAws } from './kept-aws';

/** Two streams that take records; the second one's shards are split and merged all the time. */
export const STEADY = 'steady';
export const RESHARDED = 'resharded';

/** Acknowledged records, and those read back. */
export interface Ledger {
  /** Sequence numbers by record, `{writer}/{count}`. */
  readonly acknowledged: Map<string, string>;
  /** Streams made and not deleted; one whose deletion was not answered is in neither. */
  readonly made: Set<string>;
  readonly deleted: Set<string>;
  /** The value of the tag that was set last; a later one that was not answered may be there too. */
  tag: { readonly answered: number; readonly sent: number };
}

export const newLedger = (): Ledger => ({
  acknowledged: new Map(),
  made: new Set(),
  deleted: new Set(),
  tag: { answered: 0, sent: 0 },
});

/** Numbers that are the same in each run: mulberry32. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

/** Writes from several connections, and kills the process after so many answers. */
export async function loadAndKill(
  aws: RunningAws,
  ledger: Ledger,
  answers: number,
  random: (below: number) => number,
  round: number,
): Promise<void> {
  let left = answers;
  let killed: Promise<void> | undefined = left === 0 ? aws.kill() : undefined;
  const call: Call = async (action, input) => {
    const answer = await aws.kinesis(action, input);
    left -= 1;
    // In the middle of what the other connections have sent.
    if (left === 0) killed = aws.kill();
    return answer;
  };
  const isOver = () => killed !== undefined;
  const writers = [
    ...[0, 1, 2].map((writer) => putOneByOne(call, ledger, `${round}-${writer}`, random)),
    putBatches(call, ledger, `${round}-batch`, random),
    makeStreams(call, ledger, round),
    setTags(call, ledger),
    reshard(call, random),
  ];
  await Promise.all(writers.map((step) => repeat(step, isOver)));
  await killed;
}

type Call = RunningAws['kinesis'];

/** Repeats a step until the process is gone. @throws what the service refuses */
async function repeat(step: () => Promise<void>, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      await step();
    } catch (error) {
      if (isOver()) return;
      throw error;
    }
  }
}

const dataOf = (id: string, size: number): string =>
  Buffer.from(`${id} ${'·'.repeat(size)}`).toString('base64');

function putOneByOne(
  call: Call,
  ledger: Ledger,
  writer: string,
  random: (below: number) => number,
) {
  let count = 0;
  return async () => {
    const id = `${writer}/${count++}`;
    const { SequenceNumber } = await call('PutRecord', {
      StreamName: random(2) === 0 ? STEADY : RESHARDED,
      PartitionKey: `schlüssel-${random(50)}`,
      Data: dataOf(id, random(300)),
    });
    ledger.acknowledged.set(id, SequenceNumber);
  };
}

function putBatches(call: Call, ledger: Ledger, writer: string, random: (below: number) => number) {
  let count = 0;
  return async () => {
    const ids = Array.from({ length: 1 + random(40) }, () => `${writer}/${count++}`);
    const { Records } = await call('PutRecords', {
      StreamName: STEADY,
      Records: ids.map((id) => ({ PartitionKey: id, Data: dataOf(id, random(1_000)) })),
    });
    for (const [index, id] of ids.entries()) {
      ledger.acknowledged.set(id, Records[index]?.SequenceNumber ?? '');
    }
  };
}

function makeStreams(call: Call, ledger: Ledger, round: number) {
  let count = 0;
  return async () => {
    const name = `made-${round}-${count++}`;
    await call('CreateStream', { StreamName: name, ShardCount: 2 });
    ledger.made.add(name);
    if (count % 2 === 0) return;
    ledger.made.delete(name);
    await call('DeleteStream', { StreamName: name });
    ledger.deleted.add(name);
  };
}

function setTags(call: Call, ledger: Ledger) {
  return async () => {
    const sent = ledger.tag.sent + 1;
    ledger.tag = { ...ledger.tag, sent };
    await call('AddTagsToStream', { StreamName: STEADY, Tags: { count: String(sent) } });
    ledger.tag = { answered: sent, sent };
  };
}

function reshard(call: Call, random: (below: number) => number) {
  return async () => {
    const { StreamDescriptionSummary: stream } = await call('DescribeStreamSummary', {
      StreamName: RESHARDED,
    });
    if (stream.StreamStatus !== 'ACTIVE') return;
    const TargetShardCount = stream.OpenShardCount > 3 ? 2 : 3 + random(2);
    const scaling = { ScalingType: 'UNIFORM_SCALING', TargetShardCount };
    await call('UpdateShardCount', { StreamName: RESHARDED, ...scaling });
  };
}
