const { jestObject } = require('../../jest/shared/jest-object.cjs') as {
  jestObject(environment: object): typeof jest;
};
const { SharedEnvironment } = require('../../jest/shared/environment.cjs') as {
  SharedEnvironment: new (config: { projectConfig: object }) => object;
};

const given = () => jestObject(new SharedEnvironment({ projectConfig: { fakeTimers: {} } }));

test.each([
  'doMock',
  'isolateModules',
  'isolateModulesAsync',
  'mock',
  'requireActual',
  'resetModules',
] as const)('jest.%s is refused where modules are shared, and says what to do', (name) => {
  expect(() => (given()[name] as (module: string) => void)('node:fs')).toThrow(
    /^jest\.\w+ replaces modules, .+\n\/\*\* @jest-environment dev-kit\/jest\/isolated\.cjs \*\/$/,
  );
});

test('functions are mocked, properties replaced, and both restored', () => {
  const mocker = given();
  const subject = { name: 'real', act: () => 'done' };
  mocker.spyOn(subject, 'act').mockReturnValue('mocked');
  mocker.replaceProperty(subject, 'name', 'replaced');
  expect([subject.act(), subject.name]).toEqual(['mocked', 'replaced']);

  mocker.restoreAllMocks();
  expect([subject.act(), subject.name]).toEqual(['done', 'real']);
});
