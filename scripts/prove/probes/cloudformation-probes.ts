import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { probesStackOf, refused } from '../probes-stack';
import { reviewed } from './change-set';
import type { Bench, Probe } from './probe';

const HANDLE = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
};

const template = (content: object): string =>
  JSON.stringify({ Resources: { Handle: HANDLE }, ...content });

/** Short forms and the scalars that YAML 1.1 and 1.2 read differently. */
const YAML = [
  "AWSTemplateFormatVersion: '2010-09-09'",
  'Parameters:',
  '  Word: {Type: String, Default: yes}',
  'Resources:',
  '  Handle: {Type: AWS::CloudFormation::WaitConditionHandle}',
  'Outputs:',
  "  Short: {Value: !Join ['-', [!Ref Word, 2012-10-17]]}",
  '',
].join('\n');

/** Texts on which parsers of YAML and of JSON differ. */
const TEXTS = {
  'a list closed at its own column': [
    'Resources:',
    '  Stream:',
    '    Type: AWS::Kinesis::Stream',
    '    Properties:',
    '      Tags: [',
    '        {Key: a, Value: b},',
    '      ]',
    '',
  ].join('\n'),
  'a comma too many in JSON': `{"Resources": {"Handle": ${JSON.stringify(HANDLE)},}}`,
  'JSON that ends too early': '{"Resources": ',
};

export const cloudFormationProbes: readonly Probe[] = [
  {
    name: 'stack-outputs',
    question: 'What do the intrinsic functions give, and is a NoEcho parameter hidden?',
    rows: [
      'cloudformation: intrinsic functions',
      'cloudformation: conditions',
      'cloudformation: parameters',
      'cloudformation: `NoEcho`',
      'cloudformation: stack tags',
      'cloudformation: `AWS::CloudFormation::WaitConditionHandle`',
      'cloudformation: creation',
      'cloudformation: `Fn::GetAtt`',
      'cloudformation: `LastOperations`',
    ],
    expected: {
      outputs: {
        Base64: 'w6k=',
        FindInMap: 'found',
        GetAtt: 'probe',
        If: 'seven',
        Join: 'one-two-three',
        Select: 'b',
        Sub: '${Literal} own',
      },
      handle: 'a URL',
      secret: '****',
      tags: 1,
      operations: ['CREATE_STACK'],
    },
    async ask({ run, recorder }) {
      const { Stacks: [stack] = [] } = await recorder.command(
        run.clients.cloudFormation,
        new DescribeStacksCommand({ StackName: probesStackOf(run) }),
      );
      const outputs = Object.fromEntries(
        (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
      );
      const { RestApi: _, Root: __, Handle: handle = '', ...shown } = outputs;
      return {
        outputs: Object.fromEntries(Object.entries(shown).sort()),
        handle: URL.canParse(handle) ? 'a URL' : handle,
        secret: stack?.Parameters?.find(({ ParameterKey }) => ParameterKey === 'Secret')
          ?.ParameterValue,
        tags: stack?.Tags?.filter(({ Key }) => Key === 'probe').length,
        operations: stack?.LastOperations?.map(({ OperationType }) => OperationType),
      };
    },
  },
  {
    name: 'template-kept',
    question: 'Does GetTemplate give back what was sent, and what do summary and validation tell?',
    rows: [
      'cloudformation: GetTemplate',
      'cloudformation: JSON and YAML',
      'cloudformation: ValidateTemplate, GetTemplateSummary',
    ],
    expected: {
      isSame: true,
      parameters: ['Number', 'Secret', 'Words'],
      capabilities: ['CAPABILITY_IAM'],
    },
    async ask({ run, recorder }) {
      const StackName = probesStackOf(run);
      const client = run.clients.cloudFormation;
      const { TemplateBody = '' } = await recorder.command(
        client,
        new GetTemplateCommand({ StackName }),
      );
      const summary = await recorder.command(client, new GetTemplateSummaryCommand({ StackName }));
      const validated = await recorder.command(
        client,
        new ValidateTemplateCommand({ TemplateBody: template({ Resources: { Role: ROLE } }) }),
      );
      return {
        isSame: TemplateBody.startsWith('{"AWSTemplateFormatVersion":"2010-09-09"'),
        parameters: (summary.Parameters ?? []).map(({ ParameterKey = '' }) => ParameterKey).sort(),
        capabilities: validated.Capabilities,
      };
    },
  },
  {
    name: 'yaml',
    question: 'Are the short forms of YAML read, and its dates as texts?',
    rows: ['cloudformation: short forms', 'cloudformation: scalars of YAML'],
    expected: { default: 'true' },
    async ask({ run, recorder }) {
      const { Parameters = [] } = await recorder.command(
        run.clients.cloudFormation,
        new ValidateTemplateCommand({ TemplateBody: YAML }),
      );
      return { default: Parameters[0]?.DefaultValue };
    },
  },
  {
    name: 'template-texts',
    question: 'Which texts are read as templates, and what is said of the others?',
    rows: [
      'cloudformation: the grammar of YAML',
      'cloudformation: a template that begins with `{` and is no JSON',
    ],
    expected: {
      'a list closed at its own column': 'taken',
      'a comma too many in JSON': 'taken',
      'JSON that ends too early':
        'Template format error: JSON not well-formed. (line 1, column 15)',
    },
    async ask({ run, recorder }) {
      const observed: Record<string, unknown> = {};
      for (const [name, TemplateBody] of Object.entries(TEXTS)) {
        const refused = await recorder.refusal(
          run.clients.cloudFormation,
          new ValidateTemplateCommand({ TemplateBody }),
        );
        observed[name] = refused?.message ?? 'taken';
      }
      return observed;
    },
  },
  {
    name: 'capabilities',
    question: 'What is said of a role without CAPABILITY_IAM?',
    rows: ['cloudformation: capabilities'],
    expected: {
      refused: {
        error: 'InsufficientCapabilitiesException',
        message: 'Requires capabilities : [CAPABILITY_IAM]',
      },
    },
    ask: async (bench) => ({
      refused: await refusedStack(bench, template({ Resources: { Role: ROLE } })),
    }),
  },
  {
    name: 'rules',
    question: 'What is said of a parameter that a rule forbids?',
    rows: ['cloudformation: rules'],
    expected: { refused: { error: 'ValidationError', message: 'Rules failed: Two: must be two' } },
    ask: async (bench) => ({
      refused: await refusedStack(
        bench,
        template({
          Parameters: { Word: { Type: 'String', Default: 'one' } },
          Rules: {
            Two: {
              Assertions: [
                {
                  Assert: { 'Fn::Equals': [{ Ref: 'Word' }, 'two'] },
                  AssertDescription: 'must be two',
                },
              ],
            },
          },
        }),
      ),
    }),
  },
  {
    name: 'change-set',
    question: 'What does a change set tell of a resource that is added?',
    rows: ['cloudformation: `IncludePropertyValues`'],
    expected: { status: 'CREATE_COMPLETE', changes: ['Add Second AWS::Logs::LogGroup'] },
    async ask(bench) {
      const { run } = bench;
      const StackName = probesStackOf(run);
      const client = run.clients.cloudFormation;
      const { TemplateBody = '{}' } = await bench.recorder.command(
        client,
        new GetTemplateCommand({ StackName }),
      );
      const before = JSON.parse(TemplateBody);
      const Second = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 1 } };
      const after = { ...before, Resources: { ...before.Resources, Second } };
      const { status, changes } = await reviewed(bench, StackName, {
        ChangeSetType: 'UPDATE',
        TemplateBody: JSON.stringify(after),
      });
      return { status, changes };
    },
  },
  {
    name: 'change-set-token',
    question: 'Is a change set made once when its request is sent again with its token?',
    rows: ['cloudformation: `ClientToken`, `ClientRequestToken` of change sets'],
    expected: { again: 'the same' },
    async ask({ run, recorder }) {
      const client = run.clients.cloudFormation;
      const named = { StackName: probesStackOf(run), ChangeSetName: 'probe-token' };
      const request = { ...named, UsePreviousTemplate: true, ClientToken: 'probe-token' };
      const create = new CreateChangeSetCommand(request);
      const first = await recorder.command(client, create);
      const again = await recorder
        .command(client, create)
        .then(({ Id }) => (Id === first.Id ? 'the same' : 'another'))
        .catch(({ name }: Error) => name);
      await recorder.command(client, new DeleteChangeSetCommand(named));
      return { again };
    },
  },
  {
    name: 'events',
    question: 'Do the events of a stack begin with its creation?',
    rows: ['cloudformation: DescribeStackEvents'],
    expected: { first: 'CREATE_IN_PROGRESS', last: 'CREATE_COMPLETE' },
    async ask({ run, recorder }) {
      const StackName = probesStackOf(run);
      const client = run.clients.cloudFormation;
      let token: string | undefined;
      const statuses: string[] = [];
      do {
        const page = await recorder.command(
          client,
          new DescribeStackEventsCommand({
            StackName,
            ...(token !== undefined && { NextToken: token }),
          }),
        );
        statuses.push(
          ...(page.StackEvents ?? [])
            .filter(({ LogicalResourceId }) => LogicalResourceId === StackName)
            .map(({ ResourceStatus = '' }) => ResourceStatus),
        );
        token = page.NextToken;
      } while (token !== undefined);
      return { first: statuses.at(-1), last: statuses[0] };
    },
  },
];

const refusedStack = ({ run, recorder }: Bench, TemplateBody: string) =>
  recorder.refusal(
    run.clients.cloudFormation,
    new CreateStackCommand({ StackName: refused(run), TemplateBody }),
  );
