import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { type CloudFormation, createCloudFormation } from '../../src/cloudformation';
import { createSns, snsResourceHandlers } from '../../src/sns';
import { describeRecorded, RECORDINGS } from '../support/recordings';
import { SCENARIOS, type Scenario } from './recorded/scenarios';
import { clientOf, fullEvents } from './support';

// Change sets of LocalStack's tests against AWS (2025), whose recordings are stored beside the
// repository, not in it. Each is sent here in words of our own, and answered to the letter.

type Json = Readonly<Record<string, unknown>>;

interface Recording {
  readonly 'recorded-date': string;
  readonly 'recorded-content': Readonly<Record<string, Json>>;
}

/** The answers of one scenario, by the names that the recordings give them. */
async function play({ before, after }: Scenario): Promise<Json> {
  const service = createCloudFormation({
    handlers: snsResourceHandlers(createSns()),
    readTemplate: () => Promise.reject(new Error('There is none')),
  });
  const client = clientOf(service);
  const answers: Record<string, unknown> = {};
  let stackId: string | undefined;
  for (const [index, { template, parameters = {} }] of [before, after].entries()) {
    const changeSet = await client.send(
      new CreateChangeSetCommand({
        StackName: 'stack',
        ChangeSetName: 'changes',
        ChangeSetType: index === 0 ? 'CREATE' : 'UPDATE',
        TemplateBody: JSON.stringify(template),
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    stackId = changeSet.StackId;
    const name = `describe-change-set-${index + 1}`;
    answers[name] = await described(client, changeSet.Id, false);
    answers[`${name}-prop-values`] = await described(client, changeSet.Id, true);
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: changeSet.Id }));
    await service.idle();
    answers[`post-create-${index + 1}-describe`] = await stackOf(client, stackId);
  }
  answers['per-resource-events'] = await eventsByResource(client);
  answers['delete-describe'] = await deleted(service, client, stackId);
  return replaced(answers, stackId);
}

async function described(client: CloudFormationClient, id: string | undefined, values: boolean) {
  const { $metadata, ...rest } = await client.send(
    new DescribeChangeSetCommand({ ChangeSetName: id, IncludePropertyValues: values }),
  );
  return rest;
}

/** Without `LastOperations`, which stacks have had since the end of 2025. */
async function stackOf(client: CloudFormationClient, stackId: string | undefined) {
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
  const { LastOperations, ...rest } = { ...Stacks?.[0] } as Json;
  return rest;
}

async function deleted(
  service: CloudFormation,
  client: CloudFormationClient,
  stackId: string | undefined,
) {
  await client.send(new DeleteStackCommand({ StackName: stackId }));
  await service.idle();
  return stackOf(client, stackId);
}

/** The newest first, as AWS gives them. */
async function eventsByResource(client: CloudFormationClient) {
  const events = (await fullEvents(client)).reverse();
  const ids = [...new Set(events.map(({ LogicalResourceId }) => String(LogicalResourceId)))];
  return Object.fromEntries(
    ids.map((id) => [id, events.filter(({ LogicalResourceId }) => LogicalResourceId === id)]),
  );
}

/** Replaces values that differ from run to run, as the recordings do; texts that are JSON become values. */
function replaced(value: unknown, stackId = ''): Json {
  const text = JSON.stringify(value)
    .replaceAll(stackId, '<stack-id>')
    .replaceAll('arn:aws:', 'arn:<partition>:')
    .replaceAll('us-east-1', '<region>')
    .replaceAll('000000000000', '111111111111')
    .replaceAll('"amazonaws.com"', '"url_suffix"')
    .replaceAll('\\"amazonaws.com\\"', '\\"url_suffix\\"')
    .replaceAll('"stack"', '"<stack-name:1>"')
    .replaceAll('\\"stack\\"', '\\"<stack-name:1>\\"');
  return JSON.parse(text, revived) as Json;
}

/** The tokens of the recordings that stand for the same as ours, in ours. */
function ofRecording(value: unknown): Json {
  const text = JSON.stringify(value)
    .replace(/arn:<partition>:cloudformation:<region>:111111111111:stack\/[^"\\]*/g, '<stack-id>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|<uuid:\d+>/g, '<uuid>');
  return JSON.parse(text, revived) as Json;
}

const JSON_MEMBERS = ['BeforeContext', 'AfterContext', 'ResourceProperties'];
const VARIABLE =
  /^(ChangeSetId|ChangeSetName|CreationTime|DeletionTime|LastUpdatedTime|Timestamp)$/;

function revived(this: unknown, key: string, value: unknown): unknown {
  if (JSON_MEMBERS.includes(key) && typeof value === 'string') return JSON.parse(value);
  if (VARIABLE.test(key)) return `<${key}>`;
  if (key === 'EventId') {
    return String(value)
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '<uuid>')
      .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z$/, 'date');
  }
  // AWS gives the details in no fixed order.
  if (key === 'Details' && Array.isArray(value)) {
    return [...value].sort((a, b) => (stable(a) < stable(b) ? -1 : 1));
  }
  return key === 'ResponseMetadata' ? undefined : value;
}

const stable = ({ Evaluation, Target }: { Evaluation: string; Target: { Name: string } }) =>
  `${Evaluation} ${Target.Name}`;

/** Until April 2025 additions came with `Replacement: True`; none since 19-05-2025 does. */
function withoutOldReplacement(answer: Json | undefined): unknown {
  return JSON.parse(JSON.stringify(answer), (_, value) => {
    if (value?.Action !== 'Add') return value;
    const { Replacement, ...rest } = value;
    return rest;
  });
}

function recordingOf(name: string, { file }: Scenario): Recording {
  const all = JSON.parse(readFileSync(path.join(RECORDINGS, file), 'utf8'));
  const key = Object.keys(all).find((test) => test.endsWith(`::${name}`));
  return all[String(key)];
}

const ANSWERS = [
  'describe-change-set-1',
  'describe-change-set-1-prop-values',
  'post-create-1-describe',
  'describe-change-set-2',
  'describe-change-set-2-prop-values',
  'post-create-2-describe',
  'delete-describe',
];

describeRecorded('change sets and stacks are described as they were recorded on AWS', () => {
  it.each(SCENARIOS)('%s', async (name, scenario) => {
    const { 'recorded-content': recorded } = recordingOf(name, scenario);

    const ours = await play(scenario);

    for (const answer of ANSWERS) {
      expect({ [answer]: ours[answer] }).toEqual({
        [answer]: withoutOldReplacement(ofRecording(recorded[answer])),
      });
    }
    expect(ours['per-resource-events']).toEqual(ofRecording(recorded['per-resource-events']));
  });
});
