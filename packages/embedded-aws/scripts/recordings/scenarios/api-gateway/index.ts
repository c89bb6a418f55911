import type { Account, Answer } from '../../ours';
import type { Scenario } from '../scenario';
import { authorizers } from './authorizers';
import { type Call, patch } from './call';
import { imports } from './documents';
import { methods } from './methods';
import { parts, restApis } from './rest-apis';
import { stages } from './stages';

async function logRole(aws: Account): Promise<void> {
  const { Role } = await aws.call('iam', 'CreateRole', {
    RoleName: 'api-logs',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  });
  await aws.call('iam', 'AttachRolePolicy', {
    RoleName: 'api-logs',
    PolicyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  });
  await aws.call('logs', 'CreateLogGroup', { logGroupName: 'calls' });
  await aws.call('apigateway', 'UpdateAccount', {
    patchOperations: [patch('replace', '/cloudwatchRoleArn', String((Role as Answer).Arn))],
  });
}

export const apiGatewayScenario: Scenario = async (aws: Account) => {
  const call: Call = (operation, input = {}) => aws.call('apigateway', operation, input);
  await call('GetAccount');
  await logRole(aws);
  const restApiId = await restApis(call);
  await parts(call, restApiId);
  const authorizerId = await authorizers(call, restApiId);
  await methods(call, restApiId, authorizerId);
  await stages(call, restApiId);
  await imports(call);
  await call('GetVpcLinks');
};
