import { APIGatewayClient, UpdateAccountCommand } from '@aws-sdk/client-api-gateway';
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { CompiledTemplate } from '../../hooks/framework';
import type { Config } from './deploy-stack';

const SERVICE = 'kinesis-rest-proxy';

/**
 * The resources that the framework adds to the template of a stage with a canary: the deployment
 * bucket, the function and its schedule.
 */
export function withFrameworksOwn({ Resources }: CompiledTemplate, stage = 'dev'): void {
  const bucket = { Ref: 'ServerlessDeploymentBucket' };
  const arnOf = (suffix: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', bucket, suffix]],
  });
  Object.assign(Resources, {
    ServerlessDeploymentBucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
          ],
        },
      },
    },
    ServerlessDeploymentBucketPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: bucket,
        PolicyDocument: {
          Statement: [
            {
              Action: 's3:*',
              Effect: 'Deny',
              Principal: '*',
              Resource: [arnOf('/*'), arnOf('')],
              Condition: { Bool: { 'aws:SecureTransport': false } },
            },
          ],
        },
      },
    },
    CanaryLambdaFunction: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: 'exports.handler = async () => ({});' },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        FunctionName: `${SERVICE}-${stage}-canary`,
        MemorySize: 512,
        Timeout: 480,
        Architectures: ['arm64'],
        Environment: {
          Variables: {
            INVOKE_URL: {
              'Fn::Sub': 'https://${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}',
            },
          },
        },
        Role: { 'Fn::GetAtt': ['CanaryRole', 'Arn'] },
      },
    },
    CanaryLambdaEvConf: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'CanaryLambdaFunction' },
        DestinationConfig: {},
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
      },
    },
    CanaryEventsRuleSchedule1: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(5 minutes)',
        // Nothing in the embedded AWS keeps time.
        State: 'DISABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['CanaryLambdaFunction', 'Arn'] }, Id: 'canarySchedule' }],
      },
    },
    CanaryLambdaPermissionEventsRuleSchedule1: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { 'Fn::GetAtt': ['CanaryLambdaFunction', 'Arn'] },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['CanaryEventsRuleSchedule1', 'Arn'] },
      },
    },
  });
}

/**
 * The stage's parameters with which the stack has a resource of nearly every type that it can have.
 */
export const WHOLE = { accessLogs: 'true', canary: 'rate(5 minutes)', authorization: 'API_KEY' };

const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'apigateway.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** Lets API Gateway write access logs, as somebody has to once in an account. */
export async function allowAccessLogs(config: Config): Promise<void> {
  const iam = new IAMClient(config);
  const apiGateway = new APIGatewayClient(config);
  const RoleName = 'apigateway-logs';
  const { Role: role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }),
  );
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  const value = role?.Arn;
  await apiGateway.send(
    new UpdateAccountCommand({
      patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value }],
    }),
  );
}
