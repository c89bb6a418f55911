import { pageOf } from '../../../src/server/fence/page';

const host = '127.0.0.1:4566';
const page = (headers: Record<string, string>) => pageOf({ headers: { host, ...headers } });

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test.each<[string, Record<string, string>]>([
  ['curl', { 'user-agent': 'curl/8.5.0', accept: '*/*' }],
  ["Node's fetch", { 'user-agent': 'node', 'sec-fetch-mode': 'cors' }],
  ['an address that was typed', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['a program that takes the name of a browser', { 'user-agent': FIREFOX }],
  [
    'PowerShell on all addresses',
    { host: '0.0.0.0:4566', 'user-agent': 'Mozilla/5.0 (Windows NT) PowerShell/7.5.0' },
  ],
  ['a program on all addresses', { host: '0.0.0.0:4566', 'user-agent': 'curl/8.5.0' }],
  [
    'a program that takes the name of a browser, at another name for loopback',
    { host: 'api.localhost:4566', 'user-agent': FIREFOX },
  ],
  ['a forwarded name', { 'x-forwarded-host': 'evil.example' }],
])('%s is no page', (_, headers) => {
  expect(page(headers)).toBeUndefined();
});

const EVIL = 'https://evil.example';

test.each<[string, Record<string, string>, string]>([
  ['of another site', { origin: EVIL, 'sec-fetch-site': 'cross-site' }, EVIL],
  ['of an older browser', { origin: EVIL }, EVIL],
  [
    'of the same site',
    { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' },
    'http://127.0.0.1:1',
  ],
  ['of another name of this machine', { origin: 'http://localhost:4566' }, 'http://localhost:4566'],
  ['in a sandbox', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 'null'],
  ['that loads an image', { 'sec-fetch-site': 'cross-site', referer: `${EVIL}/` }, EVIL],
  ['that hides where it is', { 'sec-fetch-site': 'cross-site' }, 'null'],
  ['of an older browser that loads an image', { referer: `${EVIL}/page` }, EVIL],
  ['whose Referer is no address', { referer: 'about:client' }, 'null'],
  [
    'that came by a redirect',
    { origin: `http://${host}`, 'sec-fetch-site': 'cross-site' },
    `http://${host}`,
  ],
  ['of a browser to come', { 'sec-fetch-site': 'same-galaxy' }, 'null'],
  [
    'of an extension',
    { origin: 'chrome-extension://abc', 'sec-fetch-site': 'none' },
    'chrome-extension://abc',
  ],
  ['that no browser tells of', { host: '0.0.0.0:4566', 'user-agent': FIREFOX }, 'null'],
  [
    'that no browser tells of, at an address that is open to others',
    { host: '192.168.1.5:4566', 'user-agent': FIREFOX },
    'null',
  ],
  [
    'that no browser tells of, at a name that is allowed',
    { host: 'aws.test:4566', 'user-agent': FIREFOX },
    'null',
  ],
])('a page %s is foreign', (_, headers, origin) => {
  expect(page(headers)).toEqual({ origin, isSameOrigin: false });
});

test.each<[string, Record<string, string>, string]>([
  ['that loads something', { 'sec-fetch-site': 'same-origin' }, `http://${host}`],
  [
    'that sends something',
    { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    `http://${host}`,
  ],
  ['of an older browser', { origin: `http://${host}` }, `http://${host}`],
  [
    'of an older browser, in capitals',
    { host: 'LOCALHOST:1', origin: 'http://localhost:1' },
    'http://localhost:1',
  ],
  ['behind TLS', { host: 'aws.test', origin: 'https://aws.test' }, 'https://aws.test'],
  // Development servers hand on requests of their own pages, with another Host.
  [
    'behind a proxy',
    { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' },
    'http://localhost:5173',
  ],
])('a page %s is of the origin that it asks', (_, headers, origin) => {
  expect(page(headers)).toEqual({ origin, isSameOrigin: true });
});
