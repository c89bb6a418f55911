import { setImmediate } from 'node:timers/promises';
import type { Outcome, redeploy } from '../../../hooks/local/redeploy';
import { deploySaved } from '../../../hooks/local/saved';

/** A stage that is watched: `save` is the user, `finish` the deployment, `end` Ctrl-C. */
function watched() {
  let content = 'a';
  const begun: string[] = [];
  const told: Outcome[] = [];
  const printed: string[] = [];
  let finish: (outcome: Outcome) => void = () => {};
  let end: () => void = () => {};
  const stop = jest.fn(async () => {});
  const deploy: typeof redeploy = () => {
    begun.push(content);
    return { outcome: new Promise((resolve) => (finish = resolve)), stop };
  };
  const contents = () => new Map([['templates/x.vtl', content]]);
  const run = deploySaved({
    sources: { stamp: () => content, contents },
    contents: contents(),
    ended: new Promise<void>((resolve) => (end = resolve)),
    options: {},
    ownOptions: new Set(),
    log: { notice: (text: string) => printed.push(text) } as never,
    tell: async (outcome) => void told.push(outcome),
    deploy,
    pause: async (_, signal) => {
      await setImmediate();
      signal.throwIfAborted();
    },
  });
  /** Long enough for several looks at the files. */
  const looks = async () => {
    for (let look = 0; look < 10; look++) await setImmediate();
  };
  return {
    begun,
    told,
    printed,
    stop,
    run,
    looks,
    save: async (text: string) => {
      content = text;
      await looks();
    },
    finish: async (outcome: Outcome) => {
      finish(outcome);
      await looks();
    },
    end: () => end(),
  };
}

test('each save is deployed, and told by name', async () => {
  const stage = watched();
  await stage.looks();
  expect(stage.begun).toEqual([]);

  await stage.save('b');
  await stage.finish('done');
  await stage.save('c');
  await stage.finish('not verified');

  expect(stage.begun).toEqual(['b', 'c']);
  expect(stage.told).toEqual(['done', 'not verified']);
  expect(stage.printed[0]).toContain('templates/x.vtl changed');
  stage.end();
  await stage.run;
});

test('saves during a deployment make one more, whatever became of it', async () => {
  const stage = watched();
  await stage.save('b');
  for (const text of ['c', 'd', 'e']) await stage.save(text);
  expect(stage.begun).toEqual(['b']);

  await stage.finish('not deployed');
  expect(stage.begun).toEqual(['b', 'e']);
  await stage.finish('done');
  expect(stage.begun).toEqual(['b', 'e']);
  stage.end();
  await stage.run;
});

test('a save that goes back to what failed before it is deployed, too', async () => {
  const stage = watched();
  await stage.save('broken');
  await stage.finish('not deployed');
  await stage.save('a');

  expect(stage.begun).toEqual(['broken', 'a']);
  stage.end();
  await stage.run;
});

test('the end stops a deployment under way and tells nothing of it', async () => {
  const stage = watched();
  await stage.save('b');
  stage.end();
  await stage.run;

  expect(stage.stop).toHaveBeenCalledTimes(1);
  expect(stage.told).toEqual([]);
});

test('the end is heard while nothing is saved', async () => {
  const stage = watched();
  await stage.looks();
  stage.end();
  await stage.run;

  expect(stage.stop).not.toHaveBeenCalled();
});
