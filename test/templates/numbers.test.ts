import { render } from '../support/render';

/** Route, the parameter, and the member that Kinesis is sent. */
const NUMBERS = [
  ['ListStreams', 'limit', 'Limit'],
  ['DescribeStream', 'limit', 'Limit'],
  ['ListShards', 'limit', 'MaxResults'],
  ['GetRecords', 'limit', 'Limit'],
  ['GetShardIterator', 'timestamp', 'Timestamp'],
] as const;

function memberOf(action: string, name: string, member: string, value: string): unknown {
  return JSON.parse(render(`${action}.request`, { query: { [name]: value } }).text)[member];
}

const routes = test.each(NUMBERS);

routes('%s: %s is a number where it is one', (action, name, member) => {
  for (const value of ['0', '1', '999999999']) {
    expect(memberOf(action, name, member, value)).toBe(Number(value));
  }
});

routes('%s: %s that is no number is a text that Kinesis refuses', (action, name, member) => {
  const others = ['1234567890123', '-1', '1e3', '1\n', ' 1', '1 2', '0x1', '１', '1,"x":1', "it's"];
  for (const value of others) expect(memberOf(action, name, member, value)).toBe(value);
});

test('a timestamp may have a fraction', () => {
  const timestamp = (value: string) =>
    memberOf('GetShardIterator', 'timestamp', 'Timestamp', value);

  expect(timestamp('1732860000.123')).toBe(1732860000.123);
  expect(timestamp('1.2.3')).toBe('1.2.3');
  expect(timestamp('1.')).toBe('1.');
});
