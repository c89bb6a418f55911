import { deploysTheSame, withDeploymentId, withRightIds } from '../../../hooks/rollout/settled-ids';
import { deploymentOf, roleOf } from '../../../hooks/stage/own';
import { compiledStack } from '../../support/compiled-stack';
import { deployed, KAFKA, packaged } from '../../support/packaged-stack';

describe('the id of the deployment', () => {
  test('is the packaged one where something else is deployed', () => {
    const next = packaged(KAFKA);
    expect(withDeploymentId(next, deployed(packaged()), false)).toBe(next);
    expect(withDeploymentId(next, deployed(packaged()), true)).toBe(next);
  });

  test('is another one for a stale stage, and stays from then on', () => {
    const plain = packaged();
    const again = withDeploymentId(plain, deployed(plain), true);
    expect(deploymentOf(again)).toBe(`${deploymentOf(plain)}After${deploymentOf(plain)}1`);
    expect(withDeploymentId(packaged(), deployed(again), false)).toEqual(again);
    expect(deploysTheSame(packaged(), deployed(again))).toBe(true);

    const third = withDeploymentId(packaged(), deployed(again), true);
    expect(deploymentOf(third)).not.toBe(deploymentOf(again));
    expect(deploymentOf(third)).toMatch(/^[A-Za-z0-9]{1,255}$/);
    expect(withDeploymentId(packaged(KAFKA), deployed(third), false)).toEqual(packaged(KAFKA));
  });
});

describe('the id of the role', () => {
  test('says what it may do, so that a narrower one is another', () => {
    const [wide, narrow] = [packaged(), packaged({ streams: 'orders' })].map(roleOf);
    expect(wide).toMatch(/^KinesisRole[0-9a-f]{10}$/);
    expect(narrow).not.toBe(wide);
    expect(roleOf(packaged({ throttleRate: '7' }))).toBe(wide);
  });

  test('stays the one that the stack has, where that is the same', () => {
    const old = compiledStack();
    const named = withRightIds(packaged(), old);
    expect(roleOf(named)).toBe('KinesisRole');
    expect(JSON.stringify(named)).not.toMatch(/KinesisRole[0-9a-f]/);
    expect(withRightIds(packaged({ streams: 'orders' }), old)).toEqual(
      packaged({ streams: 'orders' }),
    );
  });
});
