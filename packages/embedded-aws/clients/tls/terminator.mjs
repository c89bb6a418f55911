// node terminator.mjs [its port] [the port of the embedded AWS]
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const [port = 4567, awsPort = 4566] = process.argv.slice(2).map(Number);
const [key, cert] = ['key.pem', 'cert.pem'].map((file) => readFileSync(file));
tls
  .createServer({ key, cert, ALPNProtocols: ['h2', 'http/1.1'] }, (client) => {
    const aws = net.connect(awsPort, '127.0.0.1');
    client.pipe(aws).pipe(client);
    client.on('error', () => aws.destroy());
    aws.on('error', () => client.destroy());
  })
  .listen(port, '127.0.0.1', function () {
    console.log(`TLS at https://localhost:${this.address().port}`);
  });
