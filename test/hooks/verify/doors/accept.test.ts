import { acceptAnswer } from '../../../../hooks/verify/doors/accept';
import type { Expected } from '../../../../hooks/verify/doors/door';
import type { Exchange } from '../../../../hooks/verify/exchange';

const JSON_TYPE = { 'content-type': 'application/json' };

const accept = (status: number, body: string, expected: Expected, headers: object = JSON_TYPE) =>
  acceptAnswer({ status, body, headers } as Exchange, expected, [200]);

const DONE = '{"SequenceNumber":"1","ShardId":"s"}';
const REFUSED = '{"__type":"com.amazonaws#ValidationException","message":"no"}';
const BROKEN = '{"__type":"SerializationException"}';
const SUCCESS = { status: [200] };
const REFUSAL = { status: [404], code: 'ResourceNotFoundException' };
const HOSTILE = { status: [200, 400], code: /^ValidationException$/ };

test.each([
  ['a success', 200, DONE, SUCCESS],
  ['an empty success', 200, '', SUCCESS],
  ['a refusal with a status of its own', 400, REFUSED, REFUSAL],
  ['a refusal without a code', 422, '{"error":"no"}', REFUSAL],
  ['either', 409, REFUSED, { status: [200, 409] }],
  ['text that stayed in its value, under any status', 200, REFUSED, HOSTILE],
])('accepts %s', (_, status, body, expected) => {
  expect(() => accept(status, body, expected)).not.toThrow();
});

test.each([
  ["a success that has Kinesis's error", 200, REFUSED, SUCCESS, 'hides', 'ValidationException'],
  ['an error under names of its own', 200, '{"code":"X","message":"no"}', SUCCESS, 'hides', 'X'],
  ['a success of what must be refused', 200, DONE, REFUSAL, 'hides', 'cannot have succeeded'],
  ['another success than it should', 202, REFUSED, REFUSAL, 'hides', '202'],
  ["a client's mistake as the server's", 500, '{}', REFUSAL, 'hides', "the client's"],
  ['a failed success', 502, '{}', SUCCESS, 'hides', '502'],
  ['a refused success', 403, '{}', SUCCESS, undefined, 'the answer is 403, not 200'],
  ['text that broke out', 400, BROKEN, HOSTILE, 'opens', 'breaks out'],
  ['text that broke out, hidden', 200, BROKEN, HOSTILE, 'opens', 'breaks out'],
  ['text that was taken for more', 200, DONE, HOSTILE, 'opens', 'cannot have succeeded'],
])('sees %s', (_, status, body, expected, fault, says) => {
  expect(() => accept(status, body, expected)).toThrow(
    expect.objectContaining({ fault, message: expect.stringContaining(says) }),
  );
});

test('a refusal must be JSON, and be called so', () => {
  const page = { 'content-type': 'text/html' };

  expect(() => accept(400, 'Error', REFUSAL, page)).toThrow('text/html, not JSON');
  expect(() => accept(400, 'Error', REFUSAL)).toThrow('is not JSON');
});
