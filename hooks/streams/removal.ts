import { setTimeout as pause } from 'node:timers/promises';
import { DeregisterStreamConsumerCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { listed } from '../framework/listed';
import { pollMs } from '../stage/change-set';
import type { Stack } from '../stage/load-target';
import { foreignConsumers, summaryOf } from './look';
import { stackStreams } from './template';

/** A consumer is gone after a few seconds; one that stays is CloudFormation's to complain of. */
const GONE_WITHIN_MS = 60_000;

/**
 * Deregisters the consumers that others have registered on streams that go with the stack, because
 * CloudFormation could not delete these: nothing is left for a consumer there.
 * @returns lines for the user
 */
export async function releaseConsumers(kinesis: KinesisClient, stack: Stack): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, keeps, consumers } of stackStreams(stack)) {
    if (keeps) continue;
    const foreign = await foreignConsumers(kinesis, name, consumers);
    if (foreign.length === 0) continue;
    for (const { arn: ConsumerARN } of foreign) {
      await kinesis.send(new DeregisterStreamConsumerCommand({ ConsumerARN }));
    }
    const until = Date.now() + GONE_WITHIN_MS;
    while ((await foreignConsumers(kinesis, name, consumers)).length > 0 && Date.now() < until) {
      await pause(pollMs());
    }
    lines.push(
      `Deregistered the consumers of ${name}, which is deleted: ${listed(foreign.map((each) => each.name))}`,
    );
  }
  return lines;
}

/**
 * The streams that a removal leaves.
 * @param stack as it was before
 * @returns a line with each stream's name and what it holds, for those that are still there
 */
export async function leftStreams(kinesis: KinesisClient, stack: Stack): Promise<string[]> {
  const left: string[] = [];
  for (const { name, keeps } of stackStreams(stack)) {
    if (keeps && (await summaryOf(kinesis, name)) !== undefined) left.push(name);
  }
  return left;
}
