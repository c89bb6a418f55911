import type { Caller, Scope } from '../core/caller';
import type { HttpRequest } from '../core/http';
import type { Page } from '../server/fence/page';
import type { Authorizers } from './authorizers/authorizers';
import type { IntegrationDependencies } from './integrations/integration';
import type { EvaluateMappingTemplate } from './mapping-template';
import type { Throttle } from './token-buckets';

/** Dependencies of a method's own steps. */
export interface MethodDependencies extends IntegrationDependencies {
  readonly evaluateMappingTemplate: EvaluateMappingTemplate;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Dependencies of the whole pipeline. */
export interface StageDependencies extends MethodDependencies {
  readonly verifySignature: VerifySignature | undefined;
  readonly filterRequest: FilterRequest | undefined;
  readonly pages: PageRules;
  readonly authorizers: Authorizers;
  readonly writeLog: AccessLogSink | undefined;
  readonly writeExecutionLog: ExecutionLogSink | undefined;
  readonly throttle: Throttle;
  readonly reportFailure: ReportFailure | undefined;
}

/** Receives the reason for an answer with status 500, which clients are never told. */
export type ReportFailure = (reason: string) => void;

/**
 * Checks a request's SigV4 signature.
 * @throws AwsError in AWS's wording, with the code of the gateway's answer
 */
export type VerifySignature = (
  request: HttpRequest,
  expectedService: 'execute-api',
  expectedRegion: string,
) => Caller;

/** Asks a web ACL about a request, whose path is the one that the client asked for. */
export type FilterRequest = (webAclArn: string, request: HttpRequest) => 'Allow' | 'Block';

/** The web pages that may call, whatever the API says. */
export interface PageRules {
  /** True if the user has allowed the page's origin. */
  readonly isNamed: (page: Page) => boolean;
  /** True if any page can sign, because the owner's secrets are public. */
  readonly canSign: boolean;
}

/** Writes one line to a log group, or to a stream that logs go to. */
export type AccessLogSink = (destinationArn: string, line: string) => void;

/** Writes the execution log of one request, and creates the log group when it is missing. */
export type ExecutionLogSink = (
  scope: Scope,
  logGroupName: string,
  lines: readonly string[],
) => void;
