const TEST_TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');

const TIMERS = [
  'advanceTimersByTime',
  'advanceTimersByTimeAsync',
  'advanceTimersToNextTimer',
  'advanceTimersToNextTimerAsync',
  'clearAllTimers',
  'getRealSystemTime',
  'getTimerCount',
  'now',
  'runAllTicks',
  'runAllTimers',
  'runAllTimersAsync',
  'runOnlyPendingTimers',
  'runOnlyPendingTimersAsync',
  'setSystemTime',
];

const MODULES = [
  'doMock',
  'isolateModules',
  'isolateModulesAsync',
  'mock',
  'requireActual',
  'resetModules',
];

const bound = (object, names) =>
  Object.fromEntries(names.map((name) => [name, object[name].bind(object)]));

/** The `jest` of test files that share modules: all but what replaces modules. */
function jestObject({ fakeTimersModern: timers, moduleMocker: mocker }) {
  const jest = {
    ...bound(mocker, [
      ...['clearAllMocks', 'fn', 'isMockFunction', 'mocked'],
      ...['replaceProperty', 'resetAllMocks', 'restoreAllMocks', 'spyOn'],
    ]),
    ...bound(timers, TIMERS),
    useFakeTimers(config) {
      timers.useFakeTimers(config);
      return jest;
    },
    useRealTimers() {
      timers.useRealTimers();
      return jest;
    },
    setTimeout(milliseconds) {
      globalThis[TEST_TIMEOUT] = milliseconds;
      return jest;
    },
  };
  for (const name of MODULES) {
    jest[name] = () => {
      throw new Error(
        `jest.${name} replaces modules, which this file shares with others. Begin it with:\n/** @jest-environment dev-kit/jest/isolated.cjs */`,
      );
    };
  }
  return jest;
}

module.exports = { jestObject };
