import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Throwaway } from '../probes-stack';
import type { Run } from '../run';
import type { Bench } from './probe';
import { type Resources, requireStatus, withStack } from './throwaway-stack';

/** The URL of an API's stage, which is named after the run: the right to call it is by that name. */
export function stageUrl({ place, stage }: Run, restApiId: string): string {
  const host = `https://${restApiId}.execute-api.${place.region}.amazonaws.com`;
  const base =
    place.endpoint === undefined ? host : `${place.endpoint}/_aws/execute-api/${restApiId}`;
  return `${base}/${stage}`;
}

export interface ThrowawayApi {
  readonly url: string;
  readonly restApiId: string;
}

/** Asks for a signature, so that nobody else calls a probe's API. */
const SIGNED = {
  sigv4: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'awsSigv4',
  },
};

/** Asks for an API key. */
const KEYED = { apiKey: { type: 'apiKey', name: 'x-api-key', in: 'header' } };

/** Asks for the parameters that are declared to be required. */
const VALIDATED = {
  'x-amazon-apigateway-request-validators': {
    parameters: { validateRequestParameters: true, validateRequestBody: false },
  },
  'x-amazon-apigateway-request-validator': 'parameters',
};

/** A mock that answers 200, of an OpenAPI document. */
export const mock = (more: object = {}) => ({
  responses: { 200: { description: 'OK' } },
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    responses: { default: { statusCode: '200' } },
    ...more,
  },
});

/** A call of a service, of an OpenAPI document. */
export const call = (integration: object, parameters: readonly object[] = []) => ({
  parameters,
  responses: { 200: { description: 'OK' }, 500: { description: 'Failed' } },
  'x-amazon-apigateway-integration': {
    type: 'aws',
    httpMethod: 'POST',
    passthroughBehavior: 'when_no_match',
    responses: {
      default: { statusCode: '200' },
      '[45]\\d{2}': { statusCode: '500' },
    },
    ...integration,
  },
});

interface Wanted {
  readonly ending: Throwaway;
  readonly paths: object;
  readonly security?: 'sigv4' | 'apiKey';
  /** Of the stage. */
  readonly settings?: object;
  readonly more?: Resources;
}

/** Lets a probe have an API, whose stack is made from an OpenAPI document. */
export async function withApi<Result>(
  bench: Bench,
  { ending, paths, security = 'sigv4', settings = {}, more = {} }: Wanted,
  ask: (api: ThrowawayApi) => Promise<Result>,
): Promise<Result> {
  const { run } = bench;
  return withStack(bench, ending, async (stack) => {
    const Body = {
      openapi: '3.0.1',
      info: { title: stack.name, version: '1' },
      ...VALIDATED,
      paths,
      security: [{ [security]: [] }],
      components: { securitySchemes: { ...SIGNED, ...KEYED } },
    };
    const RestApiId = { Ref: 'Api' };
    const status = await stack.create({
      ...more,
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: { Body, EndpointConfiguration: { Types: ['REGIONAL'] } },
      },
      Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId } },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: {
          RestApiId,
          DeploymentId: { Ref: 'Deployment' },
          StageName: run.stage,
          ...settings,
        },
      },
    });
    requireStatus(status, 'CREATE_COMPLETE');
    const { Api: restApiId = '' } = await stack.resources();
    run.evidence.know('probes-api', restApiId);
    return ask({ restApiId, url: stageUrl(run, restApiId) });
  });
}

/** The bucket of a probe; all others' names are taken from all accounts. */
export const bucketOf = ({ stackName, account }: Run): string => `${stackName}-probe-${account}`;

export const bucketResource = (run: Run): Resources => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucketOf(run) } },
});

/** Empties the bucket, if it is there: CloudFormation deletes it only then. */
export async function emptyBucket(run: Run): Promise<void> {
  const Bucket = bucketOf(run);
  const client = run.clients.s3;
  try {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    const Objects = Contents.map(({ Key }) => ({ Key }));
    if (Objects.length === 0) return;
    await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  } catch (error) {
    if ((error as Error).name !== 'NoSuchBucket') throw error;
  }
}

/** Asks, and empties the bucket. */
export async function emptied<Result>({ run }: Bench, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } finally {
    await emptyBucket(run);
  }
}
