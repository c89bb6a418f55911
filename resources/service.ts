import type { AWS } from 'serverless';
import { stack } from '.';
import { bundling, canaryAlarm, canaryFunction } from './canary';
import { CANARY } from './canary-name';
import { canaryOf } from './canary-rate';
import { readCommandLine } from './command-line';
import { StackError } from './errors';
import { isPacked } from './packed';
import { parameterNames } from './parameters';
import { type Row, type StageRows, stages, withOwn } from './parameters/stages';

type Template = Required<
  Pick<NonNullable<AWS['resources']>, 'Metadata' | 'Conditions' | 'Resources' | 'Outputs'>
>;

/** What a service that has the API decides. */
export interface Settings {
  /** The API's parameters by stage: `dev: { streams: 'orders-*' }`. The row `default` is for all. */
  readonly stages?: Readonly<Record<string, Row>>;
  /** Parameters of the service itself by stage, for its own use of `${param:…}`. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** CloudFormation of the service itself. */
  readonly resources?: Partial<Template>;
  /** The stage without `--stage`, as in `provider.stage`; `local` unless told otherwise. */
  readonly stage?: string;
}

/** What the API adds to each part of serverless.ts. */
export interface ServiceParts {
  /** The parameters of the API and of the service. */
  readonly params: StageRows;
  readonly custom: Readonly<Record<string, unknown>>;
  /** The canary, on stages that have one. */
  readonly functions: NonNullable<AWS['functions']>;
  /** The names of the plugins: the deploy hooks and the commands. */
  readonly plugins: string[];
  /** The CloudFormation of the API and of the service. */
  readonly resources: Template;
}

/** The plugins that every service with the API needs, in the order of their hooks. */
const PLUGINS = [
  ...['errors', 'parameters', 'local', 'conditions', 'deployment', 'logging-role'],
  ...['existing-api', 'taking-away', 'verify', 'sweep', 'viewer', 'records'],
];

/** How serverless.ts names a plugin. */
const pluginName = (name: string) =>
  isPacked ? `kinesis-rest-proxy/hooks/${name}` : `./hooks/${name}.ts`;

/**
 * The API as the parts of a service, for serverless.ts.
 * @param argv of the process: `--stage` and `--param` decide whether there is a canary
 * @throws StackError for a parameter that is unknown, or a name that the API needs itself
 */
export function kinesisRestProxy(
  { stages: rows = {}, params: own = {}, resources: others = {}, stage }: Settings = {},
  argv: readonly string[] = process.argv,
): ServiceParts {
  const params = withOwn(stages(rows), own);
  const commandLine = readCommandLine(argv);
  const canary = canaryOf({ ...commandLine, stage: commandLine.stage ?? stage }, params);
  const hasCanary = canary.rate !== '';
  const declared = {
    ...stack,
    Resources: { ...stack.Resources, ...(hasCanary && canaryAlarm(canary.rate)) },
  } as unknown as Template;
  return {
    params,
    custom: {
      kinesisRestProxy: {
        /** The stage's parameters with all variables filled in, for the hooks. */
        parameters: Object.fromEntries(parameterNames.map((name) => [name, `\${param:${name}}`])),
        ownParameters: [...new Set(Object.values(own).flatMap(Object.keys))],
      },
      ...(hasCanary && !isPacked && { esbuild: bundling }),
    },
    functions: hasCanary ? { [CANARY]: canaryFunction(canary) } : {},
    plugins: [
      ...(hasCanary ? [...(isPacked ? [] : ['serverless-esbuild']), pluginName(CANARY)] : []),
      ...PLUGINS.map(pluginName),
    ],
    resources: {
      Metadata: merged('Metadata', 'metadata', declared.Metadata, others.Metadata),
      Conditions: merged('Conditions', 'condition', declared.Conditions, others.Conditions),
      Resources: merged('Resources', 'resource', declared.Resources, others.Resources),
      Outputs: merged('Outputs', 'output', declared.Outputs, others.Outputs),
    },
  };
}

/** @throws StackError for a name that is in both */
function merged<T extends object>(section: string, word: string, api: T, own: object = {}): T {
  const clash = Object.keys(own).find((name) => Object.hasOwn(api, name));
  if (clash === undefined) return { ...api, ...own };
  throw new StackError(
    `serverless.ts: your ${word} '${clash}' (${section}) has a name that the API needs. Give it another.`,
  );
}
