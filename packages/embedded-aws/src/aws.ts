import { apiGatewayResourceHandlers, createApiGateway, protectedStages } from './apigateway';
import { createCloudFormation } from './cloudformation';
import { cloudWatchResourceHandlers, createCloudWatch } from './cloudwatch';
import { DEFAULT_ACCOUNT_ID, rootCaller } from './core/caller';
import { whenDone } from './core/done';
import { AwsError } from './core/errors';
import type { AwsRequest, HttpRequest, HttpResponse } from './core/http';
import { jsonError } from './core/protocol/json';
import type { AwsService } from './core/service';
import { createEcr } from './ecr';
import { createEvents, eventsResourceHandlers } from './events';
import { createExecuteApi } from './execute-api';
import { createIam, type Iam, type IamOptions, iamResourceHandlers } from './iam';
import { createKinesis, type KinesisOptions, type StartStreams } from './kinesis';
import { RecordFiles } from './kinesis/record-files/record-files';
import { kinesisResourceHandlers } from './kinesis/resource-handlers';
import { readStartStreams } from './kinesis/start-streams';
import { createLambda, iteratorAge, lambdaResourceHandlers, policyAllowsInvoke } from './lambda';
import { createLogs, logsResourceHandlers } from './logs';
import { createS3, readObject, readTemplateUrl, s3ResourceHandlers } from './s3';
import { type CredentialScope, ownerOf } from './server/credentials';
import { Dispatcher, unverified } from './server/dispatch';
import { Fence } from './server/fence/fence';
import type { FenceOptions } from './server/fence/options';
import { healthFront } from './server/health';
import { OwnerSecret, type OwnerSecretOptions } from './server/owner-secret';
import { type VerifyOptions, verifySignature } from './server/signature';
import { signatureError } from './server/signature-errors';
import { createSns, snsResourceHandlers } from './sns';
import { persistedHandler, persistedService, type State } from './state';
import { createSts } from './sts';
import { evaluateMappingTemplate } from './velocity';
import { createWafv2, wafv2ResourceHandlers } from './wafv2';

/** Options of the services. All have defaults. */
export interface AwsOptions extends FenceOptions, IamOptions, OwnerSecretOptions {
  readonly kinesis?: KinesisOptions;
  /** Streams of the default account that are created at the start, unless they exist: `{ orders: 2 }`. */
  readonly streams?: StartStreams;
  /** The region of `streams`; us-east-1 by default. */
  readonly region?: string;
  /** Calls the endpoints of HTTP integrations, and gets the keys of user pools, in place of the network. */
  readonly fetch?: typeof fetch;
  /**
   * Where the keys of Cognito user pools are: by the pool's ARN the URL of its issuer, or that of its
   * JSON Web Key Set.
   */
  readonly userPools?: Readonly<Record<string, string>>;
}

/**
 * All services of the embedded AWS, wired to each other. Nothing listens yet.
 * @param state restores the services' state and persists it; without it, state is in memory alone
 * @param owner holds the secret that signatures of the account's owner are checked with
 * @throws StateError when the state cannot be restored; OptionError
 */
export function createAws(
  options: AwsOptions = {},
  state?: State,
  owner = new OwnerSecret(options),
): Dispatcher {
  const iam = createIam(options);
  const s3 = createS3();
  const cloudWatch = createCloudWatch();
  const logs = createLogs((scope, measurement) => cloudWatch.store(scope).measure(measurement));
  const kinesis = createKinesis(
    options.kinesis,
    state && {
      records: state.addFiles('records', (place) => new RecordFiles(place)),
      changed: () => state.flush('kinesis'),
    },
    (scope, metric, unit) => cloudWatch.store(scope).meter(metric, unit),
  );
  const sns = createSns();
  const lambda = createLambda({
    runtime: {
      credentialsOf: (roleArn, name, scope) =>
        iam.serviceCredentials(roleArn, 'lambda.amazonaws.com', name, scope),
      writeLog: (scope, group, stream, lines) => {
        const store = logs.store(scope);
        if (!store.groups.has(group)) store.create(group);
        for (const line of lines) logs.write(store.arnOf(group), line, stream);
      },
    },
    eventSources: {
      kinesis,
      assumeRole: (roleArn, scope) =>
        iam.assumeRole(roleArn, 'lambda.amazonaws.com', 'awslambda', scope),
      publish: sns.publish,
      measureAge: (scope, functionName, milliseconds) =>
        cloudWatch.store(scope).measure(iteratorAge(functionName, milliseconds)),
      report: (line) => console.error(line),
      now: options.kinesis?.now ?? Date.now,
    },
  });
  const events = createEvents();
  const apiGateway = createApiGateway({
    services: () => aws.serviceNames,
    assumeRole: iam.assumeRole,
    readObject: (location, caller) => readObject(s3, location, caller),
  });
  const wafv2 = createWafv2((scope) => protectedStages(apiGateway.store, scope));
  const handlers = [
    ...apiGatewayResourceHandlers(apiGateway),
    ...iamResourceHandlers(iam),
    ...s3ResourceHandlers(s3),
    ...logsResourceHandlers(logs),
    ...lambdaResourceHandlers(lambda, { iam, s3 }),
    ...cloudWatchResourceHandlers(cloudWatch),
    ...snsResourceHandlers(sns),
    ...eventsResourceHandlers(events),
    ...wafv2ResourceHandlers(wafv2),
    ...kinesisResourceHandlers(kinesis),
  ];
  const cloudFormation = createCloudFormation({
    handlers: state ? handlers.map((handler) => persistedHandler(handler, state)) : handlers,
    readTemplate: (url, caller) => readTemplateUrl(s3, url, caller),
    refusesRole: (roleArn, caller) =>
      iam.refusesService(roleArn, 'cloudformation.amazonaws.com', caller),
  });
  const others: AwsService[] = [
    apiGateway,
    cloudFormation,
    cloudWatch,
    createEcr(),
    createSts(iam),
    events,
    iam,
    lambda,
    logs,
    s3,
    sns,
    wafv2,
  ];
  // Kinesis persists its state itself: a record must not wait for a look at all other state.
  const services = [
    kinesis,
    ...(state ? others.map((service) => persistedService(service, state)) : others),
  ];

  const fence = new Fence(options, (name) => apiGateway.store.findDomain(name) !== undefined);
  const executeApi = createExecuteApi({
    apiGateway,
    ...(options.fetch && { fetch: options.fetch }),
    ...(options.userPools && { userPools: options.userPools }),
    functionAllows: (functionArn, requester, values) =>
      policyAllowsInvoke(lambda, { functionArn, requester, values }),
    assumeRole: iam.assumeRole,
    evaluateMappingTemplate,
    // Integrations reach a service like any client, but in process.
    invokeService: (signingName, request) =>
      whenDone(aws.send(signingName, request), (answer) => wholeAnswer(request, answer)),
    verifySignature: (request, service, region) => signer(iam, owner, request, service, region),
    pages: { isNamed: (page) => fence.isNamed(page), canSign: owner.value === undefined },
    filterRequest: wafv2.decide,
    // The client gets only "Internal server error"; the reason goes to the console.
    reportFailure: (reason) => console.error(reason),
    writeLog: (logGroupArn, line) => {
      logs.write(logGroupArn, line);
    },
    writeExecutionLog: (scope, logGroupName, lines) => {
      const store = logs.store(scope);
      if (!store.groups.has(logGroupName)) store.create(logGroupName);
      for (const line of lines) logs.write(store.arnOf(logGroupName), line);
    },
  });
  const health = healthFront(
    services.map(({ signingName }) => signingName),
    options.strict,
  );
  const aws: Dispatcher = new Dispatcher(
    services,
    [health, executeApi],
    (scope, request) => identityOf(iam, scope, request),
    options.strict
      ? (request) => verifySignature(request, keysOf(iam, owner))
      : (request) => usable(iam, request),
    fence,
    lambda,
  );
  // In this order, as some states refer to those before them.
  state?.restore([
    owner.state,
    iam.state,
    s3.state,
    logs.state,
    ...lambda.states,
    kinesis.state,
    ...cloudWatch.states,
    sns.state,
    events.state,
    apiGateway.state,
    wafv2.state,
    cloudFormation.state,
  ]);
  const { streams = {}, region = 'us-east-1' } = options;
  kinesis.createMissing(
    rootCaller({ accountId: DEFAULT_ACCOUNT_ID, region }),
    readStartStreams(streams, 'streams'),
  );
  return aws;
}

/** Integrations take whole answers; API Gateway would wait in vain for an event stream to end. */
function wholeAnswer({ requestId }: AwsRequest, answer: HttpResponse): HttpResponse {
  if (answer.stream === undefined) return answer;
  const message =
    'The embedded API Gateway does not integrate operations that answer with a stream of events.';
  return jsonError(requestId, new AwsError('NotImplemented', message, { status: 501 }));
}

/** Access keys that IAM or STS issued belong to an identity, all others to the account's owner. */
function identityOf(iam: Iam, scope: CredentialScope, { sourceIp }: HttpRequest) {
  const values = { 'aws:SourceIp': sourceIp };
  return iam.callerOf(scope.accessKeyId, scope.region, values) ?? ownerOf(scope);
}

/** The form of the access keys that IAM and STS issue. */
const ISSUED_KEY = /^A[KS]IA[A-Z0-9]{12,}$/;

/**
 * The keys that signatures are checked against. Any access key that does not have the form of an
 * issued one belongs to the account's owner.
 */
function keysOf(
  iam: Iam,
  owner: OwnerSecret,
): Pick<VerifyOptions, 'secretFor' | 'sessionTokenFor' | 'isExpired'> {
  return {
    secretFor: (key) =>
      iam.credentialsOf(key)?.secretAccessKey ??
      (ISSUED_KEY.test(key) ? undefined : owner.secretFor(key)),
    sessionTokenFor: (key) => iam.credentialsOf(key)?.sessionToken,
    isExpired: (key) => iam.keyStateOf(key) === 'expired',
  };
}

/**
 * The identity that signed a request.
 * @throws AwsError when the signature is not valid
 */
function signer(
  iam: Iam,
  owner: OwnerSecret,
  request: HttpRequest,
  expectedService: string,
  expectedRegion: string,
) {
  const keys = keysOf(iam, owner);
  const scope = verifySignature(request, { expectedService, expectedRegion, ...keys });
  return identityOf(iam, scope, request);
}

/**
 * A request's credentials, its signature unchecked. An inactive or expired key is still refused: it
 * must not pass as one of the owner's.
 * @throws AwsError for such a key, and for a request without credentials
 */
function usable(iam: Iam, request: HttpRequest): CredentialScope {
  const scope = unverified(request);
  const state = iam.keyStateOf(scope.accessKeyId);
  if (state === 'expired') throw signatureError('expired', request, scope.service);
  if (state === 'inactive') throw signatureError('unknownKey', request, scope.service);
  return scope;
}
