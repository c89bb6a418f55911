import { networkInterfaces } from 'node:os';
import { OptionError } from '../../src/core/option-error';
import {
  addressesFor,
  checkedAddress,
  isLoopback,
  listenError,
  urlsOf,
} from '../../src/server/interfaces';

test.each(['127.0.0.1', '0.0.0.0', '192.168.1.5', '::', 'fd00::2'])('%s is an address', (host) => {
  expect(checkedAddress(host)).toBe(host);
});

test.each(['', 'localhost', 'aws', '0.0.0.0:4566', 'http://127.0.0.1', '*', 'fe80::1%eth0'])(
  "refuses '%s'",
  (host) => {
    expect(() => checkedAddress(host)).toThrow(OptionError);
    expect(() => checkedAddress(host)).toThrow(`and not '${host}'.`);
  },
);

test.each([
  ['127.0.0.1', true],
  ['127.0.0.2', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
])('%s is loopback: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test('loopback is always listened on', () => {
  expect(addressesFor('127.0.0.1')).toEqual(['127.0.0.1']);
  expect(addressesFor('10.0.0.1')).toEqual(['127.0.0.1', '10.0.0.1']);
  expect(addressesFor('0.0.0.0')).toEqual(['0.0.0.0']);
});

test('URLs for others', () => {
  expect(urlsOf('10.0.0.1', 4566)).toEqual(['http://10.0.0.1:4566']);
  expect(urlsOf('fd00::2', 4566)).toEqual(['http://[fd00::2]:4566']);
  expect(urlsOf('127.0.0.2', 4566)).toEqual([]);
});

test('all interfaces have the URLs of all addresses that others can reach', () => {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');

  expect(urlsOf('0.0.0.0', 80)).toEqual(others.map(({ address }) => `http://${address}:80`));
  expect(urlsOf('::', 80)).toEqual(expect.arrayContaining([...urlsOf('0.0.0.0', 80)]));
  expect(urlsOf('::', 80).join()).not.toContain('fe80');
});

test.each([
  ['of another machine', 'EADDRNOTAVAIL', '10.9.8.7'],
  ['of a kind that this machine does not have', 'EAFNOSUPPORT', 'fd00::9'],
  ['of one link, without the link', 'EINVAL', 'fe80::1'],
])('an address %s is named, with those that this machine has', (_what, code, address) => {
  const cause = Object.assign(new Error('listen'), { code, address });

  expect(listenError(cause)).toBeInstanceOf(OptionError);
  expect(listenError(cause).message).toContain(`no address ${address}. It has: 127.0.0.1`);
});

test('other errors stay the system’s', () => {
  const taken = Object.assign(new Error('taken'), { code: 'EADDRINUSE', address: '10.9.8.7' });

  expect(listenError(taken)).toBe(taken);
});
