import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { HttpRequest, HttpResponse } from '../../src/core/http';
import { type Listener, listen } from '../../src/server/listen';

let listener: Listener | undefined;
const closers: (() => void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await listener?.close();
  listener = undefined;
});

/** A server with one answer, and the requests that reached it. */
async function prepare(answer: Partial<HttpResponse>): Promise<HttpRequest[]> {
  const requests: HttpRequest[] = [];
  listener = await listen(0, async (request) => {
    requests.push(request);
    return { status: 200, headers: {}, body: '', ...answer };
  });
  return requests;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

async function overHttp1(options: http.RequestOptions = {}, body = ''): Promise<Answer> {
  const request = http.request({ port: listener?.port, host: '127.0.0.1', ...options });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const { statusCode = 0, headers } = answer;
  return { status: statusCode, headers, body: await buffer(answer) };
}

async function overHttp2({ method = 'GET' }: http.RequestOptions = {}): Promise<Answer> {
  const session = http2.connect(`http://127.0.0.1:${listener?.port}`);
  closers.push(() => session.destroy());
  const stream = session.request({ ':path': '/', ':method': method });
  const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
  return { status: Number(headers[':status']), headers, body: await buffer(stream) };
}

/** Sends bytes and reads until the server closes the connection. */
async function raw(...pieces: string[]): Promise<string> {
  const socket = net.connect(listener?.port ?? 0, '127.0.0.1');
  closers.push(() => socket.destroy());
  await once(socket, 'connect');
  for (const piece of pieces) socket.write(piece, 'latin1');
  return (await buffer(socket)).toString('latin1');
}

describe.each([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('an answer over %s', (_protocol, ask) => {
  test.each([
    ['nothing', '', 0],
    ['ASCII', '{"a":1}', 7],
    ['umlauts, which a byte each would hold', '"äöü"', 8],
    ['more than that', '"日本 😀"', 13],
    ['half a surrogate pair, which becomes U+FFFD', '"\ud83d"', 5],
  ])('has text as UTF-8, and its length in bytes: %s', async (_what, body, length) => {
    await prepare({ body });
    const answer = await ask();
    expect(answer.body).toEqual(Buffer.from(body));
    expect(answer.headers['content-length']).toBe(String(length));
  });

  test('has bytes as they are', async () => {
    const body = Buffer.from([0, 0xff, 0x80, 13, 10]);
    await prepare({ status: 503, body });
    expect(await ask()).toMatchObject({ status: 503, body });
  });

  test('to HEAD has the length that it would have, and no body', async () => {
    await prepare({ headers: { 'Content-Length': '11' }, body: '' });
    const answer = await ask({ method: 'HEAD' });
    expect(answer.headers['content-length']).toBe('11');
    expect(answer.body).toHaveLength(0);
  });

  test('has a header of several values several times, whatever its spelling before', async () => {
    await prepare({ headers: { 'Set-Cookie': 'lost', 'set-cookie': ['a=1', 'b=2'] }, body: 'x' });
    const answer = await ask();
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(String(answer.body)).toBe('x');
  });
});

test.each(['x', 'é', Buffer.from('x')])(
  'header values keep their encoding, whatever the body is: %p',
  async (body) => {
    await prepare({ headers: { 'x-name': 'caf\u00e9' }, body });
    const answer = await overHttp1();
    expect(answer.headers['x-name']).toBe('caf\u00e9');
    expect(answer.body).toEqual(Buffer.from(body));
  },
);

test('a value with a line break starts no other header, and the connection goes on', async () => {
  await prepare({ headers: { 'x-bad': 'a\r\nx-injected: b' }, body: 'x' });
  for (const answer of [await overHttp1(), await overHttp1()]) {
    expect(answer.status).toBe(500);
    expect(Object.keys(answer.headers)).not.toContain('x-injected');
    expect(answer.body.toString()).toContain("'x-bad'");
  }
});

test('requests one behind the other on one connection are answered in their order', async () => {
  const requests = await prepare({ body: 'answer' });
  const first = 'POST /1 HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\none';
  const second =
    'POST /2?q HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n';
  const last = 'GET /3 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';
  const text = await raw(first + second + last);
  expect(text.split('answer')).toHaveLength(4);
  expect(requests.map(({ path, query, body }) => [path, query, String(body)])).toEqual([
    ['/1', '', 'one'],
    ['/2', 'q', 'two'],
    ['/3', '', ''],
  ]);
});

test('headers arrive with lower-cased names, repeated ones joined', async () => {
  const requests = await prepare({});
  await raw(
    'GET / HTTP/1.1\r\nHost: a\r\nX-Many: 1\r\nx-many: 2\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n__proto__: x\r\nconnection: close\r\n\r\n',
  );
  await raw('GET / HTTP/1.1\r\nHost: a\r\nX-Many: 1\r\nX-MANY: 2\r\nconnection: close\r\n\r\n');
  expect(requests.map(({ headers }) => headers)).toEqual([
    { host: 'a', 'x-many': '1, 2', 'set-cookie': 'a=1, b=2', connection: 'close' },
    { host: 'a', 'x-many': '1, 2', connection: 'close' },
  ]);
});

test('the names of headers are kept as they were sent', async () => {
  const requests = await prepare({});
  await overHttp1({ headers: { 'X-GitHub-Event': 'push' } });
  expect(requests[0]?.headers['x-github-event']).toBe('push');
  expect(requests[0]?.rawHeaders).toContain('X-GitHub-Event');
});

test('a client that goes away within its request asks for nothing, and others are answered', async () => {
  const requests = await prepare({ body: 'x' });
  const socket = net.connect(listener?.port ?? 0, '127.0.0.1');
  socket.write(
    'POST /gone HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n',
  );
  // The server says so once it waits for the body.
  await once(socket, 'data');
  socket.resetAndDestroy();
  expect(await overHttp1({ path: '/stays' })).toMatchObject({ status: 200 });
  expect(requests.map(({ path }) => path)).toEqual(['/stays']);
});

test('what is longer than any request is refused as too long', async () => {
  const requests = await prepare({});
  const answer = await overHttp1({ method: 'POST' }, 'x'.repeat(64 * 1024 * 1024 + 1));
  expect(answer.status).toBe(413);
  expect(answer.body.toString()).toContain('RequestEntityTooLarge');
  expect(requests).toEqual([]);
});
