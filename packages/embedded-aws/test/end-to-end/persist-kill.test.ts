import { type KeptAws, keptAws, type RunningAws } from './support/kept-aws';
import { loadAndKill, newLedger, RESHARDED, STEADY, seeded } from './support/kill-load';
import { differences, KillReader } from './support/kill-reader';

/** A hundred kills; state that has grown through more of them would take most of the time to read. */
const FOLDERS = Array.from({ length: 10 }, (_, folder) => folder);
const ROUNDS = 10;
/** More than the connections have under way at once, so that some of each kind are answered. */
const MOST_ANSWERS = 60;

let kept: KeptAws;

beforeAll(async () => {
  kept = await keptAws();
});

afterAll(() => kept.remove());

test.each(FOLDERS)(
  `after each of ${ROUNDS} kills under load, everything that was answered for is there: folder %i`,
  async (folder) => {
    const state = `folder-${folder}`;
    const random = seeded(20261122 + folder);
    const ledger = newLedger();
    const reader = new KillReader();
    let aws = await kept.start(state);
    for (const [name, ShardCount] of [[STEADY, 4] as const, [RESHARDED, 2] as const]) {
      await aws.kinesis('CreateStream', { StreamName: name, ShardCount });
      await active(aws, name);
    }

    for (let round = 0; round < ROUNDS; round++) {
      await loadAndKill(aws, ledger, random(MOST_ANSWERS), random, round);
      aws = await kept.start(state);
      await reader.readOn(aws);

      expect({ round, problems: await differences(aws, ledger, reader) }).toEqual({
        round,
        problems: [],
      });
    }

    const afresh = new KillReader();
    await afresh.readOn(aws);
    await aws.kill();
    expect(afresh.problems).toEqual([]);
    expect(afresh.records).toEqual(reader.records);
    expect(ledger.acknowledged.size).toBeGreaterThan(ROUNDS);
  },
);

async function active(aws: RunningAws, name: string): Promise<void> {
  for (;;) {
    const { StreamDescriptionSummary: stream } = await aws.kinesis('DescribeStreamSummary', {
      StreamName: name,
    });
    if (stream.StreamStatus === 'ACTIVE') return;
  }
}
