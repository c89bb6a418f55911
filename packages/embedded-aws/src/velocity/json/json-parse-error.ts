/** JSON that even json-smart does not take; the message is json-smart's. */
export class JsonParseError extends Error {
  override readonly name = 'JsonParseError';
}
