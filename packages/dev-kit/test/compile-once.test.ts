import vm from 'node:vm';

// The test environment has put itself in vm's place when a test file runs.

const compile = (source: string, parameters: string[]) =>
  vm.compileFunction(source, parameters, { filename: expect.getState().currentTestName });

test('a file that is compiled again does what it did', () => {
  const results = [1, 2, 3].map((value) => compile('return [a, () => a * 2]', ['a'])(value));

  expect(results.map(([, twice]) => twice())).toEqual([2, 4, 6]);
});

test('a file that says something else by now, as long as before, does that', () => {
  compile('const three = () => 3; return three() + a', ['a']);

  expect(compile('return [a].map((item) => item + 20).at(0)', ['a'])(1)).toBe(21);
});

test('a file whose parameters are others by now is given those', () => {
  compile('return a - b', ['a', 'b']);

  expect(compile('return a - b', ['b', 'a'])(5, 3)).toBe(-2);
});

test('what does not compile says why', () => {
  expect(() => compile('return {', ['a'])).toThrow('Unexpected end of input');
});
