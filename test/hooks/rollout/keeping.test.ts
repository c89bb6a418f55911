import type { CompiledTemplate } from '../../../hooks/framework';
import { keeping } from '../../../hooks/rollout/keeping';
import { deploymentOf, roleOf } from '../../../hooks/stage/own';
import { functionId } from '../../../resources/authorization/function-reference';
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

test('so they have the permission to ask their function, and it', () => {
  const named = (authorizerFunction: string) => {
    const template = packaged({ authorization: 'LAMBDA', authorizerFunction });
    const Type = 'AWS::Lambda::Function';
    Object.assign(template.Resources, { [functionId(authorizerFunction)]: { Type } });
    return template;
  };
  const one = named('one');
  const permission = Object.keys(one.Resources).filter((id) => /Permission[0-9a-f]{10}$/.test(id));
  const left = (after: CompiledTemplate) =>
    Object.keys(keeping(after, one, 'rights').Resources).filter((id) => !after.Resources[id]);

  expect(permission).toHaveLength(1);
  expect(left(named('other')).sort()).toEqual([...permission, 'OneLambdaFunction'].sort());
  expect(left(packaged()).sort()).toEqual([...permission, 'OneLambdaFunction'].sort());
});

test('nothing is kept where nothing goes', () => {
  expect(keeping(next, next, 'all')).toBe(next);
});
