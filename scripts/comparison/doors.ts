import {
  kinesisProxyTutorial,
  SERVERLESS_PATTERN,
  SERVICE_PROXY_PLUGIN,
  SOLUTIONS_CONSTRUCT,
} from 'embedded-aws/fixtures';
import { compiledStack } from '../../test/support/compiled-stack';
import { deployStack } from '../../test/support/deploy-stack';
import type { Account } from './account';

/** Where a door was deployed to. */
export interface Deployed {
  readonly url: string;
  /** The stream of a door that has one. */
  readonly stream?: string | undefined;
  /** The streams that its role may reach, where the stack decides their names. */
  readonly streams?: string | undefined;
}

/** A door that is compared with others. */
export interface ComparedDoor {
  readonly name: string;
  /** Which version of it, and where it is read. */
  readonly source: string;
  /** Its routes, in examples/doors. */
  readonly routes: string;
  /** Its strengths, compared with the others. */
  readonly strengths: readonly string[];
  deploy(account: Account): Promise<Deployed>;
}

export const DOORS: readonly ComparedDoor[] = [
  {
    name: "AWS's tutorial",
    source:
      'AWS: [Create a REST API as an Amazon Kinesis proxy](https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html), its OpenAPI document of 2016-03-31',
    routes: 'aws-tutorial.json',
    strengths: [
      'Written and kept by AWS, step by step in the console: the best way to learn how API Gateway calls a service.',
      'One OpenAPI file, eight routes: nothing to install, nothing to build. It imports into any account in a minute.',
      'Streams are created, described and deleted, records are written and read.',
      'A tutorial: it does not claim to be ready for production.',
    ],
    async deploy(account) {
      const role = await account.gatewayRole('apigAwsProxyRole', 'AmazonKinesisFullAccess');
      const id = await account.importApi(kinesisProxyTutorial('2.0', role), 'test');
      return { url: account.invokeUrl(id, 'test') };
    },
  },
  {
    name: 'Solutions Construct',
    source:
      'AWS Solutions Constructs: [aws-apigateway-kinesisstreams](https://docs.aws.amazon.com/solutions/latest/constructs/aws-apigateway-kinesisstreams.html), commit 33c062f of 2026-08-20, without arguments',
    routes: 'solutions-construct.json',
    strengths: [
      'One line of CDK, in TypeScript, Python or Java, kept by AWS; every property can be overridden, templates and answers included.',
      'Signed requests only, by default; bodies are validated by a model.',
      'The role reaches one stream, which is encrypted; access log, execution log, X-Ray and two alarms come with it.',
    ],
    async deploy(account) {
      const { ApiId, StreamName } = await account.deploy('construct', SOLUTIONS_CONSTRUCT);
      return { url: account.invokeUrl(ApiId, 'prod'), stream: StreamName };
    },
  },
  {
    name: 'service-proxy',
    source:
      '[serverless-apigateway-service-proxy](https://github.com/serverless-operations/serverless-apigateway-service-proxy) 2.2.1, commit e1f2e80 of 2025-03-26: the Kinesis examples of its README',
    routes: 'service-proxy.json',
    strengths: [
      'A few lines of serverless.yml beside the functions you have; SQS, SNS, S3, DynamoDB and EventBridge in the same way.',
      'The partition key comes from path, query, body or request id, as you choose; the whole body is the record, so nothing is wrapped.',
      "Kinesis's 400 stays a 400. IAM, Cognito, custom authorizers and API keys can be set for each route, and CORS.",
    ],
    async deploy(account) {
      const { ApiId, StreamName } = await account.deploy('service-proxy', SERVICE_PROXY_PLUGIN);
      return { url: account.invokeUrl(ApiId, 'dev'), stream: StreamName };
    },
  },
  {
    name: 'Serverless Land pattern',
    source:
      '[apigw-kinesis](https://github.com/aws-samples/serverless-patterns/tree/main/apigw-kinesis) of aws-samples/serverless-patterns, commit fb7b5d0 of 2026-08-06',
    routes: 'serverless-pattern.yml',
    strengths: [
      'One SAM template of a page, to copy and go on from; `sam deploy` and nothing else.',
      "The role reaches the stack's own stream, and four actions.",
      'Writes and reads, with a README that shows each call.',
    ],
    async deploy(account) {
      const { ApiId, StreamName } = await account.deploy('pattern', SERVERLESS_PATTERN);
      return { url: account.invokeUrl(ApiId, 'dev'), streams: `${StreamName}*` };
    },
  },
  {
    name: 'this service',
    source:
      'This repository, stage `dev` with its defaults, but for the access log and the limits of single endpoints: requests without a pause would meet those',
    routes: 'kinesis-rest-proxy.json',
    strengths: [
      'Nine endpoints; every one is verified before it serves.',
      'It is the largest to deploy, and to read: a project, where the others are a page, a line or a plugin. It needs Node and the Serverless Framework.',
      'Numbers are normalised by API Gateway ([bodies](api.md#requests)); base64 in `application/x-amz-json-1.1` is not.',
    ],
    async deploy({ config, invokeUrl }) {
      const template = compiledStack({
        accessLogs: 'false',
        endpointThrottles: 'false',
        invokeUrl: invokeUrl('${RestApi}', 'dev'),
      });
      const { InvokeUrl = '' } = await deployStack(config, 'kinesis-rest-proxy-dev', template);
      return { url: InvokeUrl };
    },
  },
];
