import { type CompiledResource, type CompiledTemplate, HookError } from '../framework';
import { policyLength } from './policy-length';

const CLOUDFORMATION =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const API_GATEWAY =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';
const ACCOUNT = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';

/** A quota of AWS that a single stack can meet. */
export interface Limit {
  /** Follows the number in a message: `512 resources`, `12,000 characters of inline policies`. */
  readonly unit: string;
  readonly service: string;
  readonly most: number;
  /** True if AWS raises it on request. */
  readonly isRaisable?: true;
  readonly source: string;
  /**
   * @returns the number for each part of the template that has the quota for itself, by the logical id
   * of that part; by '' for the whole
   */
  count(template: CompiledTemplate, region: string): ReadonlyMap<string, number>;
}

const KB = 1_000;

/** The quotas that a stack meets as it grows: one place for their figures. */
export const LIMITS = {
  resources: {
    unit: 'resources',
    service: 'CloudFormation',
    most: 500,
    source: CLOUDFORMATION,
    count: ({ Resources }) => one(Object.keys(Resources).length),
  },
  outputs: {
    unit: 'outputs',
    service: 'CloudFormation',
    most: 200,
    source: CLOUDFORMATION,
    count: ({ Outputs = {} }) => one(Object.keys(Outputs).length),
  },
  template: {
    unit: 'bytes of template',
    service: 'CloudFormation',
    // Its error says "Template may not exceed 1000000 bytes in size", where the page says 1 MB.
    most: 1_000 * KB,
    source: CLOUDFORMATION,
    // As the framework uploads it.
    count: (template) => one(sizeOf(template)),
  },
  paths: {
    unit: 'paths',
    service: 'API Gateway',
    most: 300,
    isRaisable: true,
    source: API_GATEWAY,
    // With `/`, which every API has: whether it counts is not documented.
    count: (template) => sums(template, 'AWS::ApiGateway::Resource', ofApi, () => 1, 1),
  },
  authorizers: {
    unit: 'authorizers',
    service: 'API Gateway',
    most: 10,
    isRaisable: true,
    source: API_GATEWAY,
    count: (template) => sums(template, 'AWS::ApiGateway::Authorizer', ofApi, () => 1),
  },
  stages: {
    unit: 'stages',
    service: 'API Gateway',
    most: 10,
    isRaisable: true,
    source: API_GATEWAY,
    count: (template) => sums(template, 'AWS::ApiGateway::Stage', ofApi, () => 1),
  },
  models: {
    unit: 'bytes of models',
    service: 'API Gateway',
    most: 400 * KB,
    source: API_GATEWAY,
    count: (template) =>
      sums(template, 'AWS::ApiGateway::Model', ofApi, ({ Schema }) => sizeOf(Schema)),
  },
  mappingTemplate: {
    unit: 'bytes of a mapping template',
    service: 'API Gateway',
    most: 300 * KB,
    source: API_GATEWAY,
    count: (template) => new Map(ofType(template, 'AWS::ApiGateway::Method').map(largestTemplate)),
  },
  // Of API keys an account takes 10,000, more than a stack has resources.
  usagePlans: {
    unit: 'usage plans',
    service: 'API Gateway',
    most: 300,
    isRaisable: true,
    source: ACCOUNT,
    count: (template) => one(ofType(template, 'AWS::ApiGateway::UsagePlan').length),
  },
  methodThrottles: {
    unit: 'throttles of methods',
    service: 'API Gateway',
    most: 20,
    isRaisable: true,
    source: API_GATEWAY,
    count: (template) => new Map(ofType(template, 'AWS::ApiGateway::UsagePlan').map(mostThrottles)),
  },
  rolePolicies: {
    unit: 'characters of inline policies',
    service: 'IAM',
    most: 10_240,
    source: IAM,
    count: (template, region) =>
      new Map(
        ofType(template, 'AWS::IAM::Role').map(([id, { Policies = [] }]) => {
          const policies = Policies as readonly { readonly PolicyDocument?: unknown }[];
          const lengths = policies.map(({ PolicyDocument }) =>
            policyLength(PolicyDocument, region),
          );
          return [id, sum(lengths)];
        }),
      ),
  },
} as const satisfies Readonly<Record<string, Limit>>;

export type LimitName = keyof typeof LIMITS;

/** A quota that a template does not keep to. */
export interface Excess {
  readonly name: LimitName;
  /** The logical id of the part that it is about; undefined for the whole template. */
  readonly of: string | undefined;
  readonly number: number;
}

/**
 * The quotas that a template does not keep to. Whatever AWS raises for an account counts as it is by
 * default.
 * @param region of the stack: names of resources have it in them
 */
export function excessOf(template: CompiledTemplate, region: string): Excess[] {
  return Object.entries(LIMITS).flatMap(([name, limit]: [string, Limit]) => {
    const [[of, number] = ['', 0]] = [...limit.count(template, region)].sort(
      ([, one], [, other]) => other - one,
    );
    if (number <= limit.most) return [];
    return [{ name: name as LimitName, of: of || undefined, number }];
  });
}

/** Where a template comes from: words for the beginning of a message, and a way out besides. */
export interface Occasion {
  readonly when: string;
  readonly wayOut: string;
}

/** Until an update ends, the stack still has the resources that it removes, or keeps to go back to. */
export const WHILE_UPDATED: Occasion = { when: 'While it is updated, the stack is', wayOut: '' };

/** A deploy puts a second stage beside the live one, with all that belongs to it. */
export const BESIDE_LIVE: Occasion = {
  when: 'While a new version is verified beside the live one, the stack is',
  wayOut: ', or deploy without that: --param shadow=false',
};

/** @throws HookError that names every quota, and says what to do */
export function refuseExcess(
  template: CompiledTemplate,
  region: string,
  { when, wayOut }: Occasion = { when: 'The stack is', wayOut: '' },
): void {
  const excess = excessOf(template, region);
  if (excess.length === 0) return;
  const said = excess.map(({ name, of, number }) => {
    const { unit, service, most }: Limit = LIMITS[name];
    return `${figure(number)} ${unit}${of ? ` in ${of}` : ''} (${service} takes ${figure(most)})`;
  });
  throw new HookError(
    'TOO_LARGE',
    `${when} larger than AWS takes: ${said.join('; ')}. Move some of the streams, or of your own resources, to a second service${wayOut}. More: docs/scaling.md`,
  );
}

const figure = (value: number) => value.toLocaleString('en-US');

type Properties = Readonly<Record<string, unknown>>;

const one = (value: number): ReadonlyMap<string, number> => new Map([['', value]]);

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const sizeOf = (value: unknown) =>
  Buffer.byteLength(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const ofType = ({ Resources }: CompiledTemplate, type: string): [string, Properties][] =>
  Object.entries(Resources)
    .filter(([, { Type }]: [string, CompiledResource]) => Type === type)
    .map(([id, { Properties: given }]) => [id, (given ?? {}) as Properties]);

/** A service may have an API of its own beside this one. */
const ofApi = ({ RestApiId }: Properties) =>
  String((RestApiId as { Ref?: unknown } | undefined)?.Ref ?? '');

function sums(
  template: CompiledTemplate,
  type: string,
  ownerOf: (properties: Properties) => string,
  numberOf: (properties: Properties) => number,
  from = 0,
): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const [, properties] of ofType(template, type)) {
    const owner = ownerOf(properties);
    totals.set(owner, (totals.get(owner) ?? from) + numberOf(properties));
  }
  return totals;
}

interface Integration {
  readonly RequestTemplates?: Readonly<Record<string, unknown>>;
  readonly IntegrationResponses?: readonly {
    readonly ResponseTemplates?: Readonly<Record<string, unknown>>;
  }[];
}

function largestTemplate([id, { Integration }]: [string, Properties]): [string, number] {
  const { RequestTemplates = {}, IntegrationResponses = [] } = (Integration ?? {}) as Integration;
  const all = [
    RequestTemplates,
    ...IntegrationResponses.map(({ ResponseTemplates = {} }) => ResponseTemplates),
  ];
  return [id, Math.max(0, ...all.flatMap((templates) => Object.values(templates).map(sizeOf)))];
}

function mostThrottles([id, { ApiStages = [] }]: [string, Properties]): [string, number] {
  const stages = ApiStages as readonly { readonly Throttle?: object }[];
  return [id, Math.max(0, ...stages.map(({ Throttle = {} }) => Object.keys(Throttle).length))];
}
