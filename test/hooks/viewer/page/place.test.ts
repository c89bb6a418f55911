import { parsePlace, recordAt } from '../../../../hooks/viewer/page/place';
import { record } from '../support';

const NUMBER = '4'.repeat(56);
const NOON = Date.UTC(2026, 0, 31, 12);
const at = (hour: number, minute = 0, second = 0) => Date.UTC(2026, 0, 31, hour, minute, second);

test.each([
  [` ${NUMBER} `, { sequenceNumber: NUMBER }],
  ['09:30', { time: at(9, 30) }],
  ['09:30:05.250', { time: at(9, 30, 5) + 250 }],
  ['2026-01-31 09:30', { time: at(9, 30) }],
  ['2026-01-31T09:30:05Z', { time: at(9, 30, 5) }],
  ['2026-01-31T10:30+01:00', { time: at(9, 30) }],
  ['15m', { time: NOON - 15 * 60_000 }],
  ['noon', undefined],
  ['25:99', undefined],
  ['1234', undefined],
  ['', undefined],
])('a place: %s', (text, place) => {
  expect(parsePlace(text, 'utc', NOON, NOON)).toEqual(place);
});

test('times without a zone are local where local times are shown', () => {
  const local = new Date(2026, 0, 31, 9, 30).getTime();
  for (const text of ['2026-01-31T09:30', '09:30']) {
    expect(parsePlace(text, 'local', new Date(2026, 0, 31, 23, 59).getTime(), local)).toEqual({
      time: local,
    });
  }
});

describe('the record at a place', () => {
  const all = [1, 2, 2, 5].map((second, index) =>
    record({ arrivedAt: at(9, 0, second), sequenceNumber: `${index}` }),
  );
  const placed = (place: Parameters<typeof recordAt>[1]) => recordAt(all, place)?.sequenceNumber;

  test('is the one with the number, or the first that arrived then or later', () => {
    expect(placed({ sequenceNumber: '2' })).toBe('2');
    expect(placed({ time: at(9, 0, 2) })).toBe('1');
    expect(placed({ time: at(9, 0, 3) })).toBe('3');
  });

  test('is not known where more has to be read', () => {
    expect(placed({ sequenceNumber: '9' })).toBeUndefined();
    expect(placed({ time: at(9, 0, 0) })).toBeUndefined();
    expect(placed({ time: at(9, 0, 6) })).toBeUndefined();
    expect(recordAt([], { time: 0 })).toBeUndefined();
  });
});
