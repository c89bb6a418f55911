import type { Account, Answer } from '../ours';
import type { Scenario } from './scenario';

// One stack after another, as those of the recordings: new, changed by UpdateStack and by change
// sets, without and with parameters, outputs, tags, conditions; and those that fail.

const SETTLED = /_(COMPLETE|FAILED)$|^REVIEW_IN_PROGRESS$/;

async function settled(aws: Account, StackName: unknown): Promise<void> {
  for (;;) {
    const { Stacks, error } = await aws.call('cloudformation', 'DescribeStacks', { StackName });
    if (error !== undefined) return;
    const [stack] = Stacks as readonly Answer[];
    const status = String(stack?.StackStatus);
    if (SETTLED.test(status)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function reviewed(aws: Account, input: object): Promise<void> {
  for (;;) {
    const { Status, error } = await aws.call('cloudformation', 'DescribeChangeSet', input);
    if (error !== undefined || !String(Status).endsWith('_IN_PROGRESS')) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await aws.call('cloudformation', 'DescribeChangeSet', { ...input, IncludePropertyValues: true });
}

const topic = (Properties: object = {}) => ({ Type: 'AWS::SNS::Topic', Properties });

const template = (Resources: object, rest: object = {}) => JSON.stringify({ Resources, ...rest });

const PLAIN = template({ Orders: topic({ DisplayName: 'a' }) });

const FULL = template(
  {
    Orders: topic({ DisplayName: { Ref: 'Title' } }),
    Payments: topic({ DisplayName: { 'Fn::GetAtt': ['Orders', 'TopicName'] } }),
    Skipped: { ...topic(), Condition: 'Never' },
  },
  {
    Description: 'Topics',
    Metadata: { owner: 'a' },
    Parameters: {
      Title: { Type: 'String', Default: 'b', Description: 'The title' },
      Secret: { Type: 'String', NoEcho: true, Default: 'hidden' },
    },
    Conditions: { Never: { 'Fn::Equals': [{ Ref: 'Title' }, 'never'] } },
    Outputs: {
      Topic: { Value: { Ref: 'Orders' } },
      Name: {
        Description: 'The name',
        Value: { 'Fn::GetAtt': ['Orders', 'TopicName'] },
        Export: { Name: 'topic-name' },
      },
    },
  },
);

const ROLE = template({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
    },
  },
});

const BROKEN = template({
  Orders: topic({ TopicName: 'taken' }),
  Stream: {
    Type: 'AWS::Kinesis::Stream',
    DependsOn: 'Orders',
    Properties: { Name: 'taken', ShardCount: 1 },
  },
});

async function look(aws: Account, StackName: unknown): Promise<void> {
  const call = (operation: string, input: object = {}) =>
    aws.call('cloudformation', operation, { StackName, ...input });
  await call('DescribeStacks');
  await call('DescribeStackEvents');
  await call('DescribeStackResources');
  await call('DescribeStackResource', { LogicalResourceId: 'Orders' });
  await call('DescribeStackResource', { LogicalResourceId: 'Missing' });
  await call('ListStackResources');
  await call('GetTemplate');
  await call('GetTemplate', { TemplateStage: 'Processed' });
  await call('GetTemplateSummary');
  await call('GetStackPolicy');
  await call('ListChangeSets');
}

async function changeSet(aws: Account, input: object): Promise<void> {
  const created = await aws.call('cloudformation', 'CreateChangeSet', input);
  if (created.error !== undefined) return;
  const ChangeSetName = created.Id;
  await reviewed(aws, { ChangeSetName });
  await look(aws, created.StackId);
  await aws.call('cloudformation', 'GetTemplate', { ChangeSetName });
  await aws.call('cloudformation', 'ExecuteChangeSet', { ChangeSetName });
  await settled(aws, created.StackId);
  await aws.call('cloudformation', 'DescribeChangeSet', { ChangeSetName });
  await look(aws, created.StackId);
}

async function stack(aws: Account, operation: string, input: object): Promise<void> {
  const { StackId, error } = await aws.call('cloudformation', operation, input);
  if (error !== undefined) return;
  await settled(aws, StackId);
  await look(aws, StackId);
}

export const cloudFormationScenario: Scenario = async (aws) => {
  const call = (operation: string, input: object = {}) =>
    aws.call('cloudformation', operation, input);
  await call('ListStacks');
  await call('DescribeStacks');
  await call('DescribeStacks', { StackName: 'missing' });
  await call('ValidateTemplate', { TemplateBody: PLAIN });
  await call('ValidateTemplate', { TemplateBody: FULL });
  await call('ValidateTemplate', { TemplateBody: ROLE });
  await call('ValidateTemplate', { TemplateBody: '{' });
  for (const TemplateBody of [PLAIN, FULL, ROLE])
    await call('GetTemplateSummary', { TemplateBody });
  await byUpdates(aws);
  await byChangeSets(aws);
  await failures(aws);
  await call('ListExports');
  await call('ListImports', { ExportName: 'topic-name' });
  await call('ListStacks');
  await call('DescribeStacks');
  const { StackId } = await call('CreateStack', { StackName: 'gone', TemplateBody: PLAIN });
  await settled(aws, StackId);
  await call('DeleteStack', { StackName: 'gone' });
  await settled(aws, StackId);
  await look(aws, StackId);
};

async function byUpdates(aws: Account): Promise<void> {
  const StackName = 'updated';
  await stack(aws, 'CreateStack', { StackName, TemplateBody: PLAIN });
  await stack(aws, 'UpdateStack', { StackName, TemplateBody: PLAIN });
  await stack(aws, 'UpdateStack', {
    StackName,
    TemplateBody: FULL,
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  await stack(aws, 'UpdateStack', { StackName, TemplateBody: PLAIN });
  await stack(aws, 'CreateStack', {
    StackName: 'full',
    TemplateBody: FULL,
    Parameters: [{ ParameterKey: 'Title', ParameterValue: '' }],
    Tags: [{ Key: 'team', Value: 'a' }],
    Capabilities: ['CAPABILITY_IAM'],
    NotificationARNs: ['arn:aws:sns:us-east-1:000000000000:news'],
    TimeoutInMinutes: 5,
    EnableTerminationProtection: true,
    StackPolicyBody: '{"Statement":[]}',
  });
  await aws.call('cloudformation', 'UpdateTerminationProtection', {
    StackName: 'full',
    EnableTerminationProtection: false,
  });
  await stack(aws, 'CreateStack', {
    StackName: 'role',
    TemplateBody: ROLE,
    Capabilities: ['CAPABILITY_IAM'],
    DisableRollback: true,
  });
}

async function byChangeSets(aws: Account): Promise<void> {
  const StackName = 'changed';
  const set = (name: string, input: object) =>
    changeSet(aws, { StackName, ChangeSetName: name, ...input });
  await set('create', { ChangeSetType: 'CREATE', TemplateBody: PLAIN });
  await set('none', { TemplateBody: PLAIN });
  await set('full', {
    TemplateBody: FULL.replaceAll('topic-name', 'changed-name'),
    Description: 'Everything',
    Parameters: [{ ParameterKey: 'Title', ParameterValue: 'c' }],
    Tags: [{ Key: 'team', Value: 'a' }],
    Capabilities: ['CAPABILITY_IAM'],
    NotificationARNs: ['arn:aws:sns:us-east-1:000000000000:news'],
    OnStackFailure: 'ROLLBACK',
  });
  await set('title', {
    UsePreviousTemplate: true,
    Parameters: [{ ParameterKey: 'Title', ParameterValue: 'd' }],
  });
  await set('replace', { TemplateBody: template({ Orders: topic({ TopicName: 'orders-2' }) }) });
  await set('empty', {
    TemplateBody: template({ Other: topic({ DisplayName: { Ref: 'AWS::StackName' } }) }),
  });
  const kept = { StackName, ChangeSetName: 'kept', TemplateBody: PLAIN };
  await aws.call('cloudformation', 'CreateChangeSet', kept);
  await reviewed(aws, { StackName, ChangeSetName: 'kept' });
  await aws.call('cloudformation', 'ListChangeSets', { StackName });
  await aws.call('cloudformation', 'CreateChangeSet', kept);
  await aws.call('cloudformation', 'DeleteChangeSet', { StackName, ChangeSetName: 'kept' });
  await aws.call('cloudformation', 'DescribeChangeSet', { StackName, ChangeSetName: 'kept' });
}

async function failures(aws: Account): Promise<void> {
  await aws.call('kinesis', 'CreateStream', { StreamName: 'taken', ShardCount: 1 });
  const input = { TemplateBody: BROKEN };
  await stack(aws, 'CreateStack', { StackName: 'broken', ...input });
  await stack(aws, 'CreateStack', { StackName: 'kept', DisableRollback: true, ...input });
  await stack(aws, 'CreateStack', { StackName: 'dropped', OnFailure: 'DELETE', ...input });
  await stack(aws, 'CreateStack', { StackName: 'whole', TemplateBody: PLAIN });
  await stack(aws, 'UpdateStack', { StackName: 'whole', TemplateBody: BROKEN });
  await changeSet(aws, {
    StackName: 'broken-set',
    ChangeSetName: 'create',
    ChangeSetType: 'CREATE',
    ...input,
  });
}
