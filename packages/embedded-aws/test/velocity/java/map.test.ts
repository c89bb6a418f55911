import { JavaArrayList } from '../../../src/velocity/java/list';
import { JavaMap, JavaMapEntry } from '../../../src/velocity/java/map';
import { JavaLong } from '../../../src/velocity/java/values';

describe('JavaMap', () => {
  it('keeps the insertion order of keys', () => {
    const map = JavaMap.of([
      ['b', 1],
      ['a', 2],
    ]);
    map.put('b', 3);

    expect(map.keys()).toEqual(['b', 'a']);
    expect(map.values()).toEqual([3, 2]);
  });

  it('finds keys that are equal but not identical', () => {
    const map = new JavaMap();
    map.put(new JavaLong(5n), 'long');
    map.put(new JavaArrayList([1]), 'list');

    expect(map.get(new JavaLong(5n))).toBe('long');
    expect(map.get(new JavaArrayList([1]))).toBe('list');
    expect(map.get(5)).toBeNull();
    expect(map.remove(new JavaLong(5n))).toBe('long');
    expect(map.has(new JavaLong(5n))).toBe(false);
  });

  it('distinguishes null from absent', () => {
    const map = new JavaMap();
    map.put('a', null);

    expect(map.has('a')).toBe(true);
    expect(map.has('b')).toBe(false);
    expect(map.put('a', 1)).toBeNull();
  });

  it('writes through its entries', () => {
    const map = JavaMap.of([['a', 1]]);
    const entry = new JavaMapEntry(map, 'a');
    entry.setValue(2);

    expect(map.get('a')).toBe(2);
    expect(entry.value).toBe(2);
  });
});
