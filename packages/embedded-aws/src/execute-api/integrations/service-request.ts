import type { AwsIntegrationUri } from '../../apigateway/integration-uri';
import { partitionOf } from '../../core/caller';
import type { HttpRequest } from '../../core/http';
import type { IntegrationRequest } from '../integration-request';

/**
 * The prefix of `X-Amz-Target` by service: with it, API Gateway calls an action of a JSON service by
 * its name alone. Services that are not listed speak the query protocol or have paths.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-request-basic-setup.html
 */
const TARGET_PREFIXES: Readonly<Record<string, string>> = {
  'application-autoscaling': 'AnyScaleFrontendService',
  'cognito-idp': 'AWSCognitoIdentityProviderService',
  dynamodb: 'DynamoDB_20120810',
  ecr: 'AmazonEC2ContainerRegistry_V20150921',
  events: 'AWSEvents',
  firehose: 'Firehose_20150804',
  kinesis: 'Kinesis_20131202',
  kms: 'TrentService',
  logs: 'Logs_20140328',
  secretsmanager: 'secretsmanager',
  states: 'AWSStepFunctions',
  wafv2: 'AWSWAF_20190729',
};

/** Services that speak the older of the two JSON protocols. */
const JSON_1_0: readonly string[] = ['dynamodb', 'states'];

/** The part of a request to a service that follows from the integration. */
type ServiceRequest = Pick<HttpRequest, 'path' | 'query' | 'headers'>;

/** The parts of a call that follow from the integration's URI alone. */
interface ServiceAddress {
  readonly host: string;
  readonly path: string;
  /** The URI's own. */
  readonly parameters: string;
  /** The action's name in the query string; empty without one. */
  readonly action: string;
  /** The action's name in the header, for a JSON service. */
  readonly jsonTarget: string | undefined;
}

const addresses = new WeakMap<AwsIntegrationUri, ServiceAddress>();

/** Worked out once for a URI: nearly all requests of an integration have the same. */
function addressOf(uri: AwsIntegrationUri): ServiceAddress {
  const known = addresses.get(uri);
  if (known !== undefined) return known;
  const prefix = TARGET_PREFIXES[uri.service];
  const { name, parameters } = targetOf(uri);
  const isAction = uri.kind === 'action';
  const isS3 = uri.service === 's3';
  const address: ServiceAddress = {
    host: `${uri.service}.${uri.region}.${dnsSuffix(uri.region)}`,
    ...(isS3 ? s3Address(uri) : { path: pathOf(uri), parameters }),
    action: isAction && !isS3 ? name : '',
    jsonTarget: isAction && prefix !== undefined ? `${prefix}.${name}` : undefined,
  };
  addresses.set(uri, address);
  return address;
}

/**
 * The request that calls an action or a path of a service, in the service's protocol: an action of a
 * JSON service is named in `X-Amz-Target`, one of a query service in the query string.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
 */
export function serviceRequest(
  uri: AwsIntegrationUri,
  request: IntegrationRequest,
  apiId: string,
): ServiceRequest {
  const { host, path, parameters, action, jsonTarget } = addressOf(uri);
  const headers = request.headers.toLowerCaseRecord();
  headers.host = host;
  headers['x-amzn-apigateway-api-id'] = apiId;
  if (jsonTarget !== undefined) {
    headers['x-amz-target'] ??= jsonTarget;
    headers['content-type'] = actionContentType(uri.service, headers['content-type']);
  }
  return { path, query: queryString(action, parameters, request), headers };
}

/** The URL that the execution log shows for an integration: the real service's. */
export function awsEndpoint(uri: AwsIntegrationUri): string {
  const host = uri.subdomain === undefined ? uri.service : `${uri.subdomain}.${uri.service}`;
  const base = `https://${host}.${uri.region}.${dnsSuffix(uri.region)}/`;
  return uri.kind === 'action' ? `${base}?Action=${uri.target}` : `${base}${uri.target}`;
}

/**
 * Takes an action's parameters off its name (`GetObject&Bucket=b&Key=k` as AWS documents it, or with
 * the `?` that many write), and a query string off a path.
 */
function targetOf({ kind, target }: AwsIntegrationUri) {
  const pattern = kind === 'action' ? /^([^&?]*)[&?]?(.*)$/s : /^([^?]*)\??(.*)$/s;
  const [, name = '', parameters = ''] = pattern.exec(target) ?? [];
  return { name, parameters };
}

function pathOf(uri: AwsIntegrationUri): string {
  return uri.kind === 'action' ? '/' : `/${targetOf(uri).name.replace(/^\/+/, '')}`;
}

/**
 * S3 has no actions, so the bucket and the key that an action names become the path; its verb is the
 * integration's. A bucket before the service's name goes there as well.
 */
function s3Address(uri: AwsIntegrationUri) {
  const { subdomain, kind } = uri;
  if (kind === 'path') {
    const bucket = subdomain === undefined ? '' : `/${subdomain}`;
    return { path: bucket + pathOf(uri), parameters: targetOf(uri).parameters };
  }
  const given = new Map(
    targetOf(uri)
      .parameters.split('&')
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=?/, '')]),
  );
  const bucket = subdomain ?? given.get('Bucket') ?? '';
  const key = given.get('Key') ?? '';
  given.delete('Bucket');
  given.delete('Key');
  const parameters = Array.from(given, ([name, value]) => `${name}=${value}`).join('&');
  return { path: key === '' ? `/${bucket}` : `/${bucket}/${key}`, parameters };
}

/** The URI's own parameters and the mapped ones. An action's name wins over a mapped one. */
function queryString(action: string, parameters: string, { query }: IntegrationRequest): string {
  if (parameters === '' && query.length === 0 && /^\w*$/.test(action)) {
    return action === '' ? '' : `Action=${action}`;
  }
  const all = new URLSearchParams(parameters);
  for (const [name, value] of query) all.append(name, value);
  if (action !== '') all.set('Action', action);
  return all.toString();
}

/**
 * The content type that an action of a JSON service is called with. Services refuse any but their own,
 * and yet what the integration maps or the client sends does: `application/json` without a mapping is
 * recorded (LocalStack's test_apigateway_to_kinesis), AWS's tutorial has `x-amz-json-1.1`, which is no
 * content type, and public plugins send forms. So the gateway must put it right; that it does so for
 * every type but the protocols' own is inferred.
 * @param contentType what the request would have
 */
function actionContentType(service: string, contentType: string | undefined): string {
  if (contentType?.trim().toLowerCase().startsWith('application/x-amz-')) return contentType;
  return `application/x-amz-json-${JSON_1_0.includes(service) ? '1.0' : '1.1'}`;
}

function dnsSuffix(region: string): string {
  return partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
