import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testWith } from 'dev-kit/testing/systems';
import {
  curlToPut,
  curlToRead,
  type RecordAccess,
} from '../../../../hooks/viewer/format/record-commands';
import { recordPaths } from '../../../../hooks/viewer/record-paths';
import { record } from '../support';

const ACCESS: RecordAccess = {
  invokeUrl: 'https://api.example/dev',
  authorization: 'NONE',
  region: 'eu-west-1',
  paths: recordPaths,
};

/** Runs commands in a real shell in which `curl` notes its arguments. */
function runInShell(commands: string): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'viewer-curl-'));
  const log = path.join(folder, 'log');
  try {
    const curl = `#!/bin/sh\nfor a in "$@"; do printf '%s\\0' "$a"; done >>'${log}'\nprintf '\\036\\0' >>'${log}'\nprintf '{"ShardIterator": "it=="}'\n`;
    writeFileSync(path.join(folder, 'curl'), curl, { mode: 0o755 });
    execFileSync('/bin/sh', ['-c', commands], {
      env: { PATH: `${folder}:/usr/bin:/bin`, API: 'https://elsewhere' },
      cwd: folder,
    });
    const calls = readFileSync(log, 'utf8').split('\u001e\0').slice(0, -1);
    return calls.map((call) => call.split('\0').slice(0, -1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bodyOf(args: readonly string[] | undefined): unknown {
  return JSON.parse(args?.[args.indexOf('--data-raw') + 1] ?? '');
}

testWith('a POSIX shell').each([
  '{"a":1}',
  'it\'s $(touch pwned) `id` "x" \\ !! \n\r\t\u001b[201~ \u0000',
  'größe 東京 \u202e',
  '@/etc/passwd',
  '',
])('the shell hands %j to curl as it is', (text) => {
  const hostile = record({ text, partitionKey: `k' ${text}` });
  const [put] = runInShell(curlToPut(ACCESS, 'orders', hostile));
  expect(put?.slice(0, 3)).toEqual(['-X', 'PUT', 'https://api.example/dev/streams/orders/record']);
  expect(put).toContain('content-type: application/json');
  expect(bodyOf(put)).toEqual({ Data: text, PartitionKey: `k' ${text}` });
});

testWith('a POSIX shell')(
  'binary data goes as base64, by the type that Kinesis clients use',
  () => {
    const [put] = runInShell(
      curlToPut(ACCESS, 'orders', record({ data: new Uint8Array([0, 255]) })),
    );
    expect(put).toContain('content-type: application/x-amz-json-1.1');
    expect(bodyOf(put)).toEqual({ Data: 'AP8=', PartitionKey: 'key' });
  },
);

testWith('a POSIX shell')('reading is two commands: an iterator, and one record with it', () => {
  const one = record();
  const [iterator, read] = runInShell(curlToRead(ACCESS, 'orders', one));
  const url = new URL(iterator?.[1] ?? '');
  expect(url.pathname).toBe('/dev/streams/orders/sharditerator');
  expect(url.searchParams.get('starting-sequence-number')).toBe(one.sequenceNumber);
  expect(read).toContain('https://api.example/dev/streams/orders/records?limit=1');
  expect(read).toContain('Shard-Iterator: it==');
});

testWith('a POSIX shell')('a stage that is not deployed leaves its URL to the user', () => {
  const [put] = runInShell(
    curlToPut(
      { authorization: 'NONE', region: 'eu-west-1', paths: recordPaths },
      'orders',
      record(),
    ),
  );
  expect(put).toContain('https://elsewhere/streams/orders/record');
});

test('the command asks for the credentials that the stage wants', () => {
  const key = curlToPut({ ...ACCESS, authorization: 'API_KEY' }, 'orders', record());
  expect(key).toContain('x-api-key: $API_KEY');
  const signed = curlToPut({ ...ACCESS, authorization: 'AWS_IAM' }, 'orders', record());
  expect(signed).toContain("--aws-sigv4 'aws:amz:eu-west-1:execute-api'");
  const token = { ...ACCESS, authorization: 'COGNITO' };
  expect(curlToPut(token, 'orders', record())).toContain('-H "Authorization: Bearer $API_TOKEN"');
  const own = { ...ACCESS, authorization: 'LAMBDA', identitySource: 'method.request.header.X-Own' };
  expect(curlToPut(own, 'orders', record())).toContain('-H "X-Own: $API_TOKEN"');
  // To read, those for reading.
  const read = curlToRead({ ...token, readAuthorization: 'API_KEY' }, 'orders', record());
  expect(read.match(/x-api-key: \$API_KEY/g)).toHaveLength(2);
  expect(read).not.toContain('API_TOKEN');
});
