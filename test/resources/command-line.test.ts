import { checkCommandLine, optionValues } from '../../resources/command-line';

test.each([
  [
    ['--param', 'a=1', '--param=b=2', '--other', 'x'],
    ['a=1', 'b=2'],
  ],
  [['--param'], []],
  [[], []],
])('%j has the values %j', (argv, values) => {
  expect(optionValues(argv, '--param')).toEqual(values);
});

test.each(['corsOrigins=', 'corsOrigins', '=x'])('--param %s is refused', (text) => {
  expect(() => checkCommandLine(['deploy', '--param', text])).toThrow('it takes name=value');
});

test.each(['a=b', 'a=b=c', 'streams=x\ny'])('--param %j is fine', (text) => {
  expect(() => checkCommandLine(['deploy', '--param', text])).not.toThrow();
});

test('how to set a parameter to nothing is said of those that may be', () => {
  expect(() => checkCommandLine(['--param', 'corsOrigins='])).toThrow("write corsOrigins: ''");
  expect(() => checkCommandLine(['--param', 'streams='])).toThrow(/name=value\.$/);
});
