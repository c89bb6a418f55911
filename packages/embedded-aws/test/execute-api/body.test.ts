import { Body } from '../../src/execute-api/body';

test.each(['', 'ASCII', 'é🎉', 'a\u0000b'])('%j is the same as text and as bytes', (text) => {
  const bytes = Buffer.from(text);

  for (const body of [Body.of(text), Body.of(bytes), Body.of(text).asUtf8()]) {
    expect(body).toMatchObject({ text, length: bytes.length });
    expect(body.bytes).toEqual(bytes);
  }
});

test('a lone surrogate is U+FFFD, in text as well', () => {
  expect(Body.of('a\ud800')).toMatchObject({ text: 'a\ufffd', length: 4 });
});

test('bytes that are not UTF-8 stay until text is wanted', () => {
  const bytes = Buffer.from([0x61, 0xff]);

  expect(Body.of(bytes).bytes).toEqual(bytes);
  expect(Body.of(bytes).asUtf8().bytes).toEqual(Buffer.from('a\ufffd'));
});

test('text is at hand where it is ASCII and was never bytes', () => {
  const body = Body.of('text');

  expect(body.ascii).toBe('text');
  expect(Body.of(Buffer.from('text')).ascii).toBeUndefined();
  expect(Body.of('é').ascii).toBeUndefined();
});
