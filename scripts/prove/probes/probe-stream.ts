import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamConsumerCommand,
  DescribeStreamSummaryCommand,
  GetShardIteratorCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import type { Bench, Observed } from './probe';

/** The first shard of every stream. */
export const SHARD = 'shardId-000000000000';

/**
 * Asks on a stream of the probe's own, which is deleted afterwards, or at the latest when the run is
 * removed.
 */
export async function withStream(
  bench: Bench,
  name: string,
  ask: (stream: string) => Promise<Observed>,
  shards = 1,
): Promise<Observed> {
  const { run, recorder } = bench;
  const client = run.clients.kinesis;
  const StreamName = `${run.stackName}-probe-${name}`;
  const refused = await recorder.refusal(
    client,
    new CreateStreamCommand({ StreamName, ShardCount: shards, Tags: { probe: name } }),
  );
  if (refused !== undefined && refused.error !== 'ResourceInUseException') {
    throw Object.assign(new Error(refused.message), { name: refused.error });
  }
  try {
    await active(bench, StreamName);
    return await ask(StreamName);
  } finally {
    await recorder.refusal(
      client,
      new DeleteStreamCommand({ StreamName, EnforceConsumerDeletion: true }),
    );
  }
}

/** Waits until a stream is ACTIVE. */
export async function active({ run }: Bench, StreamName: string): Promise<void> {
  for (;;) {
    const { StreamDescriptionSummary: summary } = await run.clients.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    if (summary?.StreamStatus === 'ACTIVE') return;
    await sleep(run.pauseMs);
  }
}

/** An iterator at the beginning of a shard. */
export async function iterator({ run, recorder }: Bench, StreamName: string, ShardId = SHARD) {
  const { ShardIterator } = await recorder.command(
    run.clients.kinesis,
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  return ShardIterator;
}

/** The ARN of a stream. */
export async function arnOf({ run }: Bench, StreamName: string): Promise<string> {
  const { StreamDescriptionSummary: summary } = await run.clients.kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  return summary?.StreamARN ?? '';
}

/** Registers a consumer and waits until it is ACTIVE. @returns what the registration answered */
export async function consumerOf({ run, recorder }: Bench, StreamARN: string) {
  const client = run.clients.kinesis;
  const ConsumerName = 'probe';
  const { Consumer } = await recorder.command(
    client,
    new RegisterStreamConsumerCommand({ StreamARN, ConsumerName }),
  );
  const status = async () =>
    (await client.send(new DescribeStreamConsumerCommand({ StreamARN, ConsumerName })))
      .ConsumerDescription?.ConsumerStatus;
  while ((await status()) !== 'ACTIVE') await sleep(run.pauseMs);
  return Consumer;
}
