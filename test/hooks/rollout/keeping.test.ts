import { keeping } from '../../../hooks/rollout/keeping';
import { deploymentOf, roleOf } from '../../../hooks/stage/own';
import { KAFKA, packaged } from '../../support/packaged-stack';

const before = packaged({ authorization: 'API_KEY', streams: 'orders', ...KAFKA });
const next = packaged();
const [role, deployment] = [roleOf(before) ?? '', deploymentOf(before) ?? ''];

const kept = (what: 'rights' | 'all') =>
  Object.keys(keeping(next, before, what).Resources).filter((id) => !next.Resources[id]);

test('requests that the deployment before still answers have their role', () => {
  expect(kept('rights')).toEqual([role]);
});

test('all that going back needs is kept, without the parts of the API', () => {
  expect(kept('all').sort()).toEqual(
    ['ApiKey', 'UsagePlan', 'UsagePlanKey', 'ThrottledWritesAlarm', role, deployment].sort(),
  );
  const { DependsOn = [] } = keeping(next, before, 'all').Resources[deployment] ?? {};
  expect(DependsOn).not.toContain('KafkaRestMethod');
});

test('nothing is kept where nothing goes', () => {
  expect(keeping(next, next, 'all')).toBe(next);
});
