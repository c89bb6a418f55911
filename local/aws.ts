import { apiGatewayResourceHandlers, createApiGateway, protectedStages } from './apigateway';
import { createCloudFormation } from './cloudformation';
import { cloudWatchResourceHandlers, createCloudWatch } from './cloudwatch';
import { AwsError } from './core/errors';
import type { AwsRequest, HttpRequest, HttpResponse } from './core/http';
import { jsonError } from './core/json-protocol';
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
import { createSts } from './sts';
import { evaluateMappingTemplate } from './velocity';
import { createWafv2, wafv2ResourceHandlers } from './wafv2';

/** How the services behave. All of it has defaults. */
export interface AwsOptions {
  readonly kinesis?: KinesisOptions;
  /** Calls the endpoints of HTTP integrations, in place of the network. */
  readonly fetch?: typeof fetch;
}

/** All services of the embedded AWS, wired to each other. Nothing listens yet. */
export function createAws(options: AwsOptions = {}): Dispatcher {
  const iam = createIam();
  const s3 = createS3();
  const logs = createLogs();
  const lambda = createLambda();
  const kinesis = createKinesis(options.kinesis);
  const cloudWatch = createCloudWatch();
  const sns = createSns();
  const events = createEvents();
  const apiGateway = createApiGateway({ services: ['kinesis'], assumeRole: iam.assumeRole });
  const wafv2 = createWafv2((scope) => protectedStages(apiGateway.store, scope));
  const cloudFormation = createCloudFormation({
    handlers: [
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
    ],
    readTemplate: (url, caller) => readTemplateUrl(s3, url, caller),
  });
  const services: AwsService[] = [
    apiGateway,
    cloudFormation,
    cloudWatch,
    createEcr(),
    createSts(iam),
    events,
    iam,
    kinesis,
    lambda,
    logs,
    s3,
    sns,
    wafv2,
  ];

  const executeApi = createExecuteApi({
    apiGateway,
    ...(options.fetch && { fetch: options.fetch }),
    assumeRole: iam.assumeRole,
    evaluateMappingTemplate,
    // Integrations reach a service as any client does, only without the wire.
    invokeService: async (signingName, request) =>
      wholeAnswer(request, await aws.send(signingName, request)),
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
  return aws;
}

/** Integrations take whole answers; API Gateway would wait for a stream's end in vain. */
function wholeAnswer({ requestId }: AwsRequest, answer: HttpResponse): HttpResponse {
  if (answer.stream === undefined) return answer;
  const message =
    'The embedded API Gateway does not integrate operations that answer with a stream of events.';
  return jsonError(requestId, new AwsError('NotImplemented', message, { status: 501 }));
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
