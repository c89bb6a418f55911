import { hostName, ownHosts } from '../../../src/server/fence/host';

const isOwn = ownHosts(['aws', 'Stack.Test']);

test.each([
  '127.0.0.1:4566',
  '127.0.0.1',
  '127.0.0.1:',
  '127.0.0.1.',
  '10.1.2.3:80',
  '0.0.0.0:4566',
  '[::1]:4566',
  '[::ffff:127.0.0.1]',
  'localhost:4566',
  'LOCALHOST',
  'localhost.',
  'host.docker.internal:4566',
  'host.containers.internal:4566',
  'host.testcontainers.internal:4566',
  'a1b2c3d4e5.execute-api.localhost:4566',
  'a1b2c3d4e5.execute-api.eu-west-1.localhost',
  'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
  'a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn',
  'a1b2c3d4e5-vpce-0a1b.execute-api.us-east-1.amazonaws.com',
  'vpce-0a1b-x1y2.execute-api.us-east-1.vpce.amazonaws.com',
  's3.localhost:4566',
  'my.bucket.s3.us-east-1.localhost:4566',
  'aws:4566',
  'AWS',
  'stack.test',
  'a1b2c3d4e5.execute-api.aws:4566',
])('%s is this machine', (host) => {
  expect(isOwn(host)).toBe(true);
  // Once more, from memory.
  expect(isOwn(host)).toBe(true);
});

test.each([
  '',
  ' ',
  'rebind.example:4566',
  'rebind.localhost:4566',
  'metadata.google.internal',
  'localhost.evil.example',
  'evil-localhost',
  'localhost..',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io',
  'a1b2c3d4e5.execute-api.evil.example',
  'evil.example.execute-api.localhost.evil.example',
  'a.execute-api.us-east-1.amazonaws.com.evil.example',
  'a.execute-api.evil.example.amazonaws.com',
  'kinesis.us-east-1.amazonaws.com',
  'ec2-1-2-3-4.compute-1.amazonaws.com',
  // Clients convert a number to an address, so it never arrives as a host name.
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  '127.0.0.1@evil.example',
  'evil.example@127.0.0.1',
  '127.0.0.1:4566:1',
  '127.0.0.1:port',
  '127.0.0.1/evil.example',
  '127.0.0.1, evil.example',
  '127.0.0.1 evil.example',
  '[::1',
  '::1',
  '[fe80::1%25eth0]',
  '[127.0.0.1]',
  'locälhost',
  'ｌocalhost',
  `${'a'.repeat(300)}`,
])('%j is not', (host) => {
  expect(isOwn(host)).toBe(false);
  expect(isOwn(host)).toBe(false);
});

test.each([
  ['LocalHost:4566', 'localhost'],
  ['localhost.:80', 'localhost'],
  ['[::1]:80', '[::1]'],
  ['a b', undefined],
])('the name in %j is %j', (host, name) => {
  expect(hostName(host)).toBe(name);
});
