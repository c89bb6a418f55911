import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pythonWith } from 'dev-kit/testing/python';
import type { CompiledTemplate } from '../../hooks/framework';
import { checkAuthorization } from '../../resources/authorization/check';
import { defaults, type ParameterName, parameterNames } from '../../resources/parameters';
import { checkParameters } from '../../resources/parameters/check';
import type { Streams } from '../../resources/streams/declaration';
import { type DeclaredStream, declaredStreams } from '../../resources/streams/declared';
import { allPairs } from '../support/all-pairs';
import { canaryTemplate } from '../support/canary-template';
import { compiledStack } from '../support/compiled-stack';
import { SCHEMA_FOLDER, streamKinds } from '../support/stream-kinds';
import { bareEnvironment, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

// AWS's own linter over the stack with each kind of value of each parameter, and every two of them
// together, with declared streams and without; over streams of every kind; and over a template that
// the framework has put a canary's function and schedule into.

// The linter takes a minute of one core for all of them.
jest.setTimeout(400_000);

const folder = mkdtempSync(path.join(tmpdir(), 'cfn-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Values = Readonly<Partial<Record<ParameterName, string>>>;

/** What a stage is made of. */
type Choice = Values & { readonly declared?: Streams };

const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI';

const NO_STREAMS: Streams = {};

/** Streams with all that a stage's parameters can matter to. */
const STREAMS: Streams = {
  orders: {
    senders: ['json'],
    schema: 'schemas/order.json',
    consumers: ['reports'],
    envelope: true,
    keepClaims: ['cognito:groups'],
    authorization: { type: 'COGNITO', userPoolArns: [POOL], scopes: ['orders/send'] },
  },
  payments: { envelope: true },
  clicks: {
    existing: true,
    senders: ['pixel'],
    origins: ['https://shop.example'],
    throttle: { rate: 50, burst: 100 },
    authorization: {
      type: 'LAMBDA',
      function: 'arn:aws:lambda:us-east-1:123456789012:function:check',
      kind: 'REQUEST',
    },
  },
};

const of = (name: ParameterName, ...values: readonly string[]): readonly Values[] =>
  values.map((value) => ({ [name]: value }));

const ORIGINS = Array.from({ length: 20 }, (_, index) => `https://app-${index}.example`);
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const EXISTING = { restApiId: 'a1b2c3d4e5', rootResourceId: 'f6g7h8i9j0' };

/** Each kind of value. Parameters that are nothing without each other are one row. */
const FACTORS: readonly (readonly Choice[])[] = [
  [{}, { declared: STREAMS }],
  of('streams', '*', 'orders', 'orders-*', 'order?'),
  [
    ...of('authorization', 'AWS_IAM', 'API_KEY', 'NONE'),
    { authorization: 'NONE', readAuthorization: 'AWS_IAM' },
    {
      authorization: 'COGNITO',
      userPoolArns: `${POOL},${POOL.replace('123456789012', '210987654321')}`,
      writeScopes: 'orders/write',
      readScopes: 'https://orders.example/read,orders/all',
      identityValidation: '^[0-9a-z]{26}$',
    },
    {
      authorization: 'LAMBDA',
      authorizerFunction: 'check',
      authorizerTtlSeconds: '0',
      identityValidation: '^Bearer .+$',
    },
    {
      authorization: 'API_KEY',
      readAuthorization: 'LAMBDA',
      authorizerFunction: 'arn:aws:lambda:eu-west-1:210987654321:function:check:live',
      authorizerType: 'REQUEST',
      identitySource: 'method.request.header.X-Token,context.identity.sourceIp',
      authorizerTtlSeconds: '3600',
      authorizerRoleArn: 'arn:aws:iam::123456789012:role/calls',
    },
    { ...EXISTING, authorization: 'LAMBDA', authorizerId: 'abc123', identitySource: '' },
  ],
  of('manageStreams', 'true', 'false', 'anyone'),
  of('kmsKeyArns', '', KEY, `${KEY},${KEY.replace('1111', '2222')}`),
  of('endpointThrottles', 'true', 'false'),
  of('throttleRate', '1', '999999'),
  of('throttleBurst', '1', '99999'),
  of('quotaPerDay', '1', '999999999'),
  of('corsOrigins', '', '*', 'http://localhost:3000', ORIGINS.join(',')),
  of('corsAllowHeaders', 'Authorization', 'Content-Type,X-Request-Id'),
  of('vpcEndpoints', '', 'vpce-01234567', 'vpce-0123456789abcdef0,vpce-0123456789abcdef1'),
  of('webAclArn', '', 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/name/id'),
  [
    { domainName: '', certificateArn: '' },
    {
      domainName: 'kinesis.example.com',
      certificateArn:
        'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
    },
  ],
  of('accessLogs', 'true', 'false'),
  of('logRetentionDays', '1', '3653'),
  of('tracing', 'false', 'true'),
  of('dashboard', 'true', 'false'),
  of('alarmTopicArn', '', 'arn:aws:sns:us-east-1:123456789012:alarms'),
  of('canary', '', 'rate(5 minutes)', 'cron(0 8 * * ? *)'),
  of('protected', 'false', 'true'),
  of('shadow', 'true', 'false'),
  of('accountId', '', '123456789012'),
  of('region', '', 'us-east-1'),
  of('permissionsBoundaryArn', '', 'arn:aws:iam::123456789012:policy/boundary'),
  of('rolePath', '', '/service/'),
  of('kafkaRestUrl', '', 'https://kafka.example.com', 'http://kafka.example.com:8082/rest'),
  [
    { restApiId: '', rootResourceId: '', rootPath: '', restApiStage: '' },
    EXISTING,
    { ...EXISTING, rootPath: '/kinesis/proxy' },
    { ...EXISTING, restApiStage: 'live' },
  ],
  [{}, { invokeUrl: 'https://kinesis.example.com' }, { invokeUrl: 'https://x.example/${Stage}' }],
];

/** Two of them must not say different things of the same parameter. */
const goTogether = (one: Choice, other: Choice): boolean => {
  const contradict = Object.entries(one).some(
    ([name, value]) => Object.hasOwn(other, name) && other[name as keyof Choice] !== value,
  );
  const { declared = NO_STREAMS, ...values }: Choice = { ...one, ...other };
  const { authorization = 'AWS_IAM' } = values;
  // A third choice, of who may call, may be refused beside these two.
  const isRefusedWithSome = Boolean(values.vpcEndpoints && values.kafkaRestUrl);
  if (contradict || isRefusedWithSome) return false;
  try {
    checkParameters(values);
    checkAuthorization(
      { ...defaults, readAuthorization: authorization, ...values },
      { stage: 'dev', region: 'us-east-1', declared: streamsOf(declared), functions: ['check'] },
    );
    return true;
  } catch {
    return false;
  }
};

/** That of the service, which its authorizers ask. */
const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { ZipFile: 'exports.handler = async () => ({});' },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::123456789012:role/check',
  },
};

/** A stage's template, with what serverless.ts adds where there is a canary. */
function templateOf({ declared = NO_STREAMS, ...values }: Choice): CompiledTemplate {
  const streams = streamsOf(declared);
  const compiled = compiledStack(values, 'dev', 'us-east-1', streams);
  const stack = {
    ...compiled,
    Resources: { ...compiled.Resources, CheckLambdaFunction: FUNCTION },
  };
  if (!values.canary) return stack;
  const { Resources } = canaryTemplate(values, streams);
  return { ...stack, Resources: { ...stack.Resources, ...Resources } };
}

const known = new Map<Streams, DeclaredStream[]>();

/** Read once: every pair of choices asks for them, and a schema takes a while to check. */
function streamsOf(streams: Streams): DeclaredStream[] {
  const found =
    known.get(streams) ?? declaredStreams(streams, { stage: 'dev', folder: SCHEMA_FOLDER });
  known.set(streams, found);
  return found;
}

/** The template of a stage with a canary and streams, as the real CLI uploads it. */
async function packagedTemplate(): Promise<CompiledTemplate> {
  const copy = serviceCopy(undefined, JSON.stringify(STREAMS));
  try {
    const [from, to] = [SCHEMA_FOLDER, copy.folder].map((each) => path.join(each, 'schemas'));
    cpSync(from ?? '', to ?? '', { recursive: true });
    const options = ['--stage', 'dev', '--param', 'canary=rate(5 minutes)'];
    const { code, output } = await warmServerless(
      copy.folder,
      ['package', ...options],
      bareEnvironment(),
    );
    if (code !== 0) throw new Error(output);
    const file = '.serverless/cloudformation-template-update-stack.json';
    return JSON.parse(readFileSync(path.join(copy.folder, file), 'utf8'));
  } finally {
    copy.remove();
  }
}

// The linter makes so many objects that it would spend a tenth of its time looking for garbage.
const SCRIPT = 'import gc; gc.set_threshold(200_000, 20); from cfnlint.runner import main; main()';

/**
 * Findings of cfn-lint, with warnings, a line each. Runs once for all templates, as it starts slowly.
 * @returns those of the first template, and those of the others
 */
async function lint(
  python: string,
  first: CompiledTemplate,
  others: readonly CompiledTemplate[],
): Promise<[string[], string[]]> {
  const texts = [...new Set([first, ...others].map((template) => JSON.stringify(template)))];
  const files = texts.map((text, index) => {
    const file = path.join(folder, `${index}.json`);
    writeFileSync(file, text);
    return file;
  });
  const options = ['-c', SCRIPT, '--non-zero-exit-code', 'none', '--format', 'parseable'];
  const { stdout } = await promisify(execFile)(python, [...options, ...files], {
    maxBuffer: 1 << 26,
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const isOfFirst = (line: string) => line.startsWith(`${files[0]}:`);
  return [lines.filter(isOfFirst), lines.filter((line) => !isOfFirst(line))];
}

// In this order fewer stages have all pairs.
const mostFirst = [...FACTORS].sort((one, other) => other.length - one.length);
const stages = allPairs(mostFirst, goTogether).map(
  (choices): Choice => Object.assign({}, ...choices),
);

test('every parameter is among those that are varied, and every value is met', () => {
  const varied = new Set(FACTORS.flat().flatMap((values) => Object.keys(values)));
  expect([...varied].sort()).toEqual(['declared', ...parameterNames].sort());
  for (const values of FACTORS.flat()) {
    expect(stages).toContainEqual(expect.objectContaining(values));
  }
});

pythonWith(
  'cfn-lint finds what is wrong, and nothing in any of them',
  ['cfnlint'],
  async (python) => {
    const wrong = structuredClone(compiledStack());
    wrong.Metadata = { url: 'https://${RestApi}' };
    // Some of them ask the stage's own authorizers.
    const kinds = { declared: streamKinds(), userPoolArns: POOL, authorizerFunction: 'check' };
    const right = [await packagedTemplate(), ...[...stages, kinds].map(templateOf)];
    const [ofWrong, ofRight] = await lint(python, wrong, right);
    expect(ofWrong).toEqual([expect.stringContaining('E1029')]);
    expect(ofRight).toEqual([]);
  },
);
