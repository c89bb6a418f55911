import { readFrame, recordFrames, startFrame } from '../../../src/kinesis/record-files/frame';

const lastArrival = Date.UTC(2026, 10, 20, 12);
const record = {
  partitionKey: 'ä',
  data: Buffer.from('kept'),
  arrivedAt: lastArrival,
  encrypted: false,
  sequence: 9,
};

describe('frames', () => {
  test('tips are read as they were written', () => {
    const tips = [
      { shardIndex: 1, next: 5, lastArrival, sequence: 12 },
      { shardIndex: 7, next: 1, lastArrival: 0, sequence: 1 },
    ];

    expect(readFrame(startFrame(7, 99, tips), 0)).toMatchObject({
      state: 'whole',
      content: { kind: 'start', step: 7, before: 99, tips },
    });
  });

  test.each([false, true])('a record is read as it was written, encrypted: %s', (encrypted) => {
    const placed = { shardIndex: 1, index: 5, record: { ...record, encrypted } };

    expect(readFrame(recordFrames(8, [placed]), 0)).toMatchObject({
      state: 'whole',
      content: { kind: 'record', step: 8, ...placed },
    });
  });

  // Written by the version that counted the records of each shard on their own.
  test.each([
    [
      'IQAAAC1oSxhCXoNEAwAAAAAAABxAYwAAAAEAAAAAAAAAAAAUQAAAoD6NH3pC',
      {
        kind: 'start',
        step: 7,
        before: 99,
        tips: [{ shardIndex: 1, next: 5, lastArrival, sequence: 5 }],
      },
    ],
    [
      'JQAAAKKNYE+g3aVZBAAAAAAAACBAAQAAAAAAAAAAABRAAACgPo0fekICAMOka2VwdA==',
      { kind: 'record', step: 8, shardIndex: 1, index: 5, record: { ...record, sequence: 5 } },
    ],
    [
      'JQAAAL2akM8BTbKxBQAAAAAAACBAAQAAAAAAAAAAABRAAACgPo0fekICAMOka2VwdA==',
      {
        kind: 'record',
        step: 8,
        shardIndex: 1,
        index: 5,
        record: { ...record, encrypted: true, sequence: 5 },
      },
    ],
  ])('a frame without sequences is read: its index is the sequence too', (written, content) => {
    const result = readFrame(Buffer.from(written, 'base64'), 0);

    expect(result).toMatchObject({ state: 'whole', content });
  });
});
