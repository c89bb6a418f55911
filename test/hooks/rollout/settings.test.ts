import {
  APIGatewayClient,
  GetRestApiCommand,
  GetStageCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { mockClient } from 'aws-sdk-client-mock';
import { removePolicy, removeVariables } from '../../../hooks/rollout/settings';
import { compiledStack } from '../../support/compiled-stack';
import { ofThisFile } from '../../support/of-this-file';

const mock = ofThisFile(mockClient(APIGatewayClient));
const client = new APIGatewayClient({ region: 'us-east-1' });
beforeEach(() => mock.reset());

const usual = compiledStack();
const isPrivate = compiledStack({ vpcEndpoints: 'vpce-0123456789abcdef0' });
const several = compiledStack({ corsOrigins: 'https://a.example,https://b.example' });

test('a policy that the template no longer has is taken from the API, where it is still there', async () => {
  mock.on(GetRestApiCommand).resolvesOnce({ policy: '{}' }).resolves({});
  await removePolicy(client, 'api', isPrivate, usual);
  await removePolicy(client, 'api', isPrivate, usual);
  expect(mock.commandCalls(UpdateRestApiCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { restApiId: 'api', patchOperations: [{ op: 'replace', path: '/policy', value: '' }] },
  ]);
});

test('one that somebody put there by hand stays', async () => {
  mock.on(GetRestApiCommand).resolves({ policy: '{}' });
  await removePolicy(client, 'api', usual, usual);
  expect(mock.calls()).toEqual([]);
});

test("the stage's variables go as the template's do", async () => {
  mock.on(GetStageCommand).resolves({ variables: { corsOrigins: 'x', other: 'y' } });
  await removeVariables(client, 'api', 'dev', several, usual);
  expect(mock.commandCalls(UpdateStageCommand).map(({ args: [{ input }] }) => input)).toEqual([
    {
      restApiId: 'api',
      stageName: 'dev',
      patchOperations: [{ op: 'remove', path: '/variables/corsOrigins' }],
    },
  ]);
  await removeVariables(client, 'api', 'dev', usual, several);
  expect(mock.commandCalls(UpdateStageCommand)).toHaveLength(1);
});
