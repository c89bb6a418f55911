import { randomUUID } from 'node:crypto';
import { DeleteStackCommand, ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { DescribeStreamSummaryCommand, ListTagsForStreamCommand } from '@aws-sdk/client-kinesis';
import { underReview } from '../probes-stack';
import { reviewed, type Wanted } from './change-set';
import type { Bench, Observed, Probe } from './probe';
import { withStream } from './probe-stream';
import { broken, type Resources, withStack } from './throwaway-stack';

const KEPT = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

const existing = (Name: string): Resources => ({
  Taken: { Type: 'AWS::Kinesis::Stream', ...KEPT, Properties: { Name, ShardCount: 1 } },
});

/** Lets a new stack import a stream. @returns what became of both, before the stack is deleted */
async function imported(bench: Bench, stream: string, more: Resources = {}): Promise<Observed> {
  const { run, recorder } = bench;
  return withStack(bench, 'existing', async (stack) => {
    // Of a run that was cut off here.
    await stack.delete();
    const wanted: Wanted = {
      ChangeSetType: 'CREATE',
      ImportExistingResources: true,
      Tags: [{ Key: 'stack', Value: 'probe' }],
      TemplateBody: JSON.stringify({ Resources: { ...existing(stream), ...more } }),
    };
    const { status, changes } = await reviewed(bench, stack.name, wanted, (set) =>
      stack.begin(new ExecuteChangeSetCommand({ ...set, ClientRequestToken: randomUUID() })),
    );
    const outcome = await stack.status();
    const { Tags = [] } = await recorder.command(
      run.clients.kinesis,
      new ListTagsForStreamCommand({ StreamName: stream }),
    );
    const isTagged = Tags.some(({ Key, Value }) => Key === 'stack' && Value === 'probe');
    return { status, changes, outcome, last: await stack.lastOf('Taken'), isTagged };
  });
}

/** What change sets make of a resource that is there already. */
export const existingProbes: readonly Probe[] = [
  {
    name: 'change-set-of-existing',
    question: 'In which words is a name that is taken refused when the change set is made?',
    rows: [
      'cloudformation: change set of a new stack',
      'cloudformation: a change set whose resource exists already under its name',
    ],
    expected: {
      status: 'FAILED',
      failure: {
        reason:
          'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.',
        resources: ['Taken'],
      },
    },
    ask: (bench) =>
      withStream(bench, 'taken', async (stream) => {
        const { run } = bench;
        const StackName = underReview(run);
        const TemplateBody = JSON.stringify({ Resources: existing(stream) });
        const wanted = { ChangeSetType: 'CREATE', TemplateBody } as const;
        const { status, failure } = await reviewed(bench, StackName, wanted);
        // Under review it has no resources, and goes at once.
        await run.clients.cloudFormation.send(new DeleteStackCommand({ StackName }));
        return { status, failure };
      }),
  },
  {
    name: 'import-existing',
    question:
      'Is a stream that is there imported with the tags of its stack, and does it outlive the stack?',
    rows: ['cloudformation: `ImportExistingResources`'],
    expected: {
      status: 'CREATE_COMPLETE',
      changes: ['Import Taken AWS::Kinesis::Stream'],
      outcome: 'CREATE_COMPLETE',
      last: 'UPDATE_COMPLETE',
      isTagged: true,
      left: 'ACTIVE',
    },
    ask: (bench) =>
      withStream(bench, 'imported', async (stream) => ({
        ...(await imported(bench, stream)),
        left: await statusOf(bench, stream),
      })),
  },
  {
    name: 'import-rolled-back',
    question: 'Is a stream left alone whose import is rolled back, and what does its event say?',
    rows: ['cloudformation: an import that is rolled back'],
    expected: { outcome: 'ROLLBACK_COMPLETE', last: 'DELETE_SKIPPED', left: 'ACTIVE' },
    ask: (bench) =>
      withStream(bench, 'taken-back', async (stream) => {
        const { outcome, last } = await imported(bench, stream, { Broken: broken('Taken') });
        return { outcome, last, left: await statusOf(bench, stream) };
      }),
  },
];

async function statusOf({ run, recorder }: Bench, StreamName: string) {
  const { StreamDescriptionSummary: summary } = await recorder.command(
    run.clients.kinesis,
    new DescribeStreamSummaryCommand({ StreamName }),
  );
  return summary?.StreamStatus;
}
