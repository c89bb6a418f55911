import { parameterNames } from '../../../../resources/parameters';
import type { Choices } from '../../../../scripts/prove/options';
import { leftOut, parameterSteps } from '../../../../scripts/prove/steps/parameters';

const CHOICES: Choices = {
  only: undefined,
  parameters: undefined,
  given: {},
  contract: undefined,
  probes: undefined,
  isEmulated: false,
};

const walked = (choices: Choices) =>
  parameterSteps(choices)
    .map(({ title }) => title)
    .join();
const reasons = (choices: Choices) => leftOut(choices).join('\n');

test('each parameter is walked, or left out by name with the reason', () => {
  const said = `${walked(CHOICES)}\n${reasons(CHOICES)}`;
  expect(parameterNames.filter((name) => !said.includes(name))).toEqual([]);
});

test('what needs something outside is walked where it is given', () => {
  expect(reasons(CHOICES)).toContain('webAclArn: needs a regional web ACL; --with webAclArn=…');

  const given = { ...CHOICES, given: { webAclArn: 'arn:aws:wafv2:…' } };
  expect(walked(given)).toContain('webAclArn');
  expect(reasons(given)).not.toContain('webAclArn');
});

test('an emulator is spared what it cannot do', () => {
  const emulated = { ...CHOICES, isEmulated: true };
  expect(walked(CHOICES)).toContain('canary');
  expect(walked(emulated)).not.toContain('canary');
  expect(reasons(emulated)).toContain('canary: runs at intervals');
});

test('only those that are chosen', () => {
  const chosen = { ...CHOICES, parameters: ['tracing'] as const };
  expect(parameterSteps(chosen).map(({ name }) => name)).toEqual(['parameters-settings']);
  expect(walked(chosen)).toBe('Sets tracing, and takes that back');
  expect(leftOut(chosen)).toEqual([]);
});
