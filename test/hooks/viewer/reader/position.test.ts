import { parsePosition } from '../../../../hooks/viewer/reader/position';

const NOW = Date.UTC(2026, 10, 22, 12);
const SEQUENCE = '49680467512710365791423513379259020696433885661798334466';

test.each([
  ['trim-horizon', { type: 'TRIM_HORIZON' }],
  ['TRIM_HORIZON', { type: 'TRIM_HORIZON' }],
  ['latest', { type: 'LATEST' }],
  [SEQUENCE, { type: 'AT_SEQUENCE_NUMBER', sequenceNumber: SEQUENCE }],
  [`after:${SEQUENCE}`, { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: SEQUENCE }],
  ['15m', { type: 'AT_TIMESTAMP', timestamp: new Date(NOW - 900_000) }],
  ['2d', { type: 'AT_TIMESTAMP', timestamp: new Date(NOW - 172_800_000) }],
  ['2026-11-22T11:30Z', { type: 'AT_TIMESTAMP', timestamp: new Date('2026-11-22T11:30:00Z') }],
  [
    '2026-11-22T12:30:01.5+02:00',
    { type: 'AT_TIMESTAMP', timestamp: new Date('2026-11-22T10:30:01.500Z') },
  ],
  ['2026-11-21T09:30', { type: 'AT_TIMESTAMP', timestamp: new Date(2026, 10, 21, 9, 30) }],
  ['2026-11-21 09:30', { type: 'AT_TIMESTAMP', timestamp: new Date(2026, 10, 21, 9, 30) }],
  ['2026-11-21', { type: 'AT_TIMESTAMP', timestamp: new Date(2026, 10, 21) }],
])('%s', (text, expected) => {
  expect(parsePosition(text, NOW)).toEqual(expected);
});

test.each([
  '',
  'yesterday',
  '1',
  '1700000000',
  'after:latest',
  'after:',
  '2026-13-45',
  '5w',
  '1e99',
])("'%s' is refused", (text) => {
  expect(() => parsePosition(text, NOW)).toThrow('is not a starting position');
});

test('a time that is still to come is refused', () => {
  expect(() => parsePosition('2026-11-22T12:01Z', NOW)).toThrow('in the future');
});
