import { NothingStoredError } from '../../../../hooks/viewer/replay/errors';
import { WrongLineError } from '../../../../hooks/viewer/replay/exported-record';
import type { Outcome } from '../../../../hooks/viewer/replay/replay';
import { outcomeText, progressText } from '../../../../hooks/viewer/replay/report';

const outcome = (more: Partial<Outcome>): Outcome => ({
  stored: 1_000,
  line: 790,
  isHeldUp: false,
  isComplete: false,
  ahead: 0,
  unsure: 0,
  doubled: [],
  ...more,
});

test.each<[Partial<Outcome>, string]>([
  [{ isComplete: true }, '1,000 records sent to orders.'],
  [
    { isComplete: true, doubled: [3] },
    '1,000 records sent to orders. Line 3 may be in the stream twice: it was sent again because no answer came.',
  ],
  [
    { ahead: 12, unsure: 1 },
    'Interrupted. 1,000 records sent to orders. Go on with --from 790. 12 records from there on are sent already: going on sends them again. 1 record from there on may be in the stream: no answer came.',
  ],
  [
    { error: new WrongLineError(795, 'is not JSON') },
    'Line 795 is not JSON: correct it first. 1,000 records sent to orders. Go on with --from 795.',
  ],
  [
    { error: new Error('too large.'), refusedLine: 790 },
    'Kinesis refuses line 790: too large. 1,000 records sent to orders. Go on with --from 790.',
  ],
  [
    { error: new NothingStoredError('Throttled') },
    'Kinesis has stored nothing for 5 minutes: Throttled. 1,000 records sent to orders. Go on with --from 790.',
  ],
])('the end of a replay: %j', (end, text) => {
  expect(outcomeText(outcome(end), 'orders')).toBe(text);
});

test('thousands of lines that may be doubled are not all named', () => {
  const doubled = Array.from({ length: 2_000 }, (_, index) => index + 1);
  expect(outcomeText(outcome({ doubled }), 'orders')).toContain(
    'Lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 … (2,000 in all) may be in the stream twice: they were',
  );
});

test('progress', () => {
  const progress = { stored: 1_234, line: 1_300, isHeldUp: false };
  expect(progressText(progress, undefined)).toBe('1,234 records sent, all before line 1,300');
  expect(
    progressText({ ...progress, isHeldUp: true, restMs: 65_000 }, { lines: 9_000, records: 9_000 }),
  ).toBe(
    '1,234 of 9,000 records sent, all before line 1,300; Kinesis holds it up, and it goes on; the next in 1 min 5 s',
  );
});
