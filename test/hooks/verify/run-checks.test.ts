import { Interrupted } from '../../../hooks/process/interruption';
import type { Target } from '../../../hooks/stage/target';
import { type Obstacle, Unasked } from '../../../hooks/stage/unasked';
import {
  type Check,
  type CheckContext,
  CheckFailure,
  type Finding,
} from '../../../hooks/verify/check';
import { only, type Result, runChecks } from '../../../hooks/verify/run-checks';

const context = {
  signal: new AbortController().signal,
  target: { parameters: { authorization: 'NONE' } } as unknown as Target,
} as CheckContext;

const ran: string[] = [];
beforeEach(() => {
  ran.length = 0;
});

function check(
  name: string,
  requires: readonly Finding[],
  provides: readonly Finding[],
  more: Partial<Check> = {},
): Check {
  return {
    title: `the ${name}`,
    writes: true,
    requires,
    provides,
    async run() {
      ran.push(name);
      return Object.fromEntries(provides.map((finding) => [finding, true]));
    },
    ...more,
  };
}

const broken = { run: () => Promise.reject(new Error('broken')) };

const chain = (middle: Partial<Check> = {}) => ({
  Create: check('Create', [], ['stream']),
  Put: check('Put', ['stream'], ['single'], middle),
  Read: check('Read', ['single'], []),
  List: check('List', ['stream'], []),
});

const statuses = (results: Result[]) =>
  Object.fromEntries(results.map(({ name, outcome }) => [name, outcome.status]));

test('every check runs, in order, and is told at once', async () => {
  const told: string[] = [];

  const results = await runChecks(chain(), context, ({ name }) => told.push(name));

  expect(ran).toEqual(['Create', 'Put', 'Read', 'List']);
  expect(told).toEqual(ran);
  expect(results.every(({ outcome }) => outcome.status === 'passed')).toBe(true);
});

/** A check that is done when somebody lets it. */
function slow(name: string, finding: Finding, more: Partial<Check> = {}) {
  const { promise, resolve, reject } = deferred();
  const settle = () => promise.then(() => ({ [finding]: true }));
  const run = async () => {
    ran.push(name);
    return {};
  };
  return { check: check(name, [], [finding], { run, settle, ...more }), resolve, reject };
}

function deferred() {
  let resolve: () => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((...given) => {
    [resolve, reject] = given;
  });
  return { promise, resolve, reject };
}

test('while one waits for what it has begun, those run that do not build on it', async () => {
  const told: string[] = [];
  const create = slow('Create', 'stream');
  const Other = check('Other', [], [], {
    async run() {
      ran.push('Other');
      create.resolve();
      return {};
    },
  });
  const Put = check('Put', ['stream'], []);

  const checks = { Create: create.check, Other, Put };
  const results = await runChecks(checks, context, ({ name }) => told.push(name));

  expect(ran).toEqual(['Create', 'Other', 'Put']);
  expect([...told].sort()).toEqual(['Create', 'Other', 'Put']);
  expect(told.at(-1)).toBe('Put');
  expect(results.map(({ name }) => name)).toEqual(['Create', 'Other', 'Put']);
  expect(new Set(Object.values(statuses(results)))).toEqual(new Set(['passed']));
});

test('what builds on something that does not come is skipped, and the rest is not held up', async () => {
  const create = slow('Create', 'stream');
  const Other = check('Other', [], [], {
    async run() {
      create.reject(new Error('it never came'));
      return {};
    },
  });
  const checks = { Create: create.check, Other, Put: check('Put', ['stream'], []) };

  const results = await runChecks(checks, context, () => {});

  expect(statuses(results)).toEqual({ Create: 'failed', Other: 'passed', Put: 'blocked' });
  expect(results[0]?.outcome).toMatchObject({ error: new Error('it never came') });
  expect(results[2]?.outcome).toEqual({ status: 'blocked', because: 'the Create failed' });
});

test('what could not even be begun is not waited for', async () => {
  const create = slow('Create', 'stream', broken);

  const results = await runChecks({ Create: create.check }, context, () => {});

  expect(statuses(results)).toEqual({ Create: 'failed' });
});

test('a run is over when nothing is waited for any more, interrupted or not', async () => {
  const controller = new AbortController();
  const create = slow('Create', 'stream');
  const Other = check('Other', [], [], {
    async run() {
      controller.abort(new Interrupted('SIGINT'));
      setImmediate(() => create.reject(new Error('aborted')));
      return {};
    },
  });
  const told: string[] = [];
  const interrupted = { ...context, signal: controller.signal };

  const checks = { Create: create.check, Other, After: check('After', [], []) };
  const results = await runChecks(checks, interrupted, ({ name }) => told.push(name));

  expect(results).toEqual([]);
  expect(told).toEqual([]);
  expect(ran).toEqual(['Create']);
});

test('what builds on a failed check is skipped with the reason; the rest goes on', async () => {
  const results = await runChecks(chain(broken), context, () => {});

  expect(statuses(results)).toEqual({
    Create: 'passed',
    Put: 'failed',
    Read: 'blocked',
    List: 'passed',
  });
  expect(results[2]?.outcome).toEqual({ status: 'blocked', because: 'the Put failed' });
});

test('what builds on a check that does not apply does not apply either', async () => {
  const results = await runChecks(chain({ skipReason: () => 'not here' }), context, () => {});

  expect(results[1]?.outcome).toEqual({ status: 'skipped', because: 'not here' });
  expect(results[2]?.outcome).toEqual({ status: 'skipped', because: 'not here' });
});

test('what a check finds is there for the next', async () => {
  let seen: unknown;
  const results = await runChecks(
    {
      First: check('First', [], ['iterator'], { run: async () => ({ iterator: 'AAA' }) }),
      Second: check('Second', ['iterator'], [], {
        run: async ({ findings }) => {
          seen = findings.iterator;
          return {};
        },
      }),
    },
    context,
    () => {},
  );
  expect(seen).toBe('AAA');
  expect(statuses(results)).toEqual({ First: 'passed', Second: 'passed' });
});

describe('what could not be asked', () => {
  const unasked = (obstacle: Obstacle, options = {}) => ({
    run: () => Promise.reject(new Unasked('no way', obstacle, options)),
  });

  test('is no failure; what builds on it is not run, and the rest is', async () => {
    const results = await runChecks(chain(unasked('denied')), context, () => {});

    expect(statuses(results)).toEqual({
      Create: 'passed',
      Put: 'unasked',
      Read: 'not run',
      List: 'passed',
    });
    expect(results[2]?.outcome).toEqual({ status: 'not run', because: 'no way' });
  });

  test.each([
    ['refused credentials', unasked('credentials')],
    ['an API that does not answer', unasked('silent', { endsRun: true })],
  ])('%s: the run is over, all that is left has the one cause', async (_, met) => {
    const told: string[] = [];
    const results = await runChecks(chain(met), context, ({ name }) => told.push(name));

    expect(ran).toEqual(['Create']);
    expect(statuses(results)).toMatchObject({ Put: 'unasked', Read: 'not run', List: 'not run' });
    expect(results[3]?.outcome).toEqual({ status: 'not run', because: 'no way' });
    expect(told).toEqual(['Create', 'Put', 'Read', 'List']);
  });

  test('what is left out on the stage is so all the same', async () => {
    const checks = { ...chain(unasked('credentials')), Out: check('Out', [], []) };
    const out = { ...checks.Out, skipReason: () => 'not here' };
    const results = await runChecks({ ...checks, Out: out }, context, () => {});
    expect(statuses(results)).toMatchObject({ List: 'not run', Out: 'skipped' });
  });

  test('a service that is known to be silent is not asked again, by whatever check', async () => {
    const checks = {
      First: check('First', [], [], unasked('silent')),
      Second: check('Second', [], [], unasked('silent', { isKnown: true })),
      Third: check('Third', [], []),
    };
    const results = await runChecks(checks, context, () => {});
    expect(statuses(results)).toEqual({ First: 'unasked', Second: 'not run', Third: 'passed' });
  });

  test('what is still waited for when the run is over is not another cause', async () => {
    const create = slow('Create', 'stream');
    const End = check('End', [], [], {
      async run() {
        setImmediate(() => create.reject(new Unasked('another', 'silent')));
        throw new Unasked('the cause', 'credentials');
      },
    });
    const results = await runChecks({ Create: create.check, End }, context, () => {});
    expect(results.map(({ outcome }) => outcome)).toMatchObject([
      { status: 'not run', because: 'the cause' },
      { status: 'unasked', because: 'the cause' },
    ]);
  });

  test('it is found behind whatever wraps it', async () => {
    const wrapped = new Error('cannot tell', { cause: new Unasked('no way', 'denied') });
    const checks = { One: check('One', [], [], { run: () => Promise.reject(wrapped) }) };
    const results = await runChecks(checks, context, () => {});
    expect(results[0]?.outcome).toMatchObject({ status: 'unasked', because: 'no way' });
  });
});

test('a run that is out of time says so once, and fails none of the checks that are left', async () => {
  const signal = AbortSignal.abort(new Error('out of time'));

  const results = await runChecks(chain(), { ...context, signal }, () => {});

  expect(ran).toEqual([]);
  expect(statuses(results)).toEqual({
    Create: 'unasked',
    Put: 'not run',
    Read: 'not run',
    List: 'not run',
  });
  expect(results[1]?.outcome).toEqual({ status: 'not run', because: 'out of time' });
});

test('a wrong answer that was seen before the time was up is a failure', async () => {
  const controller = new AbortController();
  const One = check('One', [], [], {
    async run() {
      controller.abort(new Error('out of time'));
      throw new CheckFailure('wrong');
    },
  });
  const late = { ...context, signal: controller.signal };
  expect(statuses(await runChecks({ One }, late, () => {}))).toEqual({ One: 'failed' });
});

test('what a check notes is in its result', async () => {
  const One = check('One', [], [], {
    async run({ note }) {
      note('7 of 110');
      return {};
    },
  });
  const [result] = await runChecks({ One }, context, () => {});
  expect(result?.outcome).toMatchObject({ status: 'passed', notes: ['7 of 110'] });
});

test('an interrupted run starts no further check and calls none failed', async () => {
  const signal = AbortSignal.abort(new Interrupted('SIGINT'));

  const results = await runChecks(chain(), { ...context, signal }, () => {});

  expect(ran).toEqual([]);
  expect(results).toEqual([]);
});

test('checks chosen by name bring those they build on, in order', () => {
  expect(Object.keys(only(chain(), ['Read']))).toEqual(['Create', 'Put', 'Read']);
  expect(Object.keys(only(chain(), ['List', 'Create']))).toEqual(['Create', 'List']);
});
