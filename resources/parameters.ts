import { StackError } from './errors';
import { KAFKA_REST_URL, KAFKA_REST_URL_IN_WORDS } from './kafka-rest-url';

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
  corsOrigins: {
    description: 'Origins whose web pages may call, separated by commas, or `*` for every one',
    default: '',
    accepts: {
      pattern: /^(|\*|https?:\/\/[a-z0-9.-]+(:\d+)?(,https?:\/\/[a-z0-9.-]+(:\d+)?)*)$/,
      inWords: 'origins as browsers send them, such as https://app.example.com, or *',
    },
  },
  vpcEndpoints: {
    description:
      'Ids of VPC endpoints, separated by commas: the API is private and answers there only',
    default: '',
    accepts: {
      pattern: /^(|vpce-[0-9a-f]{8,17}(,vpce-[0-9a-f]{8,17})*)$/,
      inWords: 'ids of VPC endpoints, such as vpce-0123456789abcdef0',
    },
  },
  webAclArn: {
    description: 'ARN of a regional WAF web ACL that stands before the stage',
    default: '',
    accepts: {
      pattern: /^(|arn:[a-z-]+:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[^\s/]+\/[^\s/]+)$/,
      inWords: 'the ARN of a regional web ACL',
    },
  },
  domainName: {
    description:
      'A domain of your own for the API, with `certificateArn`; point its DNS at the output `DomainTarget`',
    default: '',
    accepts: { pattern: /^(|([a-z0-9-]+\.)+[a-z]{2,})$/, inWords: 'a domain name in lower case' },
  },
  certificateArn: {
    description: 'ARN of the ACM certificate for `domainName`, in the same region',
    default: '',
    accepts: {
      pattern: /^(|arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/\S+)$/,
      inWords: 'the ARN of an ACM certificate',
    },
  },
  accessLogs: {
    description:
      'Whether every request is logged in the log group of the output `AccessLogGroup`: `true` or `false`',
    default: 'true',
    accepts: { pattern: /^(true|false)$/, inWords: 'true or false' },
  },
  logRetentionDays: {
    description: 'How many days the access log is kept',
    default: 30,
    accepts: {
      pattern:
        /^(1|3|5|7|14|30|60|90|120|150|180|365|400|545|731|1096|1827|2192|2557|2922|3288|3653)$/,
      inWords:
        'one of the numbers of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, …',
    },
  },
  tracing: {
    description: 'Whether X-Ray traces requests: `true` or `false`',
    default: 'false',
    accepts: { pattern: /^(true|false)$/, inWords: 'true or false' },
  },
  alarmTopicArn: {
    description: 'ARN of the SNS topic that is told when an alarm goes off, and when it is over',
    default: '',
    accepts: {
      pattern: /^(|arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+)$/,
      inWords: 'the ARN of an SNS topic',
    },
  },
  canary: {
    description:
      'How often a Lambda verifies the stage, such as `rate(5 minutes)` or `cron(0 8 * * ? *)`',
    default: '',
    accepts: {
      pattern:
        /^(|rate\((1 (minute|hour|day)|([2-9]|[1-9]\d{1,3}) (minutes|hours|days))\)|cron\(([\w*?,/#-]+ ){5}[\w*?,/#-]+\))$/,
      inWords: 'a rate of EventBridge: rate(5 minutes), or cron(0 8 * * ? *)',
    },
  },
  protected: {
    description:
      'Whether the stage must not be written to by verification unless it is told so by name: `true` or `false`',
    default: 'false',
    accepts: { pattern: /^(true|false)$/, inWords: 'true or false' },
  },
  restApiId: {
    description:
      "Id of a REST API that is there already, and somebody else's: the routes are put under it, and no API is made",
    default: '',
    accepts: { pattern: /^(|[a-z0-9]{10})$/, inWords: 'the id of a REST API, such as a1b2c3d4e5' },
  },
  rootResourceId: {
    description: 'Id of the resource of `restApiId` that the routes are put under',
    default: '',
    accepts: { pattern: /^(|[a-z0-9]{4,20})$/, inWords: 'the id of a resource of `restApiId`' },
  },
  rootPath: {
    description: 'Path of `rootResourceId` where that is not the root itself, such as `/kinesis`',
    default: '',
    accepts: {
      pattern: /^(|(\/[A-Za-z0-9._~:-]+)+)$/,
      inWords: 'a path without variables that begins with / and does not end with it',
    },
  },
  restApiStage: {
    description:
      "The stage of `restApiId` that goes live with the routes; the service's own name unless told",
    default: '',
    accepts: { pattern: /^[A-Za-z0-9_-]{0,128}$/, inWords: "the name of one of the API's stages" },
  },
  kafkaRestUrl: {
    description:
      'URL of a Kafka REST proxy that gets every request for which there is no other route, as it comes',
    default: '',
    accepts: { pattern: KAFKA_REST_URL, inWords: KAFKA_REST_URL_IN_WORDS },
  },
  invokeUrl: {
    description: 'The URL of the deployed API, in Fn::Sub notation',
    default:
      'https://${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}${param:rootPath}',
    accepts: { pattern: /^https?:\/\/\S+$/, inWords: 'a URL' },
  },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;
export const parameterNames = Object.keys(parameters) as ParameterName[];

/** The values of each stage, for serverless.ts. Any stage without a row has the defaults. */
export const stageParameters = {
  default: Object.fromEntries(parameterNames.map((name) => [name, parameters[name].default])),
  prod: { protected: 'true' },
  // The lesson's client signs nothing, so the stage on the laptop is open; loopback is its fence.
  local: {
    authorization: 'NONE',
    invokeUrl: `${localEndpoint()}/_aws/execute-api/\${RestApi}/\${Stage}\${param:rootPath}`,
  },
} as const;

/** Parameters that make sense together only. */
const RULES: readonly {
  readonly broken: (values: Readonly<Record<string, unknown>>) => boolean;
  readonly message: string;
}[] = [
  {
    broken: ({ domainName = '', certificateArn = '' }) => !domainName !== !certificateArn,
    message: "The parameters 'domainName' and 'certificateArn' go together: give both or neither.",
  },
  {
    broken: ({ domainName, vpcEndpoints }) => Boolean(domainName && vpcEndpoints),
    message: "A private API has no public domain: give either 'domainName' or 'vpcEndpoints'.",
  },
  {
    broken: ({ canary, vpcEndpoints }) => Boolean(canary && vpcEndpoints),
    message:
      "A private API answers in its VPC only, where the canary is not: give either 'canary' or 'vpcEndpoints'.",
  },
  {
    broken: ({ canary, streams = '*' }) => Boolean(canary) && !String(streams).includes('*'),
    message:
      "The canary needs a stream of its own, for which 'streams' has no room: let it end in '*', or leave out 'canary'.",
  },
  {
    broken: ({ restApiId = '', rootResourceId = '' }) => !restApiId !== !rootResourceId,
    message:
      "The parameters 'restApiId' and 'rootResourceId' go together. The ids of an API's resources: aws apigateway get-resources --rest-api-id <id> --query 'items[].[id,path]' --output text",
  },
  {
    broken: ({ restApiId, rootPath, restApiStage }) =>
      Boolean(!restApiId && (rootPath || restApiStage)),
    message: "The parameters 'rootPath' and 'restApiStage' are about 'restApiId': give it too.",
  },
  ...(['vpcEndpoints', 'webAclArn', 'domainName', 'canary'] as const).map((name) => ({
    broken: (values: Readonly<Record<string, unknown>>) =>
      Boolean(values.restApiId && values[name]),
    message: `An API that is there already is its owner's to protect, name and watch: give either 'restApiId' or '${name}'.`,
  })),
  {
    broken: ({ restApiId, tracing }) => Boolean(restApiId) && tracing === 'true',
    message:
      "Tracing is a setting of the stage, and the stage of 'restApiId' is its owner's: leave out 'tracing'.",
  },
  {
    broken: ({ restApiId, corsOrigins = '' }) =>
      Boolean(restApiId) && String(corsOrigins).includes(','),
    message:
      "Several 'corsOrigins' need a stage variable, and the stage of 'restApiId' is its owner's: give one origin, or *.",
  },
];

/**
 * @param values all of a stage's resolved values by name
 * @throws StackError that names the parameter, its value and what would be right
 */
export function checkParameters(values: Readonly<Record<string, unknown>>): void {
  checkEach(values);
  const broken = RULES.find((rule) => rule.broken(values));
  if (broken !== undefined) throw new StackError(broken.message);
}

/**
 * Checks values one by one, some of a stage's or all of them.
 * @throws StackError that names the parameter, its value and what would be right
 */
export function checkEach(values: Readonly<Record<string, unknown>>): void {
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
        `Parameter '${name}' is '${withoutCredentials(String(value))}'. It takes ${parameter.accepts.inWords}.`,
      );
    }
  }
}

/** A refused URL is printed, in logs of CI as well; what stands before its `@` is nobody's to read. */
const withoutCredentials = (text: string) => text.replace(/\/\/[^/\s]*@/g, '//***@');

/** @throws StackError when API Gateway or CloudFormation would refuse the stage's name */
export function checkStage(stage: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(stage)) return;
  throw new StackError(
    `Stage '${stage}' cannot be deployed. A stage's name takes letters, digits and hyphens, 64 at most, and does not begin with a hyphen.`,
  );
}
