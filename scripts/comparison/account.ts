import {
  APIGatewayClient,
  CreateDeploymentCommand,
  ImportRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { createAws } from 'embedded-aws';
import { limitedKinesis } from '../../test/faults/limited-kinesis';
import { createStack } from '../../test/support/create-stack';
import { ACCOUNT, directTo, ENDPOINT, sdkOf } from '../../test/support/in-process-stage';

const GATEWAY_TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** An account on an embedded AWS in this process, to deploy stacks of any origin to. */
export type Account = ReturnType<typeof openAccount>;

/** Opens an account whose shards take no more in a second than AWS's. */
export function openAccount() {
  const aws = createAws({ kinesis: { createMs: 1, deleteMs: 1, ...limitedKinesis() } });
  const config = sdkOf(aws);
  const clients = {
    apiGateway: new APIGatewayClient(config),
    iam: new IAMClient(config),
    kinesis: new KinesisClient(config),
  };
  return {
    ...clients,
    config,
    direct: directTo(aws),
    invokeUrl: (apiId: string | undefined, stage: string) =>
      `${ENDPOINT}/_aws/execute-api/${apiId}/${stage}`,

    /** Creates a stack. @returns its outputs */
    deploy: (name: string, template: object) => createStack(config, name, template),

    /** Imports an OpenAPI document and deploys it. @returns the API's id */
    async importApi(document: object, stageName: string): Promise<string | undefined> {
      const body = Buffer.from(JSON.stringify(document));
      const { id } = await clients.apiGateway.send(new ImportRestApiCommand({ body }));
      await clients.apiGateway.send(new CreateDeploymentCommand({ restApiId: id, stageName }));
      return id;
    },

    /** Makes a role for API Gateway with one of AWS's own policies. @returns its ARN */
    async gatewayRole(RoleName: string, policy: string): Promise<string> {
      await clients.iam.send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: GATEWAY_TRUST }),
      );
      const PolicyArn = `arn:aws:iam::aws:policy/${policy}`;
      await clients.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      return `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
    },

    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
