import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { createIam } from '../../src/iam';
import { inProcess } from '../../src/in-process';

/** Lets API Gateway assume a role. */
export const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
});
/** Allows to put records, one by one. */
export const PUT_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'kinesis:PutRecord', Resource: '*' },
});
/** One of the policies that AWS manages. */
export const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess';

export function clients() {
  const iam = createIam();
  return { iam, client: new IAMClient(inProcess(iam)) };
}

/** An IAM with the role `writer`. */
export async function withRole() {
  const made = clients();
  await made.client.send(
    new CreateRoleCommand({ RoleName: 'writer', AssumeRolePolicyDocument: TRUST, Path: '/api/' }),
  );
  return made;
}
