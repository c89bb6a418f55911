import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCommandLine } from '../src/command-line';
import { OptionError } from '../src/core/option-error';

test('everything has a default', () => {
  expect(readCommandLine([], {})).toEqual({
    type: 'start',
    options: {
      port: 4566,
      kinesis: {},
      allowHosts: [],
      allowOrigins: [],
      userPools: {},
    },
  });
});

test('reads every option', () => {
  const args = [
    ...[
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--persist',
      'state',
      '--strict',
      '--kinesis',
      '{"createMs":1}',
    ],
    ...['--allow-host', 'aws, other', '--allow-host', 'third'],
    ...['--allow-origin', 'http://localhost:3000'],
    ...['--user-pool', 'arn:a=http://127.0.0.1:9229/a?b=c', '--user-pool', 'arn:b=https://b/'],
  ];
  expect(readCommandLine(args, {})).toEqual({
    type: 'start',
    options: {
      port: 0,
      host: '0.0.0.0',
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

test('an embedded AWS that is open to others may be left without signatures, by name', () => {
  expect(readCommandLine(['--host', '0.0.0.0'], {})).not.toHaveProperty('options.strict');
  expect(readCommandLine(['--host', '0.0.0.0', '--no-strict'], {})).toMatchObject({
    options: { strict: false },
  });
});

test('options of Kinesis may be in a file, which needs no quotes of a shell', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kinesis-'));
  const file = path.join(folder, 'ü kinesis.json');
  writeFileSync(file, '{"createMs": 7}');

  expect(readCommandLine(['--kinesis', `@${file}`], {})).toMatchObject({
    options: { kinesis: { createMs: 7 } },
  });
  rmSync(folder, { recursive: true });
});

test('streams at the start have one shard, that many, or none of their own', () => {
  expect(readCommandLine(['--streams', 'orders:2, clicks,audit:on-demand'], {})).toMatchObject({
    options: { streams: { orders: 2, clicks: 1, audit: 'on-demand' }, region: 'us-east-1' },
  });
});

test('their region is that of the AWS CLI unless one is named', () => {
  const environment = { AWS_DEFAULT_REGION: 'eu-west-1' };
  const read = (...args: string[]) =>
    readCommandLine(['--streams', 'orders', ...args], environment);

  expect(read()).toMatchObject({ options: { region: 'eu-west-1' } });
  expect(read('--region', 'us-gov-west-1')).toMatchObject({ options: { region: 'us-gov-west-1' } });
});

test.each(['-h', '--help'])('%s comes before all else', (option) => {
  expect(readCommandLine(['--port=x', option], {})).toEqual({ type: 'help' });
});

test.each([
  [['--port', '65536'], '--port takes a port'],
  [['--port', ''], '--port takes a port'],
  [['--port', '1e3'], '--port takes a port'],
  [['--persist', ''], '--persist takes the path of a folder.'],
  [['--kinesis', '{'], '--kinesis takes JSON, or @ and the path of a file with it: '],
  [['--kinesis', '@no-such-file.json'], 'a file with it: ENOENT'],
  [['--kinesis', '{"shards":1}'], 'shards'],
  [['--streams', 'or ders'], "--streams: 'or ders' cannot be the name of a stream"],
  [['--streams', ''], "--streams: '' cannot be the name of a stream"],
  [['--streams', 'orders:x'], '--streams.orders must be a number of shards, 1 or more, or on-dem'],
  [['--streams', 'orders:0'], '--streams.orders must be a number of shards'],
  [['--streams', 'a:1:2'], '--streams.a must be a number of shards'],
  [['--streams', 'a,b,a:2'], '--streams names a twice.'],
  [['--streams', 'a', '--region', 'Frankfurt'], "and not 'Frankfurt'."],
  [['--user-pool', 'arn:a'], "--user-pool takes the ARN of a user pool, '=', and a URL"],
  [['--strict=yes'], "Option '--strict' does not take an argument. See embedded-aws --help."],
  [['--port'], "Option '--port <value>' argument missing. See embedded-aws --help."],
  [['4566'], "Unexpected argument '4566'. See embedded-aws --help."],
])('refuses %j', (args, message) => {
  const read = () => readCommandLine(args, {});

  expect(read).toThrow(OptionError);
  expect(read).toThrow(message);
});
