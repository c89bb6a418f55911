import type { CompiledTemplate } from '../../../hooks/framework';
import { type Given, planOf } from '../../../hooks/rollout/plan';
import { roleOf } from '../../../hooks/stage/own';
import { rememberedBy } from '../../../hooks/stage/shadow';
import { deployed, KAFKA, packaged } from '../../support/packaged-stack';

function planned(next: CompiledTemplate, before: CompiledTemplate, more: Partial<Given> = {}) {
  const given: Given = {
    packaged: next,
    whole: next,
    ...deployed(before),
    before,
    isWhole: true,
    isToBeVerified: true,
    sharesApi: false,
    kept: 'rights',
    ...more,
  };
  return planOf(given);
}

const names = (...args: Parameters<typeof planned>) =>
  planned(...args).steps.map(({ name }) => name);

test.each<[string, CompiledTemplate, CompiledTemplate, Partial<Given>, string[]]>([
  ['something new', packaged(KAFKA), packaged(), {}, ['shadow', 'live']],
  ['something taken away', packaged(), packaged(KAFKA), {}, ['retire', 'shadow', 'live']],
  ['no shadow wanted', packaged(KAFKA), packaged(), { isToBeVerified: false }, ['live']],
  [
    'taken away without a shadow',
    packaged(),
    packaged(KAFKA),
    { isToBeVerified: false },
    ['retire', 'live'],
  ],
  [
    'taken away from a shared API, which is deployed after the update',
    packaged(),
    packaged(KAFKA),
    { isToBeVerified: false, sharesApi: true },
    ['live'],
  ],
])('the steps of a deploy: %s', (_, next, before, more, steps) => {
  expect(names(next, before, more)).toEqual(steps);
});

test('every step before the move remembers where to go back to, and none after it', () => {
  const before = packaged(KAFKA);
  const { steps } = planned(packaged(), before);
  expect(steps.map(({ template }) => rememberedBy(template))).toEqual([before, before, undefined]);
});

test('a template that is packaged exactly goes live, with the role before for the time being', () => {
  const [before, next] = [packaged({ streams: 'orders' }), packaged()];
  const live = planned(next, before).steps.at(-1)?.template;
  expect(Object.keys(live?.Resources ?? {})).toContain(roleOf(before));
  expect(planned(next, next).steps.at(-1)?.template).toBe(next);
});

test('the framework decides only where nothing of the API changes', () => {
  const quiet = { isToBeVerified: false };
  expect(planned(packaged(), packaged(), quiet).hasChanges).toBe(false);
  const topic = packaged({ alarmTopicArn: 'arn:aws:sns:us-east-1:000000000000:alarms' });
  expect(planned(topic, packaged(), quiet).hasChanges).toBe(true);
});
