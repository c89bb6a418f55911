import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CelEngine } from '@aws/cloudformation-validate';
import type { CompiledTemplate } from '../../hooks/framework';
import { type ParameterName, parameters } from '../../resources/parameters';
import { checkParameters } from '../../resources/parameters/check';
import { canaryTemplate } from '../support/canary-template';
import { compiledStack } from '../support/compiled-stack';
import { declaredOnDev } from '../support/in-process-stage';

// The stack in every combination of what a stage may choose. AWS's own validator, warnings as
// errors, sees enough of them that it has met every form of every resource; that nothing refers to
// what is not there is looked at in all of them.

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678';

/** Values of the parameters that determine the stack's resources. */
const CHOICES = {
  authorization: ['AWS_IAM', 'API_KEY', 'NONE'],
  manageStreams: ['true', 'false'],
  streams: ['*', 'orders'],
  corsOrigins: ['', 'https://app.example', 'https://app.example,https://other.example:8443'],
  vpcEndpoints: ['', 'vpce-0123456789abcdef0,vpce-0123456789abcdef1'],
  webAclArn: ['', 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/name/id'],
  domainName: ['', 'kinesis.example.com'],
  kafkaRestUrl: ['', 'https://kafka-rest.example.com:8082'],
  accessLogs: ['true', 'false'],
  tracing: ['false', 'true'],
  alarmTopicArn: ['', 'arn:aws:sns:us-east-1:123456789012:alarms'],
  restApiId: ['', 'a1b2c3d4e5'],
} as const;

type Choice = Readonly<Record<string, string>>;

function makesSense(choice: Choice): boolean {
  try {
    checkParameters(choice);
    return true;
  } catch {
    return false;
  }
}

const combinations: readonly Choice[] = Object.entries(CHOICES)
  .reduce<Choice[]>(
    (all, [name, values]) =>
      all.flatMap((choice) => values.map((value) => ({ ...choice, [name]: value }))),
    [{}],
  )
  .map(
    (choice): Choice => ({
      ...choice,
      certificateArn: choice.domainName ? CERTIFICATE : '',
      rootResourceId: choice.restApiId ? 'f6g7h8i9j0' : '',
    }),
  )
  .filter(makesSense)
  // Independent of Kafka's route: combining them with it would only double the time.
  .filter(
    ({ kafkaRestUrl, webAclArn, alarmTopicArn }) => !kafkaRestUrl || !(webAclArn || alarmTopicArn),
  );

/** Rules about ARNs, which the template contains only as the user sets them. */
const GIVEN_ARNS = new Set(['W9002', 'W9013']);
const TAKES_ARN = /^(WebAclAssociation|DomainName|\w+Alarm)$/;

type Diagnostics = ReturnType<InstanceType<typeof CelEngine>['validateStandard']>['diagnostics'];

/**
 * The validator's memory grows page by page, and V8 would start to mark the heap with each. It is
 * WebAssembly, and done before it is worth optimizing.
 */
const V8_FLAGS = ['--no-concurrent-marking', '--liftoff-only'];
const VALIDATOR = path.join(__dirname, '..', 'support', 'validate-templates.cjs');

/**
 * Has all templates validated by one process.
 * @returns what is wrong with each
 */
function problemsOf(templates: readonly unknown[]): string[][] {
  const folder = mkdtempSync(path.join(tmpdir(), 'validity-'));
  try {
    const files = templates.map((template, index) => {
      const file = path.join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(template));
      return file;
    });
    const lines = execFileSync(process.execPath, [...V8_FLAGS, VALIDATOR, ...files], {
      encoding: 'utf8',
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    return lines.trimEnd().split('\n').map(problems);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function problems(line: string): string[] {
  const diagnostics: Diagnostics = JSON.parse(line);
  return diagnostics
    .filter(({ severity }) => severity !== 'INFO')
    .filter(
      ({ ruleId, entity }) => !(GIVEN_ARNS.has(ruleId) && TAKES_ARN.test(entity?.logicalId ?? '')),
    )
    .map(({ severity, ruleId, message }) => `${severity} ${ruleId} ${message}`);
}

/** The names that a template refers to. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (name === 'Ref') return [String(item)];
    if (name === 'Fn::GetAtt') return [String(item[0])];
    if (name === 'DependsOn') return [item].flat();
    if (name === 'Fn::Sub' && Array.isArray(item)) {
      const given = Object.keys(item[1]);
      return references({ 'Fn::Sub': item[0] }).filter((id) => !given.includes(id));
    }
    if (name === 'Fn::Sub') {
      return [...String(item).matchAll(/\$\{([A-Za-z0-9]+)\}/g)].map((match) => String(match[1]));
    }
    return references(item);
  });
}

/**
 * Looks at all combinations: what is wrong with their references, and a few that together show every
 * form that any resource or output takes in any of them.
 */
function survey(): { faults: string[]; representatives: [string, CompiledTemplate][] } {
  /** Each form with what it refers to; thousands of combinations share some hundred. */
  const forms = new Map<string, readonly string[]>();
  const faults: string[] = [];
  const shown = combinations.map((choice) => {
    const template = compiledStack(choice);
    return [template.Resources, template.Outputs ?? {}].flatMap(Object.entries).map((entry) => {
      const form = JSON.stringify(entry);
      const needed = forms.get(form) ?? references(entry[1]).filter((id) => !id.includes('::'));
      forms.set(form, needed);
      if (form.includes('Fn::If')) faults.push(`${entry[0]} is not settled`);
      for (const id of needed) {
        if (!(id in template.Resources)) faults.push(`${JSON.stringify(choice)} lacks ${id}`);
      }
      return form;
    });
  });
  const representatives = fewest(shown, new Set(forms.keys())).map(
    (index): [string, CompiledTemplate] => {
      const choice = combinations[index] ?? {};
      return [named(choice), compiledStack(choice)];
    },
  );
  return { faults, representatives };
}

/**
 * @param shown the forms of each combination
 * @param missing all forms
 * @returns indexes of combinations that together show all; next is always what shows the most
 */
function fewest(shown: readonly (readonly string[])[], missing: Set<string>): number[] {
  const chosen: number[] = [];
  while (missing.size > 0) {
    const gains = shown.map((forms) => forms.filter((form) => missing.has(form)).length);
    const best = gains.indexOf(Math.max(...gains));
    for (const form of shown[best] ?? []) missing.delete(form);
    chosen.push(best);
  }
  return chosen;
}

/** A combination by what of it is not the default. */
function named(choice: Choice): string {
  const chosen = Object.entries(choice).filter(
    ([name, value]) => String(parameters[name as ParameterName].default) !== value,
  );
  return JSON.stringify(Object.fromEntries(chosen));
}

const { faults, representatives } = survey();

test('no combination refers to what it does not have, or needs conditions on AWS', () => {
  expect(combinations.length).toBeGreaterThan(1000);
  expect(faults).toEqual([]);
});

const canaryChoices: readonly Choice[] = [
  {},
  { authorization: 'API_KEY' },
  { authorization: 'NONE', manageStreams: 'false' },
  { protected: 'true', streams: 'orders-*' },
];
const withCanary = canaryChoices.map((values): [string, CompiledTemplate] => [
  `what a canary adds, with ${JSON.stringify(values)}`,
  canaryTemplate(values),
]);

const withStreams = compiledStack(
  {},
  'dev',
  'us-east-1',
  declaredOnDev({
    orders: { consumers: ['fraud', 'search'], maxRecordSizeKiB: 2_048, tags: { team: 'shop' } },
    clicks: { shards: 'on-demand', encryption: false, onRemove: 'delete' },
    theirs: { existing: true, streamName: 'theirs' },
  }),
);

const broken = structuredClone(compiledStack());
broken.Resources.Broken = {
  Type: 'AWS::ApiGateway::Resource',
  Properties: { RestApi: 'x', PathPart: 'y' },
};

const valid: readonly [string, CompiledTemplate][] = [
  ...representatives,
  ...withCanary,
  ['what declared streams add', withStreams],
];
const templates = [...valid.map(([, template]) => template), broken];
const found = new Map<CompiledTemplate, string[]>();
beforeAll(() => {
  const problemsOfAll = problemsOf(templates);
  for (const [index, template] of templates.entries()) {
    found.set(template, problemsOfAll[index] ?? ['was not validated']);
  }
});

test.each(valid)('%s', (_name, template) => {
  expect(found.get(template)).toEqual([]);
});

test('the validator finds what is wrong', () => {
  expect(found.get(broken)).toContainEqual(expect.stringMatching(/RestApi/));
});
