import { crc32 } from 'node:zlib';
import type { Codec } from './protocol';

/** Header value type "string", the only one that Kinesis needs. */
const STRING_HEADER = 7;
/** Total length, header length and their checksum. */
const PRELUDE_LENGTH = 12;
const CHECKSUM_LENGTH = 4;

/** The headers of an event stream message; their names start with a colon. */
export type EventHeaders = Readonly<Record<string, string>>;

/**
 * Encodes one message of `application/vnd.amazon.eventstream`: prelude, headers and payload. A
 * CRC32 follows the prelude, and another one the whole message.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function encodeMessage(headers: EventHeaders, payload: Buffer | string): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(encodeHeader));
  const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const message = Buffer.alloc(PRELUDE_LENGTH + head.length + body.length + CHECKSUM_LENGTH);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  head.copy(message, PRELUDE_LENGTH);
  body.copy(message, PRELUDE_LENGTH + head.length);
  const end = message.length - CHECKSUM_LENGTH;
  message.writeUInt32BE(crc32(message.subarray(0, end)), end);
  return message;
}

function encodeHeader([name, value]: [string, string]): Buffer {
  const bytes = Buffer.from(value);
  const header = Buffer.alloc(1 + name.length + 3);
  header.writeUInt8(name.length, 0);
  header.write(name, 1, 'latin1');
  header.writeUInt8(STRING_HEADER, 1 + name.length);
  header.writeUInt16BE(bytes.length, 2 + name.length);
  return Buffer.concat([header, bytes]);
}

/** An event of the given type. Its payload has the encoding of the request. */
export function encodeEvent(codec: Codec, type: string, payload: unknown): Buffer {
  const headers = {
    ':event-type': type,
    ':content-type': codec.contentType,
    ':message-type': 'event',
  };
  return encodeMessage(headers, codec.encode(payload));
}

/** An error that ends the stream. */
export function encodeException(codec: Codec, type: string, message: string): Buffer {
  const headers = {
    ':exception-type': type,
    ':content-type': codec.contentType,
    ':message-type': 'exception',
  };
  return encodeMessage(headers, codec.encode({ message }));
}
