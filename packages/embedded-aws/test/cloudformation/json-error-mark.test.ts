import { jsonErrorMark } from '../../src/cloudformation/json-error-mark';

describe('the place in a text that is not JSON', () => {
  // The first one is recorded: test_validate_invalid_json_template_should_fail, 18-06-2024. The others
  // are those of Jackson 2.12.
  it.each([
    ['{"this is not JSON"="bobbins"}', 1, 21],
    ['{"a": [1, 2 3]}', 1, 14],
    ['{\n  "a": 1,\n  "b" 2\n}', 3, 8],
    ["{'a': 1}", 1, 3],
    ['{"a": tru}', 1, 10],
    ['{"a": nulll}', 1, 12],
    ['{"a": 01}', 1, 8],
    ['{"a": 1.}', 1, 9],
    ['{"a": +1}', 1, 9],
    ['{"a": "\\q"}', 1, 10],
    ['{"a": "\\u12"}', 1, 13],
    ['{"a": "x\ny"}', 1, 10],
    ['{"a": "x', 1, 9],
    ['{"a": [', 1, 8],
    ['{"a": 1}}', 1, 10],
  ])('%j', (text, line, column) => {
    expect(jsonErrorMark(text)).toEqual({ line, column });
  });

  it('is found at any depth', () => {
    expect(jsonErrorMark('['.repeat(50_000))).toEqual({ line: 1, column: 50_001 });
  });
});
