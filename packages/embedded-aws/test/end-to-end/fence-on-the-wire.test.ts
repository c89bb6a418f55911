import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { type LocalAws, startLocalAws } from '../../src';

// Hosts as they come over a wire: named twice, in the target, in HTTP/2's own header, or not at all.

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ port: 0 });
});
afterAll(() => aws.close());

const REBOUND = 'rebound.example:4566';
const OWN = '127.0.0.1:4566';

/** The status of an answer to these bytes. */
async function statusOf(...lines: string[]): Promise<number> {
  const socket = net.connect(aws.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1');
  const answer = (await buffer(socket)).toString('latin1');
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

test.each<[string, number, string[]]>([
  ['its own host', 200, ['GET /_aws/health HTTP/1.1', `Host: ${OWN}`]],
  ['another host', 403, ['GET /_aws/health HTTP/1.1', `Host: ${REBOUND}`]],
  ['its own host twice', 200, ['GET /_aws/health HTTP/1.1', `Host: ${OWN}`, `host: ${OWN}`]],
  ['two hosts', 403, ['GET /_aws/health HTTP/1.1', `Host: ${OWN}`, `Host: ${REBOUND}`]],
  [
    'two hosts, the other way round',
    403,
    ['GET /_aws/health HTTP/1.1', `Host: ${REBOUND}`, `Host: ${OWN}`],
  ],
  ['no host in HTTP/1.1', 400, ['GET /_aws/health HTTP/1.1']],
  ['no host in HTTP/1.0', 403, ['GET /_aws/health HTTP/1.0']],
  ['an empty host', 403, ['GET /_aws/health HTTP/1.1', 'Host:']],
  ['user information', 403, ['GET /_aws/health HTTP/1.1', `Host: ${OWN}@${REBOUND}`]],
  ['bytes beyond ASCII', 403, ['GET /_aws/health HTTP/1.1', 'Host: loc\xe4lhost']],
  ['a host in the target', 200, [`GET http://${OWN}/_aws/health HTTP/1.1`, `Host: ${OWN}`]],
  [
    'another host in the target',
    403,
    [`GET http://${REBOUND}/_aws/health HTTP/1.1`, `Host: ${OWN}`],
  ],
  [
    'another host behind one in the target',
    200,
    [`GET http://${OWN}/_aws/health HTTP/1.1`, `Host: ${REBOUND}`],
  ],
  [
    'a name that a proxy tells',
    200,
    ['GET /_aws/health HTTP/1.1', `Host: ${OWN}`, `X-Forwarded-Host: ${REBOUND}`],
  ],
  ['another host of an API', 403, ['GET /_aws/execute-api/a/b/c HTTP/1.1', `Host: ${REBOUND}`]],
])('%s: %d', async (_, status, lines) => {
  expect(await statusOf(...lines)).toBe(status);
});

test.each<[string, number, http2.OutgoingHttpHeaders]>([
  ['its own host', 200, { ':authority': OWN }],
  ['another host', 403, { ':authority': REBOUND }],
  ['another host beside its own', 403, { ':authority': OWN, host: REBOUND }],
])('over HTTP/2, %s: %d', async (_, status, headers) => {
  const session = http2.connect(`http://127.0.0.1:${aws.port}`);
  const stream = session.request({ ':path': '/_aws/health', ...headers });
  const [answer] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
  const body = await text(stream);
  session.close();

  expect(answer[':status']).toBe(status);
  expect(body.includes('embeddedAws')).toBe(status === 200);
});
