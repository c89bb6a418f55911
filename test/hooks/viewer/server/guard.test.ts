import type { IncomingHttpHeaders } from 'node:http';
import { type Knock, refusalOf, SECURITY_HEADERS } from '../../../../hooks/viewer/server/guard';

const TOKEN = 'a-secret-of-many-letters';

function knock(headers: IncomingHttpHeaders = {}, overrides: Partial<Knock> = {}) {
  return refusalOf(
    {
      method: 'GET',
      path: `/${TOKEN}/api/streams`,
      headers: { host: '127.0.0.1:8123', ...headers },
      ...overrides,
    },
    8123,
    TOKEN,
  );
}

test.each([
  {},
  { host: 'localhost:8123' },
  { origin: 'http://127.0.0.1:8123', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
] satisfies IncomingHttpHeaders[])('%j is let in', (headers: IncomingHttpHeaders) => {
  expect(knock(headers)).toBeUndefined();
});

test.each([
  [{ host: 'evil.example:8123' }, 403],
  [{ host: '127.0.0.1.evil.example:8123' }, 403],
  [{ host: '127.0.0.1' }, 403],
  [{ host: '127.0.0.1:8124' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 403],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 403],
])('%j is refused', (headers, status) => {
  expect(knock(headers)?.status).toBe(status);
});

test.each([
  '/',
  '',
  '/api/streams',
  `/${TOKEN}`,
  `/${TOKEN}x/`,
  '/b-secret-of-many-letters/api/streams',
  `//${TOKEN}/`,
])('without the secret there is nothing: %s', (path) => {
  expect(knock({}, { path })?.status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', undefined])('%s is refused', (method) => {
  expect(knock({}, { method })?.status).toBe(405);
});

test('the page may load nothing from elsewhere and run nothing of its own making', () => {
  const policy = SECURITY_HEADERS['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});
