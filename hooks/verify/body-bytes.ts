/**
 * The bytes of request bodies. A body of megabytes is sent again and again, under one content type
 * after another: its bytes are made once.
 */
export function bodyBytes(): (text: string) => Buffer {
  let last = '';
  let bytes = Buffer.alloc(0);
  return (text) => {
    if (text !== last) {
      bytes = Buffer.from(text);
      last = text;
    }
    return bytes;
  };
}
