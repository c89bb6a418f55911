import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  type PatchOperation,
  UpdateApiKeyCommand,
  UpdateUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { inOrder } from 'dev-kit/testing/in-order';
import { drift } from '../../../hooks/drift/drift';
import { repositoryDrift, repositoryTemplate } from '../../../hooks/drift/repository';
import type { Target } from '../../../hooks/stage/target';
import { EMBEDDED_PACE } from '../../../hooks/verify/pace';
import { logicalIds } from '../../../resources/logical-ids';
import { deployInProcess, type InProcessStage } from '../../support/in-process-stage';

// Changes by hand of producers' plans and keys, one after another.

const test = inOrder();

const ORDERS = '/events/orders/POST';

let stage: InProcessStage;
let gateway: APIGatewayClient;
let iam: IAMClient;
let target: Target;

beforeAll(async () => {
  stage = await deployInProcess(
    { authorization: 'API_KEY', manageStreams: 'false' },
    undefined,
    {},
    undefined,
    { orders: {} },
    {
      acme: { keys: ['1', '2'], rate: 5, burst: 10, endpoints: { orders: { rate: 1, burst: 2 } } },
      zoo: {},
    },
  );
  gateway = new APIGatewayClient(stage.sdk());
  iam = new IAMClient(stage.sdk());
  target = await stage.target();
});
afterAll(() => {
  gateway.destroy();
  iam.destroy();
});

const idOf = (logicalId: string) => target.stack?.physicalIds[logicalId] ?? '';
const plan = () => idOf(logicalIds.producerPlan('acme'));

async function differences(stack = target.stack): Promise<string[]> {
  if (stack === undefined) throw new TypeError('The stage has no stack.');
  const context = { apiGateway: gateway, iam, pace: EMBEDDED_PACE };
  const found = await drift({ ...context, signal: new AbortController().signal }, target, stack);
  return found.differences.map(({ where, what }) => `${where} ${what}`);
}

const patch = (...patchOperations: PatchOperation[]) =>
  gateway.send(new UpdateUsagePlanCommand({ usagePlanId: plan(), patchOperations }));
const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });

test('as deployed there is no difference', async () => {
  expect(await differences()).toEqual([]);
});

test('what is kept for the way back, while the outcome of a deploy is open, is no difference', async () => {
  const { stack } = target;
  if (stack === undefined) throw new TypeError('The stage has no stack.');
  const leaving = ['ProduceracmeZk1Key', 'ProduceracmeZk1Access', 'ProducerzooPlan'];
  const gone = [...leaving, 'ProducerzooZk1Key', 'ProducerzooZk1Access'];
  const staying = Object.entries(stack.template.Resources).filter(([id]) => !gone.includes(id));
  const template = { ...stack.template, Resources: Object.fromEntries(staying) };

  expect(staying.length).toBe(Object.keys(stack.template.Resources).length - gone.length);
  expect(await differences({ ...stack, template })).toEqual([]);
});

test('limits are compared, of the plan and of single endpoints', async () => {
  const method = `/apiStages/${target.restApiId}:dev/throttle/~1events~1orders/POST`;
  await patch(replace('/throttle/rateLimit', '50'), replace(`${method}/burstLimit`, '20'));
  await patch(replace('/quota/limit', '9'), replace('/quota/period', 'WEEK'));

  const found = await differences();
  const where = 'Usage plan of producer acme';
  expect(found).toEqual([
    `${where} quota.limit was added: 9`,
    `${where} quota.period was added: "WEEK"`,
    `${where} stages.${target.restApiId}/dev.throttle.${ORDERS}.burstLimit is 20, declared as 2`,
    `${where} throttle.rateLimit is 50, declared as 5`,
  ]);

  await patch(replace('/throttle/rateLimit', '5'), replace(`${method}/burstLimit`, '2'));
  await patch({ op: 'remove', path: '/quota' });
  expect(await differences()).toEqual([]);
});

test('keys that are put in, taken out, switched off or deleted are named', async () => {
  const { id: keyId = '' } = await gateway.send(new CreateApiKeyCommand({ enabled: true }));
  const usagePlanId = plan();
  await gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
  const [first, second] = ['1', '2'].map((key) => idOf(logicalIds.producerKey('acme', key)));
  await gateway.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: first }));
  const patchOperations = [replace('/enabled', 'false')];
  await gateway.send(new UpdateApiKeyCommand({ apiKey: second, patchOperations }));
  const zoo = idOf(logicalIds.producerKey('zoo', '1'));
  await gateway.send(new DeleteApiKeyCommand({ apiKey: zoo }));

  const expected = [
    'API key acme/2 enabled is "false", declared as "true"',
    'API key zoo/1 it is missing',
    `Usage plan of producer acme: key ${first} is missing`,
    `Usage plan of producer acme: key ${keyId} was added`,
    `Usage plan of producer zoo: key ${zoo} is missing`,
  ];
  // Ids are as they come.
  expect((await differences()).sort()).toEqual(expected.sort());
});

test('a checkout with other producers is another one than was deployed from', () => {
  const { stack } = target;
  if (stack === undefined) throw new TypeError('The stage has no stack.');
  const drifted = (producers: typeof stack.producers = []) =>
    repositoryDrift(
      repositoryTemplate({ ...target, stack: { ...stack, producers } }, 'kinesis-rest-proxy'),
      stack.template,
    ).map(({ where }) => where);
  const [acme, zoo] = stack.producers ?? [];
  if (acme === undefined || zoo === undefined) throw new TypeError('There are two producers.');

  expect(drifted([acme, zoo])).toEqual([]);
  expect(drifted([{ ...acme, keys: ['2'] }, zoo])).toEqual(['ProduceracmeZk1Key']);
  expect(drifted([acme])).toEqual(['ProducerzooPlan', 'ProducerzooZk1Key']);
});
