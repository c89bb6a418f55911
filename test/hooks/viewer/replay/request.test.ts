import { replayRequestOf } from '../../../../hooks/viewer/replay/request';

const request = (options: object) => replayRequestOf({ replay: 'orders.jsonl', ...options });

test('from the first line at their pace, or as it is told', () => {
  expect(request({})).toEqual({ file: 'orders.jsonl', from: 1, speed: 1 });
  expect(request({ from: '790', speed: '0.5' })).toMatchObject({ from: 790, speed: 0.5 });
  expect(request({ speed: 'max', follow: false }).speed).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  [{ from: 'latest' }, '--from takes a line with --replay'],
  [{ from: '0' }, '--from takes a line'],
  [{ speed: '0' }, '--speed takes a number'],
  [{ speed: '-1' }, '--speed takes a number'],
  [{ speed: 'fast' }, '--speed takes a number'],
  [{ key: 'ann' }, 'takes no --key'],
  [{ follow: true }, 'takes no --follow'],
])('%j is refused', (options, message) => {
  expect(() => request(options)).toThrow(message);
});
