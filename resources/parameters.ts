import { StackError } from './errors';

/** Port of the embedded AWS when LOCAL_AWS_PORT does not name another. */
const DEFAULT_LOCAL_PORT = '4566';

/**
 * Where stage `local` lives: LOCAL_AWS_ENDPOINT when the user names another emulator, else the
 * embedded AWS. An IP literal, because S3 clients put the bucket's name before any other host's.
 */
export function localEndpoint(environment: NodeJS.ProcessEnv = process.env): string {
  const { LOCAL_AWS_ENDPOINT: endpoint, LOCAL_AWS_PORT: port = DEFAULT_LOCAL_PORT } = environment;
  return endpoint ? endpoint.replace(/\/+$/, '') : `http://127.0.0.1:${port}`;
}

interface Parameter {
  /** What it does, in the README's words. */
  readonly description: string;
  readonly default: string | number;
  /** What values are right: the check, and how to say it. */
  readonly accepts: { readonly pattern: RegExp; readonly inWords: string };
}

/** What a stage may decide: `params` in serverless.ts, or `--param name=value`. */
export const parameters = {
  streams: {
    description: 'Which streams the API may touch: a name, with `*` and `?` as wildcards',
    default: '*',
    accepts: {
      pattern: /^[a-zA-Z0-9_.*?-]{1,128}$/,
      inWords: 'a stream name (letters, digits, _ . -) in which * and ? are wildcards',
    },
  },
  authorization: {
    description: 'Who may call: `AWS_IAM` (signed requests), `API_KEY` or `NONE` (everybody)',
    default: 'AWS_IAM',
    accepts: { pattern: /^(AWS_IAM|API_KEY|NONE)$/, inWords: 'AWS_IAM, API_KEY or NONE' },
  },
  manageStreams: {
    description: 'Whether the API may create and delete streams: `true` or `false`',
    default: 'true',
    accepts: { pattern: /^(true|false)$/, inWords: 'true or false' },
  },
  throttleRate: {
    description: 'Requests a second that the stage takes in the long run',
    default: 1000,
    accepts: { pattern: /^[1-9][0-9]{0,5}$/, inWords: 'a whole number of requests a second' },
  },
  throttleBurst: {
    description: 'Requests that the stage takes at once',
    default: 2000,
    accepts: { pattern: /^[1-9][0-9]{0,4}$/, inWords: 'a whole number of requests' },
  },
  quotaPerDay: {
    description: 'Requests a day that the API key is good for, where one is asked for',
    default: 1000000,
    accepts: { pattern: /^[1-9][0-9]{0,8}$/, inWords: 'a whole number of requests' },
  },
  invokeUrl: {
    description: 'The URL of the deployed API, in Fn::Sub notation',
    default:
      'https://${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${self:provider.stage}',
    accepts: { pattern: /^https?:\/\/\S+$/, inWords: 'a URL' },
  },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;
export const parameterNames = Object.keys(parameters) as ParameterName[];

/** The values of each stage, for serverless.ts. Any stage without a row has the defaults. */
export const stageParameters = {
  default: Object.fromEntries(parameterNames.map((name) => [name, parameters[name].default])),
  // The lesson's client signs nothing, so the stage on the laptop is open; loopback is its fence.
  local: {
    authorization: 'NONE',
    invokeUrl: `${localEndpoint()}/_aws/execute-api/\${RestApi}/local`,
  },
} as const;

/**
 * @param values resolved values by name
 * @throws StackError that names the parameter, its value and what would be right
 */
export function checkParameters(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    const parameter: Parameter | undefined = Object.hasOwn(parameters, name)
      ? parameters[name as ParameterName]
      : undefined;
    if (parameter === undefined) {
      throw new StackError(
        `Unknown parameter '${name}'. This service has: ${parameterNames.join(', ')}.`,
      );
    }
    if (!parameter.accepts.pattern.test(String(value))) {
      throw new StackError(
        `Parameter '${name}' is '${value}'. It takes ${parameter.accepts.inWords}.`,
      );
    }
  }
}

/** @throws StackError when API Gateway or CloudFormation would refuse the stage's name */
export function checkStage(stage: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(stage)) return;
  throw new StackError(
    `Stage '${stage}' cannot be deployed. A stage's name takes letters, digits and hyphens, 64 at most, and does not begin with a hyphen.`,
  );
}
