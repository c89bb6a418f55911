import { apiGatewayResourceHandlers, createApiGateway, protectedStages } from './apigateway';
import { createCloudFormation } from './cloudformation';
import { cloudWatchResourceHandlers, createCloudWatch } from './cloudwatch';
import type { HttpRequest } from './core/http';
import type { AwsService } from './core/service';
import { createEcr } from './ecr';
import { createEvents, eventsResourceHandlers } from './events';
import { createExecuteApi } from './execute-api';
import { createIam, type Iam, iamResourceHandlers } from './iam';
import { createKinesis, type KinesisOptions } from './kinesis';
import { streamHandler } from './kinesis/resources/stream';
import { streamConsumerHandler } from './kinesis/resources/stream-consumer';
import { createLambda, lambdaResourceHandlers } from './lambda';
import { createLogs, logsResourceHandlers } from './logs';
import { createS3, readTemplateUrl, s3ResourceHandlers } from './s3';
import { type CredentialScope, ownerOf } from './server/credentials';
import { Dispatcher } from './server/dispatch';
import { healthFront } from './server/health';
import { verifySignature } from './server/signature';
import { createSns, snsResourceHandlers } from './sns';
import { keptHandler, keptService, type State } from './state';
import { createSts } from './sts';
import { evaluateMappingTemplate } from './velocity';
import { createWafv2, wafv2ResourceHandlers } from './wafv2';

/** How the services behave. All of it has defaults. */
export interface AwsOptions {
  readonly kinesis?: KinesisOptions;
}

/**
 * All services of the embedded AWS, wired to each other. Nothing listens yet.
 * @param state what they had before, and where they are to be kept; in memory alone without it
 * @throws StateError when the state cannot be put back
 */
export function createAws(options: AwsOptions = {}, state?: State): Dispatcher {
  const iam = createIam();
  const s3 = createS3();
  const logs = createLogs();
  const lambda = createLambda();
  const kinesis = createKinesis(
    options.kinesis,
    state && { records: state.records, changed: () => state.flush('kinesis') },
  );
  const cloudWatch = createCloudWatch();
  const sns = createSns();
  const events = createEvents();
  const apiGateway = createApiGateway({ services: ['kinesis'], assumeRole: iam.assumeRole });
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
    streamHandler(kinesis),
    streamConsumerHandler(kinesis),
  ];
  const cloudFormation = createCloudFormation({
    handlers: state ? handlers.map((handler) => keptHandler(handler, state)) : handlers,
    readTemplate: (url, caller) => readTemplateUrl(s3, url, caller),
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
  // Kinesis sees to it itself, as records need not look at all else.
  const kept = state ? others.map((service) => keptService(service, state)) : others;
  const services = [kinesis, ...kept];

  const executeApi = createExecuteApi({
    apiGateway,
    assumeRole: iam.assumeRole,
    evaluateMappingTemplate,
    // Integrations reach a service as any client does, only without the wire.
    invokeService: (signingName, request) => aws.send(signingName, request),
    verifySignature: (request, service, region) => signer(iam, request, service, region),
    filterRequest: wafv2.decide,
    // The client is told only "Internal server error"; whoever runs this wants to know why.
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
  const health = healthFront(services.map(({ signingName }) => signingName));
  const aws: Dispatcher = new Dispatcher(services, [health, executeApi], (scope, request) =>
    identityOf(iam, scope, request),
  );
  // What refers to others comes after them.
  state?.restore([
    iam.state,
    s3.state,
    logs.state,
    lambda.state,
    kinesis.state,
    ...cloudWatch.states,
    sns.state,
    events.state,
    apiGateway.state,
    wafv2.state,
    cloudFormation.state,
  ]);
  return aws;
}

/** Keys that IAM or STS issued stand for their identity, all others for the account's owner. */
function identityOf(iam: Iam, scope: CredentialScope, { sourceIp }: HttpRequest) {
  const values = { 'aws:SourceIp': sourceIp };
  return iam.callerOf(scope.accessKeyId, scope.region, values) ?? ownerOf(scope);
}

/**
 * Who signed a request. The owner of an account has any access key; for signing with it, its secret
 * is the same text (`local` and `local`).
 * @throws AwsError when the signature is not right
 */
function signer(iam: Iam, request: HttpRequest, expectedService: string, expectedRegion: string) {
  const scope = verifySignature(request, {
    expectedService,
    expectedRegion,
    secretFor: (key) => iam.credentialsOf(key)?.secretAccessKey ?? key,
    sessionTokenFor: (key) => iam.credentialsOf(key)?.sessionToken,
  });
  return identityOf(iam, scope, request);
}
