import { alarmPeriod, canaryOf } from '../../resources/canary-rate';
import { readCommandLine } from '../../resources/command-line';
import { defaults } from '../../resources/parameters';
import { checkParameters } from '../../resources/parameters/check';
import { stages } from '../../resources/parameters/stages';

const RATE = 'rate(5 minutes)';

const rateOf = (args: readonly string[], rows = stages()) =>
  canaryOf(readCommandLine(['node', 'serverless', ...args]), rows);

test.each<[string, string[], { stage: string; rate: string }]>([
  ['nothing said', ['deploy'], { stage: 'local', rate: '' }],
  ['a parameter', ['deploy', '--param', `canary=${RATE}`], { stage: 'local', rate: RATE }],
  ['with an equals sign', ['deploy', `--param=canary=${RATE}`], { stage: 'local', rate: RATE }],
  [
    'among others, the last counts',
    ['--param', 'canary=rate(1 day)', '--param', 'streams=a-*', '--param', `canary=${RATE}`],
    { stage: 'local', rate: RATE },
  ],
  ['a stage', ['deploy', '--stage', 'dev'], { stage: 'dev', rate: '' }],
  ['a stage in short', ['-s', 'dev', '--param', `canary=${RATE}`], { stage: 'dev', rate: RATE }],
  ['a stage with an equals sign', ['--stage=prod'], { stage: 'prod', rate: '' }],
  ['a stage named after a member', ['--stage', 'constructor'], { stage: 'constructor', rate: '' }],
  ['a parameter that ends like it', ['--param', 'xcanary=1'], { stage: 'local', rate: '' }],
  ['a value left out', ['deploy', '--param'], { stage: 'local', rate: '' }],
])('%s', (_, argv, expected) => {
  expect(rateOf(argv)).toEqual(expected);
});

test("the stage's own row says it too, and the command line outdoes it", () => {
  const rows = stages({ default: { canary: 'rate(1 day)' }, staging: { canary: 'rate(1 hour)' } });
  expect(rateOf(['--stage', 'staging'], rows).rate).toBe('rate(1 hour)');
  expect(rateOf(['--stage', 'staging', '--param', `canary=${RATE}`], rows).rate).toBe(RATE);
  expect(rateOf(['--stage', 'dev'], rows).rate).toBe('rate(1 day)');
});

test('a rate that is a variable is refused: it is needed before variables are filled in', () => {
  const rows = stages({ dev: { canary: '${env:CANARY}' } });
  expect(() => rateOf(['--stage', 'dev'], rows)).toThrow('or take it from process.env');
  expect(rateOf(['--stage', 'prod'], rows).rate).toBe('');
});

test.each(['5 minutes', 'rate(5 minute)', 'rate(0 minutes)', 'rate(1 minutes)', 'cron(* *)'])(
  '%j is refused with what would be right',
  (rate) => {
    expect(() => rateOf(['--param', `canary=${rate}`])).toThrow(
      `Parameter 'canary' is '${rate}'. It takes a rate of EventBridge`,
    );
  },
);

test.each([
  ['rate(1 minute)', 120],
  ['rate(5 minutes)', 600],
  ['rate(12 hours)', 86_400],
  ['rate(3 days)', 518_400],
  ['cron(0 8 * * ? *)', 172_800],
])('an alarm for %s looks at %i s: two runs', (rate, seconds) => {
  expect(alarmPeriod(rate)).toBe(seconds);
});

test('a canary whose absence no alarm could see is refused', () => {
  expect(() => alarmPeriod('rate(4 days)')).toThrow('every three days');
});

const withCanary = { ...defaults, canary: RATE };

test('a canary and a private API do not go together', () => {
  const values = { ...withCanary, vpcEndpoints: 'vpce-0123456789abcdef0' };
  expect(() => checkParameters(values)).toThrow('where the canary is not');
});

test('a canary needs no pattern of streams', () => {
  expect(() => checkParameters({ ...withCanary, streams: 'orders' })).not.toThrow();
});
