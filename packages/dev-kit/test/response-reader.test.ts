import { type Answer, ResponseReader } from '../bench/client/response-reader';

const answer = (head: string, body: string) => Buffer.from(`${head}\r\n\r\n${body}`);

const FIXED = answer('HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx: y', 'hello');
const CHUNKED = answer(
  'HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked',
  '5\r\nhello\r\nA;name=value\r\n, \r\n0\r\n\r\n!\r\n0\r\n\r\n',
);

/** Gives the bytes in pieces of this size. */
function inPieces(bytes: Buffer, size: number): (Answer | undefined)[] {
  const reader = new ResponseReader();
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    reader.push(bytes.subarray(index * size, (index + 1) * size)),
  );
}

const SIZES = [1, 2, 3, 7, 1_000];

test.each(SIZES)('a body with a length, in pieces of %d bytes', (size) => {
  const answers = inPieces(FIXED, size);

  expect(answers.pop()).toEqual({ status: 200, body: Buffer.from('hello'), isLast: false });
  expect(answers.every((one) => one === undefined)).toBe(true);
});

test.each(SIZES)('a body in chunks, in pieces of %d bytes', (size) => {
  const answers = inPieces(CHUNKED, size);

  // A chunk may hold what looks like the end.
  expect(answers.pop()).toEqual({
    status: 207,
    body: Buffer.from('hello, \r\n0\r\n\r\n!'),
    isLast: false,
  });
  expect(answers.every((one) => one === undefined)).toBe(true);
});

test('the length counts bytes, not characters', () => {
  const [only] = inPieces(answer('HTTP/1.1 200 OK\r\nContent-Length: 6', 'é€x'), 1_000);
  expect(only?.body.toString()).toBe('é€x');
});

test('one answer after the other', () => {
  const reader = new ResponseReader();
  expect(reader.push(FIXED)?.status).toBe(200);
  expect(reader.push(CHUNKED)?.status).toBe(207);
  expect(reader.push(FIXED)?.status).toBe(200);
});

test('no body where none can be', () => {
  const [only] = inPieces(Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'), 1_000);
  expect(only).toEqual({ status: 204, body: Buffer.alloc(0), isLast: false });
});

test('a large answer is put together once', () => {
  const body = 'x'.repeat(3_000_000);
  const answers = inPieces(
    answer(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}`, body),
    1_000,
  );
  expect(answers.pop()?.body).toHaveLength(body.length);
});

test.each([
  ['something else than HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 'no HTTP/1.1 answer'],
  ['no length', 'HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nx', 'without a length'],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'size'],
  ['more than one answer', `${FIXED}${FIXED}`, 'More came'],
])('%s is refused', (_, bytes, message) => {
  expect(() => new ResponseReader().push(Buffer.from(bytes))).toThrow(message);
});
