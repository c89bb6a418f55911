import { readCommandLine } from '../../resources/command-line';

const parametersOf = (...args: string[]) =>
  Object.fromEntries(readCommandLine(['node', 'serverless', ...args]).parameters);

test.each([
  [['--param', 'a=1', '--param=b=2', '--other', 'x'], { a: '1', b: '2' }],
  [['--param', 'a=1', '--param', 'a=2'], { a: '2' }],
  [['--param', 'a=b=c', '--param', 'streams=x\ny'], { a: 'b=c', streams: 'x\ny' }],
  [['--param'], {}],
  [[], {}],
])('%j has the parameters %j', (args, parameters) => {
  expect(parametersOf(...args)).toEqual(parameters);
});

test.each([
  [['deploy'], undefined],
  [['deploy', '--stage', 'dev'], 'dev'],
  [['deploy', '--stage=dev', '--stage', 'prod'], 'prod'],
  [['-s', 'dev'], 'dev'],
])('%j has the stage %j', (args, stage) => {
  expect(readCommandLine(args).stage).toBe(stage);
});

test.each(['corsOrigins=', 'corsOrigins', '=x'])('--param %s is refused', (text) => {
  expect(() => parametersOf('deploy', '--param', text)).toThrow('it takes name=value');
});

test('the error says how to set a parameter to nothing, where that is allowed', () => {
  expect(() => parametersOf('--param', 'corsOrigins=')).toThrow("write corsOrigins: ''");
  expect(() => parametersOf('--param', 'streams=')).toThrow(/name=value\.$/);
});
