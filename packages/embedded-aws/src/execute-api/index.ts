import { randomUUID } from 'node:crypto';
import type { ApiGateway } from '../apigateway';
import type { AssumeRole } from '../apigateway/assume-role';
import { whenDone } from '../core/done';
import type { HttpRequest, HttpResponse } from '../core/http';
import type { Front } from '../server/dispatch';
import { evaluateMappingTemplate } from '../velocity';
import { type ApiAddress, apiAddress, VPC_ENDPOINT_HEADER } from './address';
import { createAuthorizers } from './authorizers/authorizers';
import { testAuthorizer } from './authorizers/test';
import { Body } from './body';
import { extendedRequestId } from './context';
import { domainAddress } from './custom-domain';
import type {
  AccessLogSink,
  ExecutionLogSink,
  FilterRequest,
  PageRules,
  ReportFailure,
  StageDependencies,
  VerifySignature,
} from './dependencies';
import type { FunctionAllows } from './functions/permission';
import { HeaderBag } from './header-bag';
import type { InvokeService } from './integrations';
import { sendAsIs } from './integrations/http-client';
import type { EvaluateMappingTemplate } from './mapping-template';
import { STRICTEST } from './pages';
import { serve } from './pipeline';
import { isReachable } from './reachability';
import { finishResponse } from './response-headers';
import { testInvokeMethod } from './test-invoke';
import { Throttle } from './token-buckets';
import { Turns } from './turns';

export interface ExecuteApiOptions {
  readonly apiGateway: ApiGateway;
  /** Sends a request to another embedded service, as the caller it carries. */
  readonly invokeService: InvokeService;
  readonly assumeRole: AssumeRole;
  /** Renders mapping templates; defaults to the embedded Velocity engine. */
  readonly evaluateMappingTemplate?: EvaluateMappingTemplate;
  /** Without it, methods with the authorization type AWS_IAM answer 500. */
  readonly verifySignature?: VerifySignature;
  /** Which web pages may call; without it, those that an API's own CORS lets. */
  readonly pages?: PageRules;
  /** Evaluates web ACLs. Without it, stages that have one answer 500. */
  readonly filterRequest?: FilterRequest;
  /** Gets the lines of access logs; without it they are lost. */
  readonly writeLog?: AccessLogSink;
  /** Receives the execution logs of stages that log; without it they are lost. */
  readonly writeExecutionLog?: ExecutionLogSink;
  /** Receives the reason for a 500; AWS writes it to execution logs only. */
  readonly reportFailure?: ReportFailure;
  /** Calls HTTP integrations, and gets the keys of user pools. */
  readonly fetch?: typeof fetch;
  /** Asks a function's own policy; without it, functions are called only by a role. */
  readonly functionAllows?: FunctionAllows;
  /** Milliseconds that authorizers' functions have, in place of AWS's ten seconds. */
  readonly authorizerTimeout?: number;
  /** By the ARN of a user pool the URL of its issuer, or that of its keys. */
  readonly userPools?: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * API Gateway's data plane: answers requests to deployed stages, by the path
 * `/_aws/execute-api/{api-id}/{stage}/…`, by the host `{api-id}.execute-api.…` or by a custom domain
 * name (see {@link apiAddress} for VPC endpoints). It also runs the control plane's TestInvokeMethod.
 */
export function createExecuteApi(options: ExecuteApiOptions): Front {
  const { apiGateway } = options;
  const now = options.now ?? apiGateway.now;
  const authorizers = createAuthorizers({
    invokeService: options.invokeService,
    assumeRole: options.assumeRole,
    functionAllows: options.functionAllows,
    functionTimeout: options.authorizerTimeout,
    userPools: options.userPools ?? {},
    fetch: options.fetch ?? fetch,
    now,
  });
  const dependencies: StageDependencies = {
    authorizers,
    invokeService: options.invokeService,
    assumeRole: options.assumeRole,
    functionAllows: options.functionAllows,
    evaluateMappingTemplate: options.evaluateMappingTemplate ?? evaluateMappingTemplate,
    verifySignature: options.verifySignature,
    filterRequest: options.filterRequest,
    pages: options.pages ?? STRICTEST,
    writeLog: options.writeLog,
    writeExecutionLog: options.writeExecutionLog,
    fetch: options.fetch ?? sendAsIs,
    now,
    throttle: new Throttle(now),
    reportFailure: options.reportFailure,
  };
  const turns = new Turns();
  apiGateway.provideAuthorizers({
    test: (test) => testAuthorizer(test, authorizers),
    flush: (_api, stage) => authorizers.cache.flush(stage),
  });
  apiGateway.provideTestInvoke((test) => testInvokeMethod(test, dependencies));
  // The dispatcher calls `matches` and then `handle` with the same request.
  let located:
    | { readonly request: HttpRequest; readonly address: ApiAddress | undefined }
    | undefined;
  const locate = (request: HttpRequest) => {
    if (located?.request !== request) {
      const address = apiAddress(request) ?? domainAddress(apiGateway.store, request);
      located = { request, address };
    }
    return located.address;
  };
  return {
    reach: 'api',
    matches: (request) => locate(request) !== undefined,
    handle(request) {
      const address = locate(request);
      if (address === undefined) return forbidden(now());
      if (UNENCODED.test(request.query)) return badRequest(now());
      const served = apiGateway.store.findServed(address.apiId, address.stageName);
      if (served === undefined || !isReachable(served, address)) return forbidden(now());
      const turn = turns.next();
      return whenDone(turn, () =>
        serve(served, fromEndpoint(request, address), address, dependencies),
      );
    },
  };
}

/** Integrations of private APIs see which endpoint a request came through. */
function fromEndpoint(request: HttpRequest, { vpcEndpointId }: ApiAddress): HttpRequest {
  if (vpcEndpointId === undefined) return request;
  return { ...request, headers: { ...request.headers, [VPC_ENDPOINT_HEADER]: vpcEndpointId } };
}

/**
 * Characters that a query string must not have unless they are percent-encoded. Such a request is
 * refused before its API is looked for, so that no API customizes the answer, and no log has it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const UNENCODED = /[|{}]/;

/** The status is from public reports; AWS's text is not known. */
const badRequest = (now: number) => ownAnswer(400, 'Bad Request', 'BadRequestException', now);

/** AWS's answer for an unknown API or stage; it does not reveal that it does not exist. */
const forbidden = (now: number) => ownAnswer(403, 'Forbidden', 'ForbiddenException', now);

/** An answer without an API. */
function ownAnswer(status: number, message: string, errorType: string, now: number): HttpResponse {
  const answer = {
    status,
    headers: new HeaderBag(),
    body: Body.of(JSON.stringify({ message })),
  };
  return finishResponse(answer, {
    requestId: randomUUID(),
    extendedRequestId: extendedRequestId(),
    errorType,
    now,
  });
}
