import {
  APIGatewayClient,
  GetAccountCommand,
  UpdateAccountCommand,
} from '@aws-sdk/client-api-gateway';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  EntityAlreadyExistsException,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import type { Serverless, Utils } from '../../hooks/framework';
import LoggingRolePlugin from '../../hooks/logging-role';
import { ofThisFile } from '../support/of-this-file';

const gateway = ofThisFile(mockClient(APIGatewayClient));
const iam = ofThisFile(mockClient(IAMClient));
beforeEach(() => {
  gateway.reset();
  iam.reset();
});

function before(stage: string, region = 'us-east-1', accessLogs = 'true') {
  const warning = jest.fn();
  const serverless = {
    service: { custom: { kinesisRestProxy: { parameters: { accessLogs } } } },
    classes: { Error },
    getProvider: () => ({
      getStage: () => stage,
      getRegion: () => region,
      getAwsSdkV3Config: async () => ({ region }),
    }),
  } as unknown as Serverless;
  const utils = { log: { warning } } as unknown as Utils;
  const { hooks } = new LoggingRolePlugin(serverless, {}, utils);
  return { deploy: async () => hooks['before:deploy:deploy']?.(), warning };
}

test('an account that has a role is left as it is', async () => {
  gateway.on(GetAccountCommand).resolves({ cloudwatchRoleArn: 'arn:aws:iam::1:role/other' });
  await before('prod').deploy();
  expect(gateway.calls()).toHaveLength(1);
});

test.each([
  ['us-east-1', 'arn:aws:iam::aws:policy/'],
  ['us-gov-west-1', 'arn:aws-us-gov:iam::aws:policy/'],
  ['cn-north-1', 'arn:aws-cn:iam::aws:policy/'],
])('%s, without a role: the commands that set one, for this partition', async (region, arn) => {
  gateway.on(GetAccountCommand).resolves({});
  const { deploy } = before('prod', region);
  await expect(deploy()).rejects.toThrow(arn);
  await expect(deploy()).rejects.toThrow(`update-account --region ${region}`);
  expect(gateway.calls().every(({ args: [command] }) => command instanceof GetAccountCommand)).toBe(
    true,
  );
});

test('who may not look is warned, and may deploy', async () => {
  gateway.on(GetAccountCommand).rejects(new Error('not authorized to perform: apigateway:GET'));
  const { deploy, warning } = before('prod');
  await deploy();
  expect(warning).toHaveBeenCalledWith(expect.stringContaining('not authorized'));
});

test('a stage without access logs asks for nothing', async () => {
  await before('prod', 'us-east-1', 'false').deploy();
  expect(gateway.calls()).toHaveLength(0);
});

test('the laptop is given a role, also when a deployment before was cut off after it', async () => {
  const there = new EntityAlreadyExistsException({ $metadata: {}, message: 'exists' });
  const Role = { Arn: 'arn:aws:iam::0:role/api-gateway-logs' } as never;
  gateway.on(GetAccountCommand).resolves({});
  iam.on(CreateRoleCommand).rejects(there);
  iam.on(GetRoleCommand).resolves({ Role });

  await before('local', 'cn-north-1').deploy();

  expect(iam.commandCalls(AttachRolePolicyCommand)[0]?.args[0].input.PolicyArn).toMatch(
    /^arn:aws-cn:iam::aws:policy\//,
  );
  expect(gateway.commandCalls(UpdateAccountCommand)[0]?.args[0].input.patchOperations).toEqual([
    expect.objectContaining({ value: 'arn:aws:iam::0:role/api-gateway-logs' }),
  ]);
});
