import { ask, expectEqual, expectStatus, jsonObject, listOf } from '../ask';
import type { Check } from '../check';
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
    expectStatus(answer, failed.length > 0 ? 207 : 200);
    return {};
  },
});
