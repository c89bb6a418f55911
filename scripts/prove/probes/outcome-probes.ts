import { DeleteModelCommand, GetModelsCommand } from '@aws-sdk/client-api-gateway';
import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  type CreateStackCommandInput,
  GetTemplateCommand,
  RollbackStackCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { Bench, Observed, Probe } from './probe';
import {
  broken,
  HANDLE,
  type Resources,
  requireStatus,
  type ThrowawayStack,
  withStack,
} from './throwaway-stack';

const FAILING: Resources = { Handle: HANDLE, Broken: broken('Handle') };

type CreateOptions = Omit<CreateStackCommandInput, 'StackName'>;

/** The outcome of a stack that cannot be created, by the request's options. */
const ON_FAILURE: Readonly<Record<string, CreateOptions>> = {
  nothing: {},
  delete: { OnFailure: 'DELETE' },
  'do nothing': { OnFailure: 'DO_NOTHING' },
  'no rollback': { DisableRollback: true },
};

/** An API, and a model in it whose name or description an update changes. */
const modelled = (stack: ThrowawayStack, properties: object, more: object = {}): Resources => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: stack.name } },
  Model: {
    Type: 'AWS::ApiGateway::Model',
    ...more,
    Properties: {
      RestApiId: { Ref: 'Api' },
      ContentType: 'application/json',
      Schema: { type: 'object' },
      ...properties,
    },
  },
});

/** Streams one after the other: time enough to cancel an update. */
function inARow({ run }: Bench, count: number): Resources {
  const names = Array.from({ length: count }, (_, index) => `Stream${index}`);
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        Type: 'AWS::Kinesis::Stream',
        ...(index > 0 && { DependsOn: names[index - 1] }),
        Properties: { Name: `${run.stackName}-probe-row-${index}`, ShardCount: 1 },
      },
    ]),
  );
}

interface OfStack {
  readonly name: string;
  readonly question: string;
  readonly rows: readonly string[];
  readonly expected: Observed;
  readonly ask: (stack: ThrowawayStack, bench: Bench) => Promise<Observed>;
}

const ofStack = ({ ask, ...rest }: OfStack): Probe => ({
  ...rest,
  ask: (bench) => withStack(bench, 'outcomes', (stack) => ask(stack, bench)),
});

/** How stacks end that fail, are taken back or are cancelled. */
export const outcomeProbes: readonly Probe[] = [
  ofStack({
    name: 'on-failure',
    question: 'What becomes of a stack whose creation fails, by OnFailure and DisableRollback?',
    rows: ['cloudformation: `OnFailure`, `DisableRollback`'],
    expected: {
      nothing: 'ROLLBACK_COMPLETE',
      delete: 'gone',
      'do nothing': 'CREATE_FAILED',
      'no rollback': 'CREATE_FAILED',
    },
    async ask(stack) {
      const observed: Record<string, unknown> = {};
      for (const [title, options] of Object.entries(ON_FAILURE)) {
        observed[title] = await stack.create(FAILING, options);
      }
      return observed;
    },
  }),
  ofStack({
    name: 'retain-except-on-create',
    question:
      'Is a new resource that says Retain kept by a rollback, and with RetainExceptOnCreate?',
    rows: ['cloudformation: `RetainExceptOnCreate` of a request'],
    expected: { false: 'DELETE_SKIPPED', true: 'DELETE_COMPLETE' },
    async ask(stack) {
      const retained = { ...FAILING, Handle: { ...HANDLE, DeletionPolicy: 'Retain' } };
      const observed: Record<string, unknown> = {};
      for (const RetainExceptOnCreate of [false, true]) {
        await stack.create(retained, { RetainExceptOnCreate });
        observed[String(RetainExceptOnCreate)] = await stack.lastOf('Handle');
      }
      return observed;
    },
  }),
  ofStack({
    name: 'rollback-stack',
    question: 'Does RollbackStack take back failed updates, and a creation that failed?',
    rows: ['cloudformation: RollbackStack'],
    expected: {
      failed: ['UPDATE_FAILED', 'UPDATE_FAILED'],
      undone: 'UPDATE_ROLLBACK_COMPLETE',
      left: ['Handle'],
      created: 'CREATE_FAILED',
      down: 'ROLLBACK_COMPLETE',
    },
    async ask(stack) {
      const rollBack = () => stack.act(new RollbackStackCommand({ StackName: stack.name }));
      requireStatus(await stack.create({ Handle: HANDLE }), 'CREATE_COMPLETE');
      const update = (added: string) =>
        stack.update({ ...FAILING, [added]: HANDLE }, { DisableRollback: true });
      const failed = [await update('First'), await update('Second')];
      const undone = await rollBack();
      const left = Object.keys(await stack.resources()).sort();
      const created = await stack.create(FAILING, { DisableRollback: true });
      return { failed, undone, left, created, down: await rollBack() };
    },
  }),
  ofStack({
    name: 'continue-rollback',
    question: 'Does a rollback that failed go on without a resource that is skipped?',
    rows: ['cloudformation: ContinueUpdateRollback, with resources to skip'],
    expected: { stuck: 'UPDATE_ROLLBACK_FAILED', after: 'UPDATE_ROLLBACK_COMPLETE' },
    async ask(stack, { run, recorder }) {
      const modelName = 'Probe';
      const at = (Description: string) => modelled(stack, { Name: modelName, Description });
      requireStatus(await stack.create(at('one')), 'CREATE_COMPLETE');
      const { Api: restApiId } = await stack.resources();
      // CloudFormation can neither update nor roll back a resource that was deleted by other means.
      await recorder.command(
        run.clients.apiGateway,
        new DeleteModelCommand({ restApiId, modelName }),
      );
      const stuck = await stack.update(at('two'));
      await stack.begin(
        new ContinueUpdateRollbackCommand({ StackName: stack.name, ResourcesToSkip: ['Model'] }),
      );
      return { stuck, after: await stack.status() };
    },
  }),
  ofStack({
    name: 'cancel-update',
    question: 'Is an update that is cancelled rolled back?',
    rows: ['cloudformation: CancelUpdateStack'],
    expected: { status: 'UPDATE_ROLLBACK_COMPLETE', left: ['Handle'] },
    async ask(stack, bench) {
      requireStatus(await stack.create({ Handle: HANDLE }), 'CREATE_COMPLETE');
      const StackName = stack.name;
      const TemplateBody = JSON.stringify({ Resources: { Handle: HANDLE, ...inARow(bench, 12) } });
      await stack.begin(new UpdateStackCommand({ StackName, TemplateBody }));
      await stack.begin(new CancelUpdateStackCommand({ StackName }));
      const status = await stack.status();
      return { status, left: Object.keys(await stack.resources()).sort() };
    },
  }),
  ofStack({
    name: 'policy-of-a-parameter',
    question: 'Is a DeletionPolicy that is a parameter resolved, with the language extensions?',
    rows: ['cloudformation: `DeletionPolicy`, `UpdateReplacePolicy` that are functions'],
    expected: { policy: 'Delete' },
    async ask(stack, { run, recorder }) {
      const StackName = stack.name;
      const TemplateBody = JSON.stringify({
        Transform: 'AWS::LanguageExtensions',
        Parameters: { Policy: { Type: 'String', Default: 'Delete' } },
        Resources: { Handle: { ...HANDLE, DeletionPolicy: { Ref: 'Policy' } } },
      });
      const options: CreateOptions = { TemplateBody, Capabilities: ['CAPABILITY_AUTO_EXPAND'] };
      requireStatus(await stack.create({}, options), 'CREATE_COMPLETE');
      const { TemplateBody: processed = '' } = await recorder.command(
        run.clients.cloudFormation,
        new GetTemplateCommand({ StackName, TemplateStage: 'Processed' }),
      );
      return { policy: /"?DeletionPolicy"?: *"?(\w+)/.exec(processed)?.[1] };
    },
  }),
  ofStack({
    name: 'stack-policy',
    question: 'Does a policy of the stack hold for an update, and one of the update instead of it?',
    rows: ['cloudformation: stack policies', 'cloudformation: a policy in UpdateStack'],
    expected: { held: 'UPDATE_ROLLBACK_COMPLETE', meanwhile: 'UPDATE_COMPLETE' },
    async ask(stack) {
      const policy = (Effect: string) =>
        JSON.stringify({
          Statement: [{ Effect, Action: 'Update:*', Principal: '*', Resource: '*' }],
        });
      requireStatus(
        await stack.create(modelled(stack, { Description: 'one' }), {
          StackPolicyBody: policy('Deny'),
        }),
        'CREATE_COMPLETE',
      );
      const changed = modelled(stack, { Description: 'two' });
      return {
        held: await stack.update(changed),
        meanwhile: await stack.update(changed, { StackPolicyDuringUpdateBody: policy('Allow') }),
      };
    },
  }),
  ofStack({
    name: 'update-replace-policy',
    question: 'Is a resource kept that an update replaces, by the policy of the new template?',
    rows: ['cloudformation: `UpdateReplacePolicy`'],
    expected: { status: 'UPDATE_COMPLETE', models: ['ProbeOne', 'ProbeTwo'] },
    async ask(stack, { run, recorder }) {
      requireStatus(await stack.create(modelled(stack, { Name: 'ProbeOne' })), 'CREATE_COMPLETE');
      const status = await stack.update(
        modelled(stack, { Name: 'ProbeTwo' }, { UpdateReplacePolicy: 'Retain' }),
      );
      const { Api: restApiId } = await stack.resources();
      const { items = [] } = await recorder.command(
        run.clients.apiGateway,
        new GetModelsCommand({ restApiId }),
      );
      const names = items.map(({ name = '' }) => name);
      return { status, models: names.filter((name) => name.startsWith('Probe')).sort() };
    },
  }),
];
