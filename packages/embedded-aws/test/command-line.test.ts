import { readCommandLine } from '../src/command-line';
import { OptionError } from '../src/core/option-error';

test('everything has a default', () => {
  expect(readCommandLine([], {})).toEqual({
    type: 'start',
    options: {
      port: 4566,
      kinesis: {},
      strict: false,
      allowHosts: [],
      allowOrigins: [],
      userPools: {},
    },
  });
});

test('reads every option', () => {
  const args = [
    ...['--port', '0', '--persist', 'state', '--strict', '--kinesis', '{"createMs":1}'],
    ...['--allow-host', 'aws, other', '--allow-host', 'third'],
    ...['--allow-origin', 'http://localhost:3000'],
    ...['--user-pool', 'arn:a=http://127.0.0.1:9229/a?b=c', '--user-pool', 'arn:b=https://b/'],
  ];
  expect(readCommandLine(args, {})).toEqual({
    type: 'start',
    options: {
      port: 0,
      persist: 'state',
      strict: true,
      kinesis: { createMs: 1 },
      allowHosts: ['aws', 'other', 'third'],
      allowOrigins: ['http://localhost:3000'],
      userPools: { 'arn:a': 'http://127.0.0.1:9229/a?b=c', 'arn:b': 'https://b/' },
    },
  });
});

test('the environment names port and secret; the command line comes first', () => {
  const environment = { LOCAL_AWS_PORT: '4570', LOCAL_AWS_SECRET_ACCESS_KEY: 'a-long-secret-key' };

  expect(readCommandLine([], environment)).toMatchObject({
    options: { port: 4570, secretAccessKey: 'a-long-secret-key' },
  });
  expect(readCommandLine(['--port=1'], environment)).toMatchObject({ options: { port: 1 } });
});

test.each(['-h', '--help'])('%s comes before all else', (option) => {
  expect(readCommandLine(['--port=x', option], {})).toEqual({ type: 'help' });
});

test.each([
  [['--port', '65536'], '--port takes a port'],
  [['--port', ''], '--port takes a port'],
  [['--port', '1e3'], '--port takes a port'],
  [['--persist', ''], '--persist takes the path of a folder.'],
  [['--kinesis', '{'], '--kinesis takes JSON: '],
  [['--kinesis', '{"shards":1}'], 'shards'],
  [['--user-pool', 'arn:a'], "--user-pool takes the ARN of a user pool, '=', and a URL"],
  [['--strict=yes'], "Option '--strict' does not take an argument. See embedded-aws --help."],
  [['--port'], "Option '--port <value>' argument missing. See embedded-aws --help."],
  [['4566'], "Unexpected argument '4566'. See embedded-aws --help."],
])('refuses %j', (args, message) => {
  const read = () => readCommandLine(args, {});

  expect(read).toThrow(OptionError);
  expect(read).toThrow(message);
});
