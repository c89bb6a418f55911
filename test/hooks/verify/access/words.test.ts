import { wordsOf } from '../../../../hooks/verify/access/words';

test.each([
  ['get-token', ['get-token']],
  ['  aws  cognito-idp\tx ', ['aws', 'cognito-idp', 'x']],
  [`node -e 'console.log("a b")'`, ['node', '-e', 'console.log("a b")']],
  [`sh -c 'echo $TOKEN | cut -c1-'`, ['sh', '-c', 'echo $TOKEN | cut -c1-']],
  ['a "b c" d\\ e', ['a', 'b c', 'd e']],
  ['a "say \\"x\\" and \\$y \\n"', ['a', 'say "x" and $y \\n']],
  [`a'b'"c"d ''`, ['abcd', '']],
  ['tøken --for=häuser', ['tøken', '--for=häuser']],
])('%s is taken apart as a shell does', (command, words) => {
  expect(wordsOf(command)).toEqual(words);
});

test.each([
  ['echo $TOKEN', "'$'"],
  ['echo "$TOKEN"', "'$'"],
  ['a | b', "'|'"],
  ['a; b', "';'"],
  ['a > b', "'>'"],
  ['a `b`', "'`'"],
  ['cat *', "'*'"],
])('%s needs a shell, and is refused', (command, character) => {
  expect(() => wordsOf(command)).toThrow(`without a shell, which ${character} needs`);
});

test.each(["a 'b", 'a "b', 'a \\'])('%s does not end', (command) => {
  expect(() => wordsOf(command)).toThrow('a quote that is not closed');
});

test('nothing names no program', () => {
  expect(() => wordsOf(' ')).toThrow('names no program');
});
