import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Connection } from '../../bench/client/connection';

const REQUEST = Buffer.from('GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');

test.each(['keep-alive', 'close'])(
  'requests one after the other to a server that says %s',
  async (connection) => {
    let connections = 0;
    const server = createServer((_, response) => {
      response.setHeader('connection', connection);
      response.setHeader('content-length', 2);
      response.end('{}');
    });
    server.on('connection', () => {
      connections++;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = await Connection.open((server.address() as AddressInfo).port);

    for (let call = 0; call < 3; call++) {
      expect((await client.send(REQUEST)).body.toString()).toBe('{}');
    }
    expect(connections).toBe(connection === 'close' ? 3 : 1);

    client.close();
    await new Promise((resolve) => server.close(resolve));
  },
);
