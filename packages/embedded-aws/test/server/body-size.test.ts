import type { HttpRequest } from '../../src/core/http';
import { assertBodySize } from '../../src/server/body-size';

const MIB = 1024 * 1024;

const request = (bytes: number): HttpRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body: Buffer.alloc(bytes),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
});

test.each([
  // 500 records of 10 MiB together, in base64.
  ['kinesis', 14 * MIB],
  ['s3', 40 * MIB],
  ['lambda', 40 * MIB],
  ['cloudformation', MIB],
])("%s's largest requests are taken", (service, bytes) => {
  expect(() => assertBodySize(service, request(bytes))).not.toThrow();
});

test.each([
  ['kinesis', 17 * MIB],
  ['apigateway', 9 * MIB],
  ['iam', 3 * MIB],
])('%s refuses what none of its requests has, with the size', (service, bytes) => {
  expect(() => assertBodySize(service, request(bytes))).toThrow(`has ${bytes} bytes`);
});
