import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Workbench } from './workbench';

/** The environment of a user who may do everything but one action. */
export async function userWithout(
  action: string,
  sdk: Workbench['sdk'],
): Promise<Record<string, string>> {
  const iam = new IAMClient(sdk);
  const UserName = 'limited';
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'all-but-one',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: action, Resource: '*' },
        ],
      }),
    }),
  );
  const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  iam.destroy();
  return {
    AWS_ACCESS_KEY_ID: key?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: key?.SecretAccessKey ?? '',
  };
}
