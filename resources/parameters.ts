import { authorizationParameters } from './authorization/parameters';
import { KAFKA_REST_URL, KAFKA_REST_URL_IN_WORDS } from './kafka-rest-url';
import {
  DOMAIN_NAME,
  HEADER_NAMES,
  INVOKE_URL,
  KMS_KEYS,
  MANAGED_POLICY_ARN,
  ORIGINS,
  RETENTION_DAYS,
  ROLE_PATH,
  SCHEDULE,
  VPC_ENDPOINTS,
} from './parameters/forms';
import { flag, flagOr, type Kind, text, textOrNone, wholeNumber } from './parameters/kinds';

/** Port of the embedded AWS unless `--port` or LOCAL_AWS_PORT names another. */
const DEFAULT_LOCAL_PORT = '4566';

/**
 * The endpoint of stage `local`: LOCAL_AWS_ENDPOINT if set (another emulator), else the embedded
 * AWS. An IP literal, because S3 clients prepend the bucket's name to any other host.
 * @param option `--port` of the command line, which counts more than the environment
 */
export function localEndpoint(
  option?: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { LOCAL_AWS_ENDPOINT: endpoint, LOCAL_AWS_PORT: port = DEFAULT_LOCAL_PORT } = environment;
  if (option !== undefined) return `http://127.0.0.1:${option}`;
  return endpoint ? endpoint.replace(/\/+$/, '') : `http://127.0.0.1:${port}`;
}

interface Parameter {
  /** Shown in docs/parameters.md. */
  readonly description: string;
  readonly default: string | number;
  readonly accepts: Kind<unknown>;
}

/** A stage's parameters, set by `params` in serverless.ts or by `--param name=value`. */
export const parameters = {
  streams: {
    description: 'The streams that the API may use: a name, with `*` and `?` as wildcards',
    default: '*',
    accepts: text(
      'a stream name (letters, digits, _ . -) in which * and ? are wildcards',
      /^[a-zA-Z0-9_.*?-]+$/,
      128,
    ),
  },
  ...authorizationParameters,
  manageStreams: {
    description:
      'Whether the API creates and deletes streams: `true`, `false`, or `anyone` to allow it to callers who do not sign',
    default: 'true',
    accepts: flagOr('anyone'),
  },
  kmsKeyArns: {
    description:
      'ARNs of your own KMS keys with which the streams are encrypted, separated by commas',
    default: '',
    accepts: textOrNone(
      'ARNs of KMS keys, not of aliases, separated by commas; each once',
      KMS_KEYS,
      2_000,
    ),
  },
  throttleRate: {
    description: 'Requests a second that the stage accepts, on average',
    default: 1000,
    accepts: wholeNumber('requests a second', 1, 999_999),
  },
  throttleBurst: {
    description: 'Requests that the stage accepts at once',
    default: 2000,
    accepts: wholeNumber('requests', 1, 99_999),
  },
  endpointThrottles: {
    description:
      'Whether endpoints whose quota the whole account shares have lower limits, set in their files: `true` or `false`',
    default: 'true',
    accepts: flag,
  },
  quotaPerDay: {
    description: 'Requests a day that the API key allows, where `authorization` is `API_KEY`',
    default: 1000000,
    accepts: wholeNumber('requests', 1, 999_999_999),
  },
  corsOrigins: {
    description: 'Origins whose web pages may call, separated by commas, or `*` for all',
    default: '',
    accepts: textOrNone(
      'origins as browsers send them (such as https://app.example.com: without a path, or a port that is the default), or *',
      ORIGINS,
      512,
    ),
  },
  corsAllowHeaders: {
    description:
      'Request headers that web pages of `corsOrigins`, and of the origins of declared streams, may send, separated by commas',
    // JSON, signatures, API keys; what AWS's SDKs, tracing and retrying libraries add in browsers.
    default: [
      ...['Authorization', 'Content-Type', 'Content-Encoding', 'X-Amz-Content-Sha256'],
      ...['X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-User-Agent', 'X-Api-Key'],
      ...['Amz-Sdk-Invocation-Id', 'Amz-Sdk-Request', 'Idempotency-Key', 'X-Requested-With'],
      ...['traceparent', 'tracestate', 'baggage', 'sentry-trace'],
    ].join(','),
    accepts: text('names of headers, separated by commas', HEADER_NAMES, 1_024),
  },
  vpcEndpoints: {
    description:
      'Ids of VPC endpoints, separated by commas: the API is private and answers only there',
    default: '',
    accepts: textOrNone(
      'ids of VPC endpoints such as vpce-0123456789abcdef0; each once',
      VPC_ENDPOINTS,
      4_000,
    ),
  },
  webAclArn: {
    description: 'ARN of a regional WAF web ACL to put in front of the stage',
    default: '',
    accepts: textOrNone(
      'the ARN of a regional web ACL',
      /^arn:[a-z-]+:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]{1,128}\/[\w-]{1,36}$/,
      256,
    ),
  },
  domainName: {
    description:
      'A domain of your own for the API, with `certificateArn`; point its DNS at the output `DomainTarget`',
    default: '',
    accepts: textOrNone('a domain name in lower case', DOMAIN_NAME, 253),
  },
  certificateArn: {
    description: 'ARN of the ACM certificate for `domainName`, in the same region',
    default: '',
    accepts: textOrNone(
      'the ARN of an ACM certificate',
      /^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
      256,
    ),
  },
  accessLogs: {
    description:
      'Whether every request is logged in the log group of the output `AccessLogGroup`: `true` or `false`',
    default: 'true',
    accepts: flag,
  },
  logRetentionDays: {
    description: 'How many days the access log is kept',
    default: 30,
    accepts: RETENTION_DAYS,
  },
  dashboard: {
    description:
      'Whether the stage has a CloudWatch dashboard: `true` or `false`. The first three of an account are free, each further one costs 3 USD a month',
    default: 'true',
    accepts: flag,
  },
  tracing: {
    description: 'Whether X-Ray traces requests: `true` or `false`',
    default: 'false',
    accepts: flag,
  },
  alarmTopicArn: {
    description:
      'ARN of the SNS topic that is notified when an alarm goes off, and when it is over',
    default: '',
    accepts: textOrNone(
      'the ARN of an SNS topic',
      /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/,
      320,
    ),
  },
  canary: {
    description:
      'How often a Lambda verifies the stage, such as `rate(5 minutes)` or `cron(0 8 * * ? *)`',
    default: '',
    accepts: textOrNone(
      'a rate of EventBridge: rate(5 minutes), or cron(0 8 * * ? *) with ? for either the day of the month or that of the week',
      SCHEDULE,
      256,
    ),
  },
  protected: {
    description:
      'Whether verification writes to the stage only if a command says so: `true` or `false`',
    default: 'false',
    accepts: flag,
  },
  shadow: {
    description:
      'Whether `deploy` verifies a new version on a temporary stage before the live stage moves to it: `true` or `false`',
    default: 'true',
    accepts: flag,
  },
  accountId: {
    description:
      'The AWS account that the stage belongs to: commands with credentials of another account are refused',
    default: '',
    accepts: textOrNone('the id of an AWS account, twelve digits as text', /^\d{12}$/, 12),
  },
  region: {
    description:
      'The region that the stage belongs to: commands for another region are refused. Choose the region with `--region`',
    default: '',
    accepts: textOrNone('a region such as eu-west-1', /^[a-z]{2}(-[a-z]+)+-\d$/, 32),
  },
  permissionsBoundaryArn: {
    description: "ARN of the IAM policy to set as permissions boundary of the stack's roles",
    default: '',
    accepts: textOrNone('the ARN of a managed policy', MANAGED_POLICY_ARN, 2_048),
  },
  rolePath: {
    description: "IAM path of the stack's roles, such as `/service/`",
    default: '',
    accepts: textOrNone(
      'a path that begins and ends with / and has letters, digits and +=,.@_- in between',
      ROLE_PATH,
      512,
    ),
  },
  restApiId: {
    description: 'Id of an existing REST API to add the routes to, instead of creating one',
    default: '',
    accepts: textOrNone('the id of a REST API, such as a1b2c3d4e5', /^[a-z0-9]{10}$/, 10),
  },
  rootResourceId: {
    description: 'Id of the resource of `restApiId` under which the routes go',
    default: '',
    accepts: textOrNone('the id of a resource of `restApiId`', /^[a-z0-9]{4,20}$/, 20),
  },
  rootPath: {
    description: 'Path of `rootResourceId`, unless that is the root: `/kinesis`',
    default: '',
    accepts: textOrNone(
      'a path without variables that begins with / and does not end with it',
      /^(\/[A-Za-z0-9._~:-]+)+$/,
      512,
    ),
  },
  restApiStage: {
    description:
      'The stage of `restApiId` that serves the routes, unless it is named like the stage of the service',
    default: '',
    accepts: textOrNone("the name of one of the API's stages", /^[A-Za-z0-9_-]+$/, 128),
  },
  kafkaRestUrl: {
    description:
      'URL of a Kafka REST proxy that gets every request for which there is no other route, unchanged',
    default: '',
    accepts: textOrNone(KAFKA_REST_URL_IN_WORDS, KAFKA_REST_URL, 512),
  },
  invokeUrl: {
    description: 'The URL of the deployed API, in Fn::Sub notation',
    default:
      'https://${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}${param:rootPath}',
    accepts: text(
      'a URL in which `${…}` names RestApi, Stage or a pseudo parameter of CloudFormation',
      INVOKE_URL,
      1_024,
    ),
  },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;
export const parameterNames = Object.keys(parameters) as ParameterName[];

/** Default values by parameter. */
export const defaults = Object.fromEntries(
  parameterNames.map((name) => [name, parameters[name].default]),
) as Readonly<Record<ParameterName, string | number>>;
