import type { Serverless } from '../../hooks/framework';
import { withoutCycles } from '../../hooks/framework/service-state';
import ServiceStatePlugin from '../../hooks/service-state';

interface Written {
  readonly file: string;
  readonly contents: unknown;
}

/** The calls that reach the framework's own writer. */
function written(file: string, contents: unknown, mayHaveCycles?: boolean): Written[] {
  const calls: Written[] = [];
  const utils = {
    writeFileSync: (...[path, text]: unknown[]) => {
      calls.push({ file: String(path), contents: text });
    },
  };
  new ServiceStatePlugin({ utils } as unknown as Serverless);
  (utils.writeFileSync as (...given: unknown[]) => void)(file, contents, mayHaveCycles);
  return calls;
}

/** Where the framework's own way has come to: see json-cycle. */
const { stringify } = require('json-cycle') as {
  stringify(value: unknown, replacer: null, space: number): string;
};

const shared = { deep: [1, { two: 2 }] };
const twice = { first: shared, again: [shared, shared.deep, shared.deep[1]] };
const cycle: Record<string, unknown> = { name: 'a "quoted" \\ name', list: [null, undefined] };
cycle['key "1"'] = { itself: cycle, list: cycle.list };

class Unspeakable {
  readonly kept = [1];

  toJSON(): never {
    throw new TypeError('there is no JSON for this');
  }
}

test.each([
  ['data without cycles', { a: [1, 'two', { three: null }], b: true, none: undefined }],
  ['what is there twice', twice],
  ['what contains itself', cycle],
  ['functions and dates', { act: () => 1, list: [() => 1], at: new Date(0), never: new Date(NaN) }],
  ['a toJSON that throws', new Unspeakable()],
  ['a toJSON that is no function', { toJSON: 'text', a: 1 }],
  ['a list that has holes', Object.assign(new Array(3), { 1: 'one' })],
  ['what is inherited', Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } })],
])('%s: the same text as the framework would write', (_, data) => {
  expect(JSON.stringify(withoutCycles(data), null, 2)).toBe(stringify(data, null, 2));
});

test('a member that is called __proto__ stays a member', () => {
  const data = JSON.parse('{"__proto__": {"a": 1}, "b": 2}');

  expect(JSON.stringify(withoutCycles(data))).toBe('{"__proto__":{"a":1},"b":2}');
});

test('ten thousand objects are written in one go', () => {
  const list = Array.from({ length: 10_000 }, (_, index) => ({ index }));
  const [{ contents } = { contents: '' }] = written('state.json', { list, again: list }, true);

  expect(JSON.parse(String(contents))).toEqual({ list, again: { $ref: '$["list"]' } });
});

test.each([
  ['state.json', { a: 1 }, false],
  ['state.json', 'text', true],
  ['state.json', undefined, true],
  ['state.yml', { a: 1 }, true],
])('%s with %j is left to the framework', (file, contents, mayHaveCycles) => {
  expect(written(file, contents, mayHaveCycles)).toEqual([{ file, contents }]);
});

test('a framework without such a writer is left alone', () => {
  expect(() => new ServiceStatePlugin({} as Serverless)).not.toThrow();
  expect(() => new ServiceStatePlugin({ utils: {} } as Serverless)).not.toThrow();
});
