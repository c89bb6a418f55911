import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { sendAsIs } from '../../src/execute-api/integrations/http-client';

// The gateway's requests to HTTP backends, over the wire.

const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://backend');
  const answer = ANSWERS[pathname];
  if (answer === undefined) {
    response.end(JSON.stringify({ method: request.method, url: request.url, ...request.headers }));
  } else answer(request, response);
});

const compressed =
  (encoding: string, bytes: Buffer): http.RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
  };

const ANSWERS: Readonly<Record<string, http.RequestListener>> = {
  '/gzip': compressed('gzip', gzipSync('plain')),
  '/deflate': compressed('deflate', deflateSync('plain')),
  '/br': compressed('br', brotliCompressSync('plain')),
  '/moved': (_, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  '/nothing': (_, response) => response.writeHead(204).end(),
  '/cookies': (_, response) => response.setHeader('set-cookie', ['a=1', 'b=2']).end(),
  '/broken': (_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => response.destroy());
  },
  '/never': () => {},
};

let origin: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each(['/a/../b', '/%2e%2e', '/a%2Fb?x=1&x=2#', '?x=1', '//double//slash'])(
  'the path %s goes out as it is',
  async (path) => {
    const sent = (await (await sendAsIs(origin + path)).json()) as { url: string };

    expect(sent.url).toBe(path.replace(/#.*/, '').replace(/^\?/, '/?'));
  },
);

test.each([
  ['/é', '/%C3%A9'],
  ['/🙂', '/%F0%9F%99%82'],
  ['/half\ud83d', '/half%EF%BF%BD'],
])('the path %s, which is not ASCII, goes out percent-encoded', async (path, encoded) => {
  const sent = (await (await sendAsIs(origin + path)).json()) as { url: string };

  expect(sent.url).toBe(encoded);
});

test('method, headers and body go out, and no header that nobody gave', async () => {
  const answer = await sendAsIs(`${origin}/x`, {
    method: 'POST',
    headers: { 'x-client': 'me' },
    body: new Uint8Array(Buffer.from('é')),
  });

  const { host: _, ...sent } = (await answer.json()) as Record<string, string>;
  expect(sent).toEqual({
    method: 'POST',
    url: '/x',
    'x-client': 'me',
    'content-length': '2',
    connection: 'close',
  });
});

test.each(['gzip', 'deflate', 'br'])('an answer in %s comes plain', async (encoding) => {
  expect(await (await sendAsIs(`${origin}/${encoding}`)).text()).toBe('plain');
});

test('redirects, empty answers and cookies come as they are', async () => {
  const moved = await sendAsIs(`${origin}/moved`);
  const nothing = await sendAsIs(`${origin}/nothing`);
  const cookies = await sendAsIs(`${origin}/cookies`);

  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/elsewhere']);
  expect([nothing.status, await nothing.text()]).toEqual([204, '']);
  expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('an answer that breaks off, and a port where nobody listens, are failures of the network', async () => {
  const free = http.createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  await once(free, 'close');

  await expect(sendAsIs(`${origin}/broken`)).rejects.toThrow('fetch failed');
  await expect(sendAsIs(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    cause: { code: 'ECONNREFUSED' },
  });
});

test('who gives up waiting gets no answer', async () => {
  const abort = new AbortController();
  const answer = sendAsIs(`${origin}/never`, { signal: abort.signal });
  abort.abort();

  await expect(answer).rejects.toThrow('fetch failed');
});
