import { once } from 'node:events';
import { IN_CONTAINER, processIn, withContainers } from './support/containers';
import { type KeptAws, keptAws, type RunningAws } from './support/kept-aws';

const StreamName = 'orders';
/** So that several are under way whenever a process stops. */
const WRITERS = 4;

let kept: KeptAws;
beforeAll(async () => {
  kept = await keptAws();
});
afterAll(() => kept.remove());

/** Keeps writing until the process no longer answers. @returns the acknowledged sequence numbers */
function load(aws: RunningAws, acknowledged: Set<string>): { readonly ended: Promise<unknown> } {
  const write = async (): Promise<never> => {
    for (;;) {
      const input = { StreamName, PartitionKey: 'k', Data: 'eA==' };
      acknowledged.add((await aws.kinesis('PutRecord', input)).SequenceNumber);
    }
  };
  return { ended: Promise.allSettled(Array.from({ length: WRITERS }, write)) };
}

async function sequenceNumbers(aws: RunningAws): Promise<string[]> {
  let { ShardIterator } = await aws.kinesis('GetShardIterator', {
    StreamName,
    ShardId: 'shardId-000000000000',
    ShardIteratorType: 'TRIM_HORIZON',
  });
  const found: string[] = [];
  for (;;) {
    const answer = await aws.kinesis('GetRecords', { ShardIterator });
    if (answer.Records.length === 0) return found;
    found.push(...answer.Records.map(({ SequenceNumber }) => SequenceNumber));
    ShardIterator = answer.NextShardIterator ?? '';
  }
}

/** Waits until so many records are acknowledged. */
async function reached(acknowledged: ReadonlySet<string>, count: number): Promise<void> {
  while (acknowledged.size < count) await new Promise(setImmediate);
}

withContainers('two containers, and the host, on one folder', () => {
  test('one has it at a time, and what any of them acknowledged is there in the end', async () => {
    const acknowledged = new Set<string>();
    const first = await kept.start('shared', IN_CONTAINER);
    await first.kinesis('CreateStream', { StreamName, ShardCount: 1 });
    while ((await described(first)) !== 'ACTIVE') await new Promise(setImmediate);
    const firstLoad = load(first, acknowledged);

    // While it runs: both are process 1, and the host sees neither number.
    const refusals = await Promise.allSettled(
      [IN_CONTAINER, []].map((within) => kept.start('shared', within)),
    );
    for (const refusal of refusals) {
      const why = refusal.status === 'rejected' ? String(refusal.reason) : 'It started.';
      expect(why).toMatch(/another embedded AWS.* touched its lock a moment ago/);
      expect(why).not.toMatch(/process \d/);
    }

    // It stands still, with requests under way, and another takes over.
    await reached(acknowledged, 20);
    const holder = processIn(first.child.pid);
    process.kill(holder, 'SIGSTOP');
    const second = await kept.start('shared', IN_CONTAINER);
    const before = acknowledged.size;
    const secondLoad = load(second, acknowledged);
    await reached(acknowledged, before + 20);

    // It goes on, says that it has lost the folder, and ends.
    const ended = once(first.child, 'exit');
    process.kill(holder, 'SIGCONT');
    expect(await ended).toEqual([1, null]);
    await firstLoad.ended;
    await reached(acknowledged, before + 40);

    // The second one is killed: a third waits until its lock has lapsed.
    await second.kill();
    await secondLoad.ended;
    const third = await kept.start('shared', IN_CONTAINER);

    const found = new Set(await sequenceNumbers(third));
    expect([...acknowledged].filter((number) => !found.has(number))).toEqual([]);
    // Each writer may have had one more under way at each of the two ends.
    expect(found.size).toBeLessThanOrEqual(acknowledged.size + 2 * WRITERS);
  });
});

async function described(aws: RunningAws): Promise<string> {
  const { StreamDescriptionSummary: stream } = await aws.kinesis('DescribeStreamSummary', {
    StreamName,
  });
  return stream.StreamStatus;
}
