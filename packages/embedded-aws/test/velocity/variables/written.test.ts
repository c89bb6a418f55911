import { evaluateMappingTemplate } from '../../../src/velocity';

class Seconds {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  toJSON(): number {
    return this.milliseconds / 1000;
  }
}

const ANSWER = { FailedRecordCount: 0, Records: [{ ShardId: 'shardId-000000000001' }] };

function render(template: string, body: string, written?: unknown): string {
  return evaluateMappingTemplate(template, {
    body,
    written,
    params: { path: {}, querystring: {}, header: {} },
    context: {},
    stageVariables: {},
  }).text;
}

const TEMPLATES = [
  "$input.json('$')",
  "$input.path('$')",
  "$input.json('$.a')",
  "$input.path('$.a')",
  "$input.path('$.a.b')",
  "$input.json('$.a.b')",
  "$input.json('$.a[0]')",
  "$input.json('$..b')",
  "$input.json('$[''a'',''c'']')",
  "#if($input.path('$.a') > 0)more#else none#end",
  "#set($m = $input.path('$.a'))#set($m.b = 'changed')$input.json('$') $input.path('$.a.b')",
];

const VALUES: readonly (readonly [string, unknown])[] = [
  ['an answer', ANSWER],
  ['an integer', { a: 1, c: 2 }],
  ['a negative zero', { a: -0 }],
  ['a long integer', { a: 30_000_000_000 }],
  ['an integer that is none to be sure of', { a: 2 ** 60 }],
  ['a number with an exponent', { a: 1e21 }],
  ['a fraction', { a: 0.1 + 0.2 }],
  ['a whole text', { a: 'text', c: 'd' }],
  ['a text like a fraction', { a: '1.5' }],
  ['a slash', { a: { b: 'x/y' } }],
  ['escapes', { a: 'a"b\\c\n\u0001' }],
  ['DEL between escapes', { a: '\n\u007f' }],
  ['DEL alone', { a: '\u007f' }],
  ['C1 and general punctuation', { a: '\u0085\u2013' }],
  ['text beyond ASCII', { a: 'é😀' }],
  ['half a character', { a: '\ud800' }],
  ['nothing', { a: null }],
  ['an undefined member', { a: undefined, c: 1 }],
  ['booleans', { a: true, c: false }],
  ['an object', { a: { b: 'c' } }],
  ['an inherited name', { a: { toString: 1 } }],
  ['a list', { a: [{ b: 1 }, 2] }],
  ['a list alone', [1, 2]],
  ['a scalar alone', 'text'],
  ['an object that writes itself', { a: new Seconds(1_500) }],
  ['an object that writes itself whole', { a: new Seconds(2_000) }],
  ['a function that writes', { a: { toJSON: () => 'x', b: 1 } }],
  ['names that are numbers', { 2: 'b', 1: 'a', a: 3 }],
];

describe('a payload of which it is known what it was written from', () => {
  it.each(VALUES)('renders like its text: %s', (_name, value) => {
    const text = JSON.stringify(value);
    for (const template of TEMPLATES) {
      const known = resultOf(() => render(template, text, value));

      expect([template, known]).toEqual([template, resultOf(() => render(template, text))]);
    }
  });

  it('is not read for a member of it and the whole', () => {
    const unreadable = '{"FailedRecordCount":';
    const template = "#if($input.path('$.FailedRecordCount') > 0)failed#end$input.json('$')";

    expect(render(template, unreadable, ANSWER)).toBe(unreadable);
    expect(() => render(template, unreadable)).toThrow('Could not process payload');
  });
});

function resultOf(result: () => string): string {
  try {
    return result();
  } catch (error) {
    return String(error);
  }
}
