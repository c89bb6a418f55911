import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { openLoopback } from '../../hooks/verify/loopback';

// The verifier's HTTP client for APIs on this machine; for all others it uses `fetch`.

let server: Server;
let origin: string;
let loopback: ReturnType<typeof openLoopback>;
const sockets = new Set<unknown>();

beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (request.url === '/counted') sockets.add(request.socket);
    if (request.url === '/never') return;
    if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': 100 });
      response.write('short');
      response.destroy();
      return;
    }
    response.writeHead(request.url === '/refused' ? 403 : 200, {
      'Content-Type': 'application/json',
      'X-Twice': ['one', 'two'],
    });
    response.end(JSON.stringify(await seen(request)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  loopback = openLoopback();
});
afterAll(() => {
  loopback.close();
  server.close();
});

async function seen(request: IncomingMessage) {
  const { host, 'content-type': type, 'content-length': length, 'x-own': own } = request.headers;
  return {
    method: request.method,
    url: request.url,
    host,
    type,
    length,
    own,
    body: await text(request),
  };
}

const { signal } = new AbortController();
const plain = { method: 'GET', headers: {}, body: undefined, signal };

test.each([
  ['GET', '/streams', undefined],
  ['GET', `/streams/it's","StreamName":7?limit=1,"x":1&q=é 漢`, undefined],
  ['PUT', '/streams/a%2Fb/record', '{"Data": "é 漢 🎉"}'],
  ['POST', '/streams/x', undefined],
  ['POST', '/refused', '{}'],
  ['DELETE', '/streams/../x', undefined],
  ['OPTIONS', '/streams', undefined],
])(
  '%s %s reaches the server as by fetch, and the answer is the same',
  async (method, path, body) => {
    const headers = {
      'x-own': 'own',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const url = origin + path;

    const answer = await loopback.direct({ method, url, headers, body, signal });

    const fetched = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
    expect(JSON.parse(answer.body)).toEqual(await fetched.json());
    expect(answer.status).toBe(fetched.status);
    for (const name of ['content-type', 'x-twice']) {
      expect(answer.headers[name]).toBe(fetched.headers.get(name));
    }
  },
);

test('requests one after another share a connection', async () => {
  const url = `${origin}/counted`;
  for (let sent = 0; sent < 5; sent += 1) await loopback.direct({ ...plain, url });

  expect(sockets.size).toBe(1);
});

test('an answer that does not come is waited for until somebody says that it is enough', async () => {
  const controller = new AbortController();
  const answer = loopback.direct({ ...plain, url: `${origin}/never`, signal: controller.signal });
  setImmediate(() => controller.abort(new Error('enough')));

  await expect(answer).rejects.toThrow(/abort/i);
});

test('an answer that breaks off, and nobody at home, are errors', async () => {
  await expect(loopback.direct({ ...plain, url: `${origin}/broken` })).rejects.toThrow();
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');

  await expect(loopback.direct({ ...plain, url: `http://127.0.0.1:${port}/` })).rejects.toThrow(
    'ECONNREFUSED',
  );
});
