import {
  encodeEvent,
  encodeException,
  encodeMessage,
} from '../../../src/kinesis/wire/event-stream';
import { CBOR_CODEC, JSON_CODEC } from '../../../src/kinesis/wire/protocol';

// Messages from the examples of the Smithy specification,
// https://smithy.io/2.0/aws/amazon-eventstream.html, and from the test vectors of
// aws/aws-sdk-js-v3.
test.each([
  ['no headers and no payload', {}, '', '000000100000000005c248eb7d98c8ff'],
  [
    "no headers and the payload {'foo':'bar'}",
    {},
    "{'foo':'bar'}",
    '0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936',
  ],
  [
    'a header and a payload',
    { 'content-type': 'application/json' },
    "{'foo':'bar'}",
    '0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1',
  ],
])('a message with %s', (_what, headers, payload, hex) => {
  expect(encodeMessage(headers, payload).toString('hex')).toBe(hex);
});

test('an event names its type and its encoding', () => {
  const json = encodeEvent(JSON_CODEC, 'SubscribeToShardEvent', { Records: [] }).toString('latin1');
  const cbor = encodeEvent(CBOR_CODEC, 'SubscribeToShardEvent', {}).toString('latin1');

  expect(json).toContain(':event-type\x07\x00\x15SubscribeToShardEvent');
  expect(json).toContain(':content-type\x07\x00\x1aapplication/x-amz-json-1.1');
  expect(json).toContain(':message-type\x07\x00\x05event{"Records":[]}');
  expect(cbor).toContain('application/x-amz-cbor-1.1');
});

test('an exception carries its type and its text', () => {
  const message = encodeException(JSON_CODEC, 'ResourceInUseException', 'größe').toString();

  expect(message).toContain('ResourceInUseException');
  expect(message).toContain(':message-type\x07\x00\x09exception{"message":"größe"}');
});
