import type { KinesisOptions } from 'embedded-aws/kinesis';

/**
 * A Kinesis whose shards take no more than they should in a second. Each look at its clock is a second
 * later, so that only what comes in one request is too much.
 */
export function limitedKinesis(): KinesisOptions {
  let now = Date.now();
  return {
    enforceThroughput: true,
    now() {
      now += 1_000;
      return now;
    },
  };
}
