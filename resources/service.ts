import type { AWS } from 'serverless';
import { stackOf } from '.';
import { bundling, canaryAlarm, canaryFunction } from './canary';
import { CANARY } from './canary-name';
import { canaryOf } from './canary-rate';
import { readCommandLine } from './command-line';
import { dashboardWithCanary } from './dashboard';
import { StackError } from './errors';
import { isPacked } from './packed';
import { localEndpoint, parameterNames } from './parameters';
import { type Row, type StageRows, stages, withOwn } from './parameters/stages';
import type { Producers } from './producers/declaration';
import { declaredProducers } from './producers/declared';
import type { Streams } from './streams/declaration';
import { declaredStreams } from './streams/declared';
import { tagged } from './tags';

type Template = Required<
  Pick<NonNullable<AWS['resources']>, 'Metadata' | 'Conditions' | 'Resources' | 'Outputs'>
>;

/** Options of a service that includes the API. */
export interface Settings {
  /** The API's parameters by stage: `dev: { streams: 'orders-*' }`. `default` is for all. */
  readonly stages?: Readonly<Record<string, Row>>;
  /** The service's own parameters by stage, for its own use of `${param:…}`. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The service's own CloudFormation. */
  readonly resources?: Partial<Template>;
  /** The streams that the stack declares: docs/events.md. */
  readonly streams?: Streams;
  /** Who sends with an API key of its own, and how much: docs/producers.md. */
  readonly producers?: Producers;
  /** Of serverless.ts, where paths in `streams` begin; the current directory by default. */
  readonly folder?: string;
  /** The stage if `--stage` is not given, as in `provider.stage`; `local` by default. */
  readonly stage?: string;
}

/** The parts of serverless.ts, including the API's. */
export interface ServiceParts {
  /** The parameters of the API and of the service. */
  readonly params: StageRows;
  readonly custom: Readonly<Record<string, unknown>>;
  /** The canary, if the stage has one. */
  readonly functions: NonNullable<AWS['functions']>;
  /** Names of the plugins: deploy hooks and commands. */
  readonly plugins: string[];
  /** The CloudFormation of the API and of the service. */
  readonly resources: Template;
}

/** The plugins that come before all others: they decide whether, and where, a command runs. */
const FIRST_PLUGINS = ['errors', 'parameters', 'local', 'destination'];

/** The other plugins that every service with the API needs, in the order of their hooks. */
const PLUGINS = [
  ...['conditions', 'deployment', 'logging-role'],
  ...[
    'existing-api',
    'contracts',
    'streams',
    'rollout',
    'verify',
    'sweep',
    'viewer',
    'records',
    'keys',
  ],
];

/** A plugin's name for serverless.ts. */
const pluginName = (name: string) =>
  isPacked ? `kinesis-rest-proxy/hooks/${name}` : `./hooks/${name}.ts`;

/**
 * The API as parts of a service, for serverless.ts.
 * @param argv the process's arguments: `--stage` and `--param` decide whether there is a canary
 * @throws StackError for an unknown parameter, or a name that the API uses itself
 */
export function kinesisRestProxy(
  {
    stages: rows = {},
    params: own = {},
    resources: others = {},
    streams = {},
    producers = {},
    folder = process.cwd(),
    stage,
  }: Settings = {},
  argv: readonly string[] = process.argv,
): ServiceParts {
  const commandLine = readCommandLine(argv);
  const params = withOwn(stages(rows, localEndpoint(commandLine.port)), own);
  const stageOf = commandLine.stage ?? stage ?? 'local';
  const canary = canaryOf({ ...commandLine, stage: stageOf }, params);
  const declaredHere = declaredStreams(streams, { stage: stageOf, folder });
  const hasCanary = canary.rate !== '';
  const producersHere = declaredProducers(producers, { stage: stageOf, streams: declaredHere });
  const stack = stackOf(declaredHere, producersHere);
  const declared = {
    ...stack,
    Resources: {
      ...stack.Resources,
      ...(hasCanary && {
        ...canaryAlarm(canary.rate),
        ...tagged(dashboardWithCanary(declaredHere)),
      }),
    },
  } as unknown as Template;
  return {
    params,
    custom: {
      kinesisRestProxy: {
        /** The stage's parameters with all variables resolved, for the hooks. */
        parameters: Object.fromEntries(parameterNames.map((name) => [name, `\${param:${name}}`])),
        /** The declared streams as the stage has them, for the hooks. */
        streams: declaredHere,
        /** The producers as the stage has them, without any secret. */
        producers: producersHere,
        /** The stage that they are of. */
        stage: stageOf,
        ownParameters: [...new Set(Object.values(own).flatMap(Object.keys))],
      },
      ...(hasCanary && !isPacked && { esbuild: bundling }),
    },
    functions: hasCanary ? { [CANARY]: canaryFunction(canary, declaredHere) } : {},
    plugins: [
      ...FIRST_PLUGINS.map(pluginName),
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

/** @throws StackError for a name that both define */
function merged<T extends object>(section: string, word: string, api: T, own: object = {}): T {
  const clash = Object.keys(own).find((name) => Object.hasOwn(api, name));
  if (clash === undefined) return { ...api, ...own };
  throw new StackError(
    `serverless.ts: your ${word} '${clash}' (${section}) has a name that the API needs. Give it another.`,
  );
}
