import { commandLine } from '../../../hooks/local/redeploy';

test('a deployment gets the options of npm start that it has, too', () => {
  const options = {
    param: ['streams=orders-*', 'canary=rate(5 minutes)'],
    'skip-verify': true,
    watch: true,
    persist: './aws-state',
    stage: 'local',
    region: 'eu-west-1',
  };

  expect(commandLine(options, new Set(['watch', 'persist']))).toEqual([
    '--param=streams=orders-*',
    '--param=canary=rate(5 minutes)',
    '--skip-verify',
    '--region=eu-west-1',
  ]);
});
