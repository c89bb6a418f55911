import fc from 'fast-check';
import { type ByteStore, decode, encode } from '../../src/state/codec';

function byteStore(): ByteStore {
  const kept: Buffer[] = [];
  return {
    put: (bytes) => String(kept.push(bytes) - 1),
    get: (name) => kept[Number(name)] ?? Buffer.alloc(0),
  };
}

const throughText = (value: unknown): unknown => {
  const bytes = byteStore();
  return decode(JSON.parse(JSON.stringify(encode(value, bytes))), bytes);
};

test('whatever plain data it is given, it gives back', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '$map', '$'));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.string().map((text) => Symbol.for(text)),
      fc.constant(null),
      fc.bigInt(),
      fc.date({ noInvalidDate: true }),
      fc.uint8Array({ maxLength: 4000 }).map((bytes) => Buffer.from(bytes)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((all) => new Map(all)),
      fc.array(fc.string(), { maxLength: 3 }).map((all) => new Set(all)),
      fc
        .array(fc.tuple(name, tie('value')), { maxLength: 3 })
        .map((all) => Object.fromEntries(all)),
    ),
  }));

  fc.assert(fc.property(value, (given) => expect(throughText(given)).toEqual(given)));
});

test('text that is no well-formed Unicode comes back as it was', () => {
  expect(throughText({ 'half \ud800': '\udfff' })).toEqual({ 'half \ud800': '\udfff' });
});

test.each([
  ['a function', { act: () => {} }, 'State cannot hold a function (role.act).'],
  ['a symbol', { own: Symbol('own') }, 'State cannot hold a symbol of its own (role.own).'],
  ['an instance', { list: [new URL('http://a')] }, 'State cannot hold a URL (role.list[0]).'],
])('%s is refused by name', (_what, value, message) => {
  expect(() => encode(value, byteStore(), 'role')).toThrow(message);
});
