import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inOrder } from 'dev-kit/testing/in-order';
import { type LocalAws, startLocalAws } from '../../src';
import { type AwsCli, awsCli, withAwsCli } from './support/aws-cli';

// The AWS CLI against an embedded AWS that verifies every signature.

const test = inOrder();

const TEMPLATE = `# An API before a stream, with what is watched beside it
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub '\${AWS::StackName}-role'
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - { Effect: Allow, Principal: { Service: apigateway.amazonaws.com }, Action: sts:AssumeRole }
      Policies:
        - PolicyName: put
          PolicyDocument:
            Version: 2012-10-17
            Statement: { Effect: Allow, Action: kinesis:PutRecord, Resource: !GetAtt Stream.Arn }
  Stream:
    Type: AWS::Kinesis::Stream
    Properties: { Name: !Sub '\${AWS::StackName}-events', ShardCount: 1 }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: !Ref AWS::StackName }
  Put:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: NONE
      Integration:
        Type: AWS
        IntegrationHttpMethod: POST
        Uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:kinesis:action/PutRecord'
        Credentials: !GetAtt Role.Arn
        RequestTemplates:
          application/json: !Sub |
            {"StreamName": "\${Stream}", "PartitionKey": "k", "Data": "$util.base64Encode($input.body)"}
        IntegrationResponses: [{ StatusCode: '200' }]
      MethodResponses: [{ StatusCode: '200' }]
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: Put
    Properties: { RestApiId: !Ref Api }
  StageOfApi:
    Type: AWS::ApiGateway::Stage
    Properties: { RestApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: !Ref Stage }
  Dashboard:
    Type: AWS::CloudWatch::Dashboard
    Properties: { DashboardName: !Ref AWS::StackName, DashboardBody: '{"widgets": []}' }
  Log:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub '/app/\${AWS::StackName}' }
  Files:
    Type: AWS::S3::Bucket
    Properties: { BucketName: !Sub '\${AWS::StackName}-files' }
Outputs:
  Api: { Value: !Ref Api }
  Root: { Value: !GetAtt Api.RootResourceId }
`;

let folder: string;
let server: LocalAws;
let cli: AwsCli;
const aws: AwsCli['command'] = (...args) => cli.command(...args);

withAwsCli('the AWS CLI', () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'aws-cli-'));
    writeFileSync(path.join(folder, 'stack.yaml'), TEMPLATE);
    server = await startLocalAws({ port: 0, strict: true, kinesis: { createMs: 1, deleteMs: 1 } });
    cli = await awsCli(server.url, folder, server.secretAccessKey);
    await cli.program(
      ...['cloudformation', 'deploy', '--stack-name', 'shop', '--template-file', 'stack.yaml'],
      ...['--capabilities', 'CAPABILITY_NAMED_IAM', '--tags', 'team=web'],
    );
  });

  afterAll(async () => {
    cli?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const outputs = async (): Promise<Record<string, string>> => {
    const query = 'Stacks[0].Outputs[].[OutputKey, OutputValue]';
    const text = await aws(
      ...['cloudformation', 'describe-stacks', '--stack-name', 'shop', '--query', query],
    );
    return Object.fromEntries(JSON.parse(text));
  };

  test('shows what an update would do, in a change set', async () => {
    const named = ['--stack-name', 'shop', '--change-set-name', 'to-prod'];
    await aws(
      ...['cloudformation', 'create-change-set', ...named, '--use-previous-template'],
      ...['--parameters', 'ParameterKey=Stage,ParameterValue=prod'],
      ...['--capabilities', 'CAPABILITY_NAMED_IAM', '--tags', 'Key=team,Value=web'],
    );
    const changes = await aws(
      ...['cloudformation', 'describe-change-set', ...named, '--output', 'text', '--query'],
      'Changes[].ResourceChange.[Action, LogicalResourceId, Replacement]',
    );

    expect(changes).toBe('Modify\tStageOfApi\tTrue');
  });

  test('calls a method, reads its record, and exports the API', async () => {
    const { Api = '', Root = '' } = await outputs();
    const invoked = await aws(
      ...['apigateway', 'test-invoke-method', '--rest-api-id', Api, '--resource-id', Root],
      ...['--http-method', 'POST', '--body', '{"order": 1}', '--query', 'status'],
    );
    const iterator = await aws(
      ...['kinesis', 'get-shard-iterator', '--stream-name', 'shop-events', '--output', 'text'],
      ...['--shard-id', 'shardId-000000000000', '--shard-iterator-type', 'TRIM_HORIZON'],
    );
    const [data] = await Promise.all([
      aws(
        ...['kinesis', 'get-records', '--shard-iterator', iterator],
        ...['--query', 'Records[].Data', '--output', 'text'],
      ),
      aws(
        ...['apigateway', 'get-export', '--rest-api-id', Api, '--stage-name', 'dev'],
        ...['--export-type', 'oas30', 'openapi.json'],
      ),
    ]);

    expect(invoked).toBe('200');
    expect(Buffer.from(data, 'base64').toString()).toBe('{"order": 1}');
    const { openapi, paths } = JSON.parse(readFileSync(path.join(folder, 'openapi.json'), 'utf8'));
    expect(openapi).toMatch(/^3\.0/);
    expect(Object.keys(paths['/'])).toEqual(['post']);
  });

  test('copies a folder up and down, and signs a URL that anybody can read once', async () => {
    mkdirSync(path.join(folder, 'up'));
    writeFileSync(path.join(folder, 'up', 'größe 1.txt'), 'text');
    writeFileSync(path.join(folder, 'up', 'large'), Buffer.alloc(9 * 1024 * 1024, 7));
    await aws('s3', 'sync', 'up', 's3://shop-files/files');
    const [url] = await Promise.all([
      aws('s3', 'presign', 's3://shop-files/files/größe 1.txt'),
      aws('s3', 'sync', 's3://shop-files/files', 'down'),
    ]);
    const read = await fetch(url);
    const changed = await fetch(url.replace('Expires=3600', 'Expires=7200'));

    expect(await read.text()).toBe('text');
    expect(changed.status).toBe(403);
    expect(await changed.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    const large = readFileSync(path.join(folder, 'down', 'large'));
    expect(large.equals(Buffer.alloc(9 * 1024 * 1024, 7))).toBe(true);
    await aws('s3', 'rm', 's3://shop-files', '--recursive');
  });

  test('tells who may do what, what was logged and what is watched', async () => {
    const now = String(Date.now());
    const stream = ['--log-group-name', '/app/shop', '--log-stream-name', 'one'];
    await aws('logs', 'create-log-stream', ...stream);
    await aws(
      'logs',
      'put-log-events',
      ...stream,
      '--log-events',
      `timestamp=${now},message=hello`,
    );
    const [account, decisions, found, dashboard] = await Promise.all([
      aws('sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'),
      aws(
        ...['iam', 'simulate-principal-policy', '--output', 'text'],
        ...['--policy-source-arn', 'arn:aws:iam::000000000000:role/shop-role'],
        ...['--action-names', 'kinesis:PutRecord', 'kinesis:GetRecords'],
        ...['--resource-arns', 'arn:aws:kinesis:us-east-1:000000000000:stream/shop-events'],
        ...['--query', 'EvaluationResults[].EvalDecision'],
      ),
      aws(
        ...['logs', 'filter-log-events', '--log-group-name', '/app/shop', '--output', 'text'],
        ...['--filter-pattern', 'hello', '--query', 'events[].message'],
      ),
      aws(
        ...['cloudwatch', 'get-dashboard', '--dashboard-name', 'shop'],
        ...['--query', 'DashboardBody', '--output', 'text'],
      ),
    ]);

    expect(account).toBe('000000000000');
    expect(decisions).toBe('allowed\timplicitDeny');
    expect(found).toBe('hello');
    expect(dashboard).toBe('{"widgets": []}');
  });

  test('deletes the stack and waits until it is gone', async () => {
    await aws('cloudformation', 'delete-stack', '--stack-name', 'shop');
    await aws('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', 'shop');
    await expect(
      cli.program('cloudformation', 'describe-stacks', '--stack-name', 'shop'),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('Stack with id shop does not exist'),
    });
  });
});
