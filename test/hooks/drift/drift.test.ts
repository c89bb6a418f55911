import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { drift } from '../../../hooks/drift/drift';
import { declaredOf, type Look, type Site } from '../../../hooks/drift/look';
import { RESOURCE_TYPES } from '../../../hooks/drift/resource-types';
import type { CompiledTemplate } from '../../../hooks/framework';
import type { DeployedStack } from '../../../hooks/stage/target';
import { EMBEDDED_PACE } from '../../../hooks/verify/pace';
import { stack } from '../../../resources';
import { canaryAlarm } from '../../../resources/canary';
import { deployInProcess } from '../../support/in-process-stage';
import { AUTHORIZER_ARN, authorizerCode, makeAuthorizer } from '../../support/token-stages';
import { allowAccessLogs, WHOLE, withFrameworksOwn } from '../../support/whole-stack';

// Changes every property that the stack declares, one at a time, while AWS keeps the old value.
// Each change must be reported unless it is excluded by name.

/** Properties that are not compared, and why that is harmless. */
const NOT_LOOKED_AT: readonly RegExp[] = [
  // Names and words for people.
  /\.Tags/,
  /^AWS::ApiGateway::(RestApi|ApiKey)\.Description$/,
  /^AWS::ApiGateway::Deployment\.Description$/,
  /^AWS::ApiGateway::UsagePlan\.(UsagePlanName|Description)$/,
  /^AWS::ApiGateway::Authorizer\.Name$/,
  /^AWS::Lambda::Function\.Description$/,
  /^AWS::ApiGateway::Method\.OperationName$/,
  /^AWS::Events::Rule\.Targets\.0\.Id$/,
  // By which the resource is found: another name is another resource, which is missing.
  /^AWS::ApiGateway::(Authorizer|Method|Resource|Model|RequestValidator|GatewayResponse|Stage|Deployment)\.RestApiId$/,
  /^AWS::ApiGateway::RequestValidator\.Name$/,
  /^AWS::ApiGateway::UsagePlanKey\.KeyType$/,
  /^AWS::Logs::LogGroup\.LogGroupName$/,
  /^AWS::Lambda::Function\.FunctionName$/,
  /^AWS::Lambda::EventInvokeConfig\.Qualifier$/,
  // The code of a function is nowhere to compare with.
  /^AWS::Lambda::Function\.Code/,
  /^AWS::Lambda::EventInvokeConfig\.DestinationConfig/,
  // A check of its own: The stage serves the stack's deployment.
  /^AWS::ApiGateway::Stage\.DeploymentId$/,
  // Declared headers are names; whether they are required says nothing in answers.
  /^AWS::ApiGateway::Method\.MethodResponses\.\d\.ResponseParameters\./,
  /^AWS::ApiGateway::Stage\.StageName$/,
  // Looked at as a part of the path, which is the same under the root, whatever that is called.
  /^AWS::ApiGateway::Resource\.ParentId$/,
];

/** Of each kind, with all that the stack makes for them. */
const STREAMS = {
  orders: {
    shards: 2,
    retentionHours: 72,
    maxRecordSizeKiB: 2_048,
    consumers: ['billing'],
    schema: 'schemas/order.json',
    key: '$.customerId',
  },
  clicks: { shards: 'on-demand', senders: ['beacon', 'pixel', 'ndjson'], authorization: 'NONE' },
} as const;

const PRODUCERS = {
  acme: {
    keys: ['1', '2'],
    rate: 5,
    burst: 10,
    quotaPerDay: 1_000,
    endpoints: { orders: { rate: 1, burst: 2 } },
  },
} as const;

let site: Site;
let deployed: CompiledTemplate;

beforeAll(async () => {
  const stage = await deployInProcess(
    async (config) => {
      await allowAccessLogs(config);
      await makeAuthorizer(config, authorizerCode());
      return {
        ...WHOLE,
        readAuthorization: 'LAMBDA',
        authorizerFunction: AUTHORIZER_ARN,
        authorizerType: 'REQUEST',
        identityValidation: 'Bearer .+',
        streams: 'orders-*',
        domainName: 'api.example.com',
        certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/x',
        corsOrigins: 'https://a.example,https://b.example',
        kafkaRestUrl: 'https://kafka-rest.example:8082',
      };
    },
    withFrameworksOwn,
    {},
    undefined,
    STREAMS,
    PRODUCERS,
  );
  const target = await stage.target();
  const { stack: own } = target;
  if (own === undefined) throw new TypeError('The stage has no stack.');
  deployed = own.template;
  const apiGateway = new APIGatewayClient(stage.sdk());
  const iam = new IAMClient(stage.sdk());
  site = { target, stack: own, apiGateway, iam, patient: (_, client) => client };
});

/** The type that a resource is looked at with, and its look. */
function lookOf(type: string): readonly [string, Look] {
  const look = RESOURCE_TYPES[type];
  if (look === undefined) throw new TypeError(`Nothing looks at ${type}.`);
  return typeof look === 'function' ? [type, look] : lookOf(look.with);
}

async function differencesOf(type: string, changed: Partial<DeployedStack>) {
  const [lookedAtWith, look] = lookOf(type);
  const there = { ...site, stack: { ...site.stack, ...changed } };
  return look(there, declaredOf(there, lookedAtWith));
}

test('a stage as it was deployed has no difference, and all of it can be looked at', async () => {
  const { apiGateway, iam, target, stack: own } = site;
  const context = { apiGateway, iam, pace: EMBEDDED_PACE, signal: new AbortController().signal };
  expect(await drift(context, target, own)).toEqual({ differences: [], unseen: [] });
});

test('every type of resource that the stack can have is looked at', () => {
  const types = [
    ...Object.values({ ...stack.Resources, ...canaryAlarm('rate(5 minutes)') }),
    ...Object.values(deployed.Resources),
  ].map(({ Type }) => Type);

  expect([...new Set(types)].filter((type) => !Object.hasOwn(RESOURCE_TYPES, type))).toEqual([]);
});

/** One resource of each type: the one that says most. */
const samples = () => {
  const byType = new Map<string, string>();
  const size = (id: string | undefined) =>
    JSON.stringify(deployed.Resources[id ?? ''] ?? '').length;
  for (const [id, { Type }] of Object.entries(deployed.Resources)) {
    if (size(id) > size(byType.get(Type))) byType.set(Type, id);
  }
  return [...byType];
};

type Path = readonly (string | number)[];

/** The places of all values of a property; a function of CloudFormation's counts as one value. */
function leaves(value: unknown, path: Path = []): Path[] {
  const isPlain = typeof value === 'object' && value !== null;
  if (!isPlain || Object.keys(value).some((name) => /^(Ref|Fn::.*)$/.test(name))) return [path];
  return Object.entries(value).flatMap(([name, item]) => leaves(item, [...path, name]));
}

const other = (value: unknown) => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}-other` : 'other';
};

function changedAt(id: string, path: Path): CompiledTemplate {
  const template = structuredClone(deployed);
  let at: unknown = template.Resources[id]?.Properties;
  for (const name of path.slice(0, -1)) at = (at as Record<string, unknown>)[name];
  const parent = at as Record<string, unknown>;
  const last = String(path.at(-1));
  parent[last] = other(parent[last]);
  return template;
}

test('every property that the stack declares is looked at, or left out by name', async () => {
  const untold: string[] = [];
  let count = 0;
  for (const [type, id] of samples()) {
    for (const path of leaves(deployed.Resources[id]?.Properties)) {
      const name = `${type}.${path.join('.')}`;
      if (path.length === 0 || NOT_LOOKED_AT.some((each) => each.test(name))) continue;
      count += 1;
      const found = await differencesOf(type, { template: changedAt(id, path) });
      if (found.length === 0) untold.push(name);
    }
  }

  expect(untold).toEqual([]);
  expect(count).toBeGreaterThan(100);
});

/** Those are found by what they are called in the API, or seen in what they are of. */
const FOUND_BY_NAME =
  /(RestApi|Stage|Deployment|Method|Model|Response|DomainName|Mapping|PlanKey|EventInvokeConfig|Permission|Policy)$/;

test('every resource that is gone is told', async () => {
  const untold: string[] = [];
  for (const [id, { Type: type }] of Object.entries(deployed.Resources)) {
    if (FOUND_BY_NAME.test(type)) continue;
    const physicalIds = { ...site.stack.physicalIds, [id]: 'gone-0000000000' };
    const found = await differencesOf(type, { physicalIds });
    if (!found.some(({ what }) => what.includes('is missing'))) untold.push(`${type} ${id}`);
  }

  expect(untold).toEqual([]);
});
