import { TemplateEvaluationError } from '../../../src/velocity/errors';
import { JavaDouble, JavaLong } from '../../../src/velocity/java/values';
import { MethodTable } from '../../../src/velocity/methods/method-table';

const table = new MethodTable<string>(
  'Example',
  [
    [
      ['of', 'int', () => 'int'],
      ['of', 'long', () => 'long'],
      ['of', 'double', () => 'double'],
      ['of', 'String', () => 'String'],
      ['of', 'Object', () => 'Object'],
      ['all', 'String ...Object', (_, values) => values.rest(1).length],
      ['needs', 'String', (_, values) => values.string(0)],
      ['getName', '', (target) => target],
    ],
  ],
  ['other'],
);

describe('MethodTable', () => {
  it.each([
    ['int', [1]],
    ['long', [new JavaLong(1n)]],
    ['double', [new JavaDouble(1)]],
    ['String', ['x']],
    ['String', [null]],
    ['Object', [true]],
  ])('passes to the overload for %s', (expected, values) => {
    expect(table.invoke('t', 'of', values)).toBe(expected);
  });

  it('passes any number of further arguments', () => {
    expect(table.invoke('t', 'all', ['x'])).toBe(0);
    expect(table.invoke('t', 'all', ['x', 1, null])).toBe(2);
  });

  it('finds no method for other arguments or another name', () => {
    expect(table.invoke('t', 'of', [])).toBeUndefined();
    expect(table.invoke('t', 'all', [1])).toBeUndefined();
    expect(table.invoke('t', 'constructor', [])).toBeUndefined();
  });

  it('fails for arguments to a method without parameters, like Velocity', () => {
    expect(() => table.invoke('t', 'getName', [1])).toThrow('wrong number of arguments');
  });

  it('throws for null if a method requires a string', () => {
    expect(() => table.invoke('t', 'needs', [null])).toThrow('java.lang.NullPointerException');
  });

  it('refuses methods of Java that are not implemented', () => {
    expect(() => table.invoke('t', 'other', [])).toThrow(TemplateEvaluationError);
    expect(() => table.invoke('t', 'other', [])).toThrow(/Example\.other\(\)/);
  });

  it('finds methods that can be read like properties', () => {
    expect(table.hasGetter('getName')).toBe(true);
    expect(table.hasGetter('needs')).toBe(false);
  });

  it('checks its parameter types', () => {
    expect(() => new MethodTable('Broken', [[['of', 'Strnig', () => null]]])).toThrow('Strnig');
  });
});
