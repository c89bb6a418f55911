import { randomUUID } from 'node:crypto';
import type { ApiGateway } from '../apigateway';
import type { HttpResponse } from '../core/http';
import type { Front } from '../server/dispatch';
import { evaluateMappingTemplate } from '../velocity';
import type { AccessLogSink } from './access-log';
import { apiAddress } from './address';
import type { VerifySignature } from './authorization';
import { extendedRequestId } from './context';
import { HeaderBag } from './header-bag';
import type { AssumeRole, InvokeService } from './integrations';
import type { EvaluateMappingTemplate } from './mapping-template';
import { finishResponse } from './response-headers';
import { type ReportFailure, type ServeDependencies, serve } from './serve';
import type { ExecutionLogSink } from './stage-log';
import { testInvokeMethod } from './test-invoke';
import { Throttle } from './throttling';

export type { AccessLogSink } from './access-log';
export type { VerifySignature } from './authorization';
export type { AssumeRole, InvokeService } from './integrations';
export type { EvaluateMappingTemplate, TemplateInput, TemplateOutput } from './mapping-template';
export type { ExecutionLogSink } from './stage-log';

export interface ExecuteApiOptions {
  readonly apiGateway: ApiGateway;
  /** Sends a request to another embedded service, as the caller it carries. */
  readonly invokeService: InvokeService;
  readonly assumeRole: AssumeRole;
  /** Renders mapping templates; the room `velocity` does unless it is told otherwise. */
  readonly evaluateMappingTemplate?: EvaluateMappingTemplate;
  /** Without it, methods with the authorization type AWS_IAM answer 500. */
  readonly verifySignature?: VerifySignature;
  /** Gets the lines of access logs; without it they are lost. */
  readonly writeLog?: AccessLogSink;
  /** Gets execution logs of stages whose logging level asks for them; without it they are lost. */
  readonly writeExecutionLog?: ExecutionLogSink;
  /** Told why an answer is 500; AWS has that in execution logs only. */
  readonly reportFailure?: ReportFailure;
  /** Calls HTTP integrations. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * API Gateway's data plane: answers requests to deployed stages, by the path
 * `/_aws/execute-api/{api-id}/{stage}/…` or by the host `{api-id}.execute-api.…`. It also runs the
 * control plane's TestInvokeMethod.
 */
export function createExecuteApi(options: ExecuteApiOptions): Front {
  const { apiGateway } = options;
  const now = options.now ?? apiGateway.now;
  const dependencies: ServeDependencies = {
    invokeService: options.invokeService,
    assumeRole: options.assumeRole,
    evaluateMappingTemplate: options.evaluateMappingTemplate ?? evaluateMappingTemplate,
    verifySignature: options.verifySignature,
    writeLog: options.writeLog,
    writeExecutionLog: options.writeExecutionLog,
    // Looked up at each call, so that whoever replaces the global fetch is obeyed.
    fetch: options.fetch ?? ((...call) => fetch(...call)),
    now,
    throttle: new Throttle(now),
    reportFailure: options.reportFailure,
  };
  apiGateway.provideTestInvoke((test) => testInvokeMethod(test, dependencies));
  return {
    matches: ({ path, headers }) => apiAddress(path, headers.host) !== undefined,
    async handle(request) {
      const address = apiAddress(request.path, request.headers.host);
      const served = address && apiGateway.store.findServed(address.apiId, address.stageName);
      if (served === undefined || served.deployment.definition.disableExecuteApiEndpoint) {
        return forbidden(now());
      }
      return serve(served, request, address?.path ?? '/', dependencies);
    },
  };
}

/** What AWS says of an API or stage that is not there: no more than that it may not be called. */
function forbidden(now: number): HttpResponse {
  const answer = {
    status: 403,
    headers: new HeaderBag(),
    body: Buffer.from('{"message":"Forbidden"}'),
  };
  return finishResponse(answer, {
    requestId: randomUUID(),
    extendedRequestId: extendedRequestId(),
    errorType: 'ForbiddenException',
    now,
  });
}
