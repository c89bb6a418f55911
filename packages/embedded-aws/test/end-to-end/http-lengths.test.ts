import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { sendAsIs } from '../../src/execute-api/integrations/http-client';

/** Sends a request to a server that keeps it as it came over the wire. */
async function wireOf(method: string, body: string): Promise<string> {
  let received = '';
  const server = createServer((socket) => {
    socket.on('data', (chunk) => {
      received += chunk;
      if (received.endsWith(`\r\n\r\n${body}`)) {
        socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const { status } = await sendAsIs(`http://127.0.0.1:${port}/a`, {
      method,
      // Node refuses to announce trailers that do not come, as a mapping may do.
      headers: [
        ['X-A', 'b'],
        ['Trailer', 'X-B'],
      ],
      ...(body !== '' && { body: Buffer.from(body) }),
    });
    expect(status).toBe(204);
  } finally {
    server.close();
  }
  return received;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];

// Recorded: LocalStack's test_apigateway_header_remapping_http and test_http_integration_method, 2024-07.
describe('the request to an HTTP backend', () => {
  test.each(METHODS)('of %s tells the length of its body, 0 too', async (method) => {
    for (const body of ['', '{"a":"é"}']) {
      const wire = await wireOf(method, body);

      expect(wire).toMatch(new RegExp(`^${method} /a HTTP/1\\.1\r\n`));
      expect(wire).toContain(`\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`);
      expect(wire).not.toMatch(/transfer-encoding/i);
    }
  });
});
