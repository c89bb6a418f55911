import { haveRelatedClasses, javaEquals, javaHashCode } from '../../../src/velocity/java/equality';
import { JavaArray, JavaArrayList, JSON_ARRAY } from '../../../src/velocity/java/list';
import { JavaMap, JavaMapView } from '../../../src/velocity/java/map';
import { JavaDouble, JavaLong, type JavaValue } from '../../../src/velocity/java/values';

const map = () => JavaMap.of([['a', new JavaArrayList([1, 'x'])]]);

describe('javaEquals', () => {
  it.each<[JavaValue, JavaValue, boolean]>([
    [1, 1, true],
    [1, new JavaLong(1n), false],
    [1, 1n, false],
    [new JavaDouble(Number.NaN), new JavaDouble(Number.NaN), true],
    [new JavaDouble(0), new JavaDouble(-0), false],
    ['1', 1, false],
    [null, null, true],
    [null, '', false],
    [new JavaArrayList([1]), new JavaArrayList([1], JSON_ARRAY), true],
    [new JavaArrayList([1]), new JavaArrayList([2]), false],
    [JavaArray.ofStrings(['a']), JavaArray.ofStrings(['a']), false],
    [map(), map(), true],
    [new JavaMapView(map(), 'keys'), new JavaMapView(map(), 'keys'), true],
    [new JavaMapView(map(), 'values'), new JavaMapView(map(), 'values'), false],
  ])('%p and %p: %p', (left, right, expected) => {
    expect(javaEquals(left, right)).toBe(expected);
  });

  it('equal values have equal hash codes', () => {
    expect(javaHashCode(map())).toBe(javaHashCode(map()));
    expect(javaHashCode('Hello')).toBe(69609650);
    expect(javaHashCode(new JavaLong(-1n))).toBe(0);
    expect(javaHashCode(new JavaArrayList([1, null]))).toBe(992);
  });
});

describe('haveRelatedClasses', () => {
  it('treats a JSON array as a list', () => {
    const [list, array] = [new JavaArrayList([]), new JavaArrayList([], JSON_ARRAY)];

    expect(haveRelatedClasses(list, array)).toBe(true);
    expect(haveRelatedClasses(list, new JavaMap())).toBe(false);
  });
});
