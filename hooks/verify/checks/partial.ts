import { ask, expectEqual, expectStatus, jsonObject, listOf } from '../ask';
import { type Check, CheckFailure } from '../check';
import { asBatchData } from '../records';
import { ofEndpoint } from './define';

/** Two of them are more than a shard takes in a second. */
const SIZE = 600_000;

/**
 * Kinesis answers 200 also when it refused records of a batch, which must not look as if all were well.
 * A shard takes one MiB a second, so of this batch it refuses some. Emulators may take them all; then
 * there is nothing to see.
 */
export const partialBatch: Check = ofEndpoint('PutRecords', {
  title: 'reports a partly failed batch (207)',
  requires: ['stream', 'batch'],
  async run(context) {
    const record = { data: asBatchData('x'.repeat(SIZE)), 'partition-key': 'large' };
    const body = { records: [record, record] };
    const answer = await ask(context, 'PutRecords', [200, 207], { body });
    const failed = listOf(answer, 'Records').filter(({ ErrorCode }) => ErrorCode !== undefined);
    expectEqual(answer, 'FailedRecordCount', jsonObject(answer).FailedRecordCount, failed.length);
    if (context.door.isOwn) expectStatus(answer, failed.length > 0 ? 207 : 200);
    else if (failed.length > 0 && answer.status === 200) {
      const message = `the answer is 200, though ${failed.length} of 2 records were refused`;
      throw new CheckFailure(message, answer, { fault: 'hides' });
    }
    return {};
  },
});
