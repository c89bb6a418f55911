import { HeaderBag } from '../../src/execute-api/header-bag';

describe('HeaderBag', () => {
  it('finds a header in any spelling and writes it in the last one', () => {
    const bag = new HeaderBag([['content-type', 'text/plain']]).set('Content-Type', 'text/html');

    expect(bag.get('CONTENT-TYPE')).toBe('text/html');
    expect(bag.toRecord()).toEqual({ 'Content-Type': 'text/html' });
    expect(bag.toLowerCaseRecord()).toEqual({ 'content-type': 'text/html' });
  });

  it('lets no value start another header', () => {
    expect(new HeaderBag().set('x', 'a\r\nSet-Cookie: b').get('x')).toBe('a Set-Cookie: b');
  });

  it('keeps headers that have the names of what objects inherit', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const bag = new HeaderBag(names.map((name) => [name, 'sent'] as const));

    expect(Object.entries(bag.toRecord())).toEqual(names.map((name) => [name, 'sent']));
    expect(Object.keys(bag.toLowerCaseRecord())).toEqual(['__proto__', 'constructor', 'tostring']);
  });

  it('is copied: a change of the copy is none of the original', () => {
    const original = new HeaderBag([['A', '1']]);
    const copy = HeaderBag.copyOf(original).set('a', '2').set('B', '3');

    expect(original.toRecord()).toEqual({ A: '1' });
    expect(copy.toRecord()).toEqual({ a: '2', B: '3' });
  });
});
