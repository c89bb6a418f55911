/** JSON that even json-smart rejects; the message is json-smart's. */
export class JsonParseError extends Error {
  override readonly name = 'JsonParseError';
}
