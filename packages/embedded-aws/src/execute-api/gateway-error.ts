import type { GatewayResponseType } from '../apigateway/entities/gateway-responses';

export interface GatewayErrorOptions extends ErrorOptions {
  /** For the types that have no status of their own: DEFAULT_4XX and DEFAULT_5XX. */
  readonly status?: number;
  /** `x-amzn-ErrorType`, when the type alone does not say it. */
  readonly errorType?: string;
  /** `$context.error.validationErrorString` */
  readonly validationErrorString?: string;
  /** True for an answer whose message is null. */
  readonly hasNoMessage?: boolean;
  /** A line for the execution log, with details that the client does not get. */
  readonly log?: string;
  /** Details that AWS's log leaves out, for the console of the embedded AWS alone. */
  readonly detail?: string;
}

/** `x-amzn-ErrorType` of the gateway's own answers; names not recorded follow AWS's pattern. */
const ERROR_TYPES: Partial<Record<GatewayResponseType, string>> = {
  ACCESS_DENIED: 'AccessDeniedException',
  API_CONFIGURATION_ERROR: 'InternalServerErrorException',
  AUTHORIZER_CONFIGURATION_ERROR: 'AuthorizerConfigurationException',
  BAD_REQUEST_BODY: 'BadRequestException',
  BAD_REQUEST_PARAMETERS: 'BadRequestException',
  DEFAULT_4XX: 'BadRequestException',
  DEFAULT_5XX: 'InternalServerErrorException',
  EXPIRED_TOKEN: 'ExpiredTokenException',
  INTEGRATION_FAILURE: 'InternalServerErrorException',
  INTEGRATION_TIMEOUT: 'InternalServerErrorException',
  INVALID_API_KEY: 'ForbiddenException',
  INVALID_SIGNATURE: 'InvalidSignatureException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  QUOTA_EXCEEDED: 'LimitExceededException',
  REQUEST_TOO_LARGE: 'RequestTooLargeException',
  THROTTLED: 'TooManyRequestsException',
  UNAUTHORIZED: 'UnauthorizedException',
  UNSUPPORTED_MEDIA_TYPE: 'BadRequestException',
  WAF_FILTERED: 'ForbiddenException',
};

/** An answer of the gateway itself, instead of the backend's. The API may customize it. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly responseType: GatewayResponseType;
  readonly status: number | undefined;
  readonly errorType: string;
  readonly validationErrorString: string | undefined;
  readonly hasNoMessage: boolean;
  readonly log: string | undefined;
  readonly detail: string | undefined;

  constructor(
    responseType: GatewayResponseType,
    message: string,
    options: GatewayErrorOptions = {},
  ) {
    super(message, options);
    this.responseType = responseType;
    this.status = options.status;
    this.errorType = options.errorType ?? ERROR_TYPES[responseType] ?? 'BadRequestException';
    this.validationErrorString = options.validationErrorString;
    this.hasNoMessage = options.hasNoMessage ?? false;
    this.log = options.log;
    this.detail = options.detail;
  }
}

/** The API is set up in a way that cannot work: 500, and the reason in the log only. */
export function configurationError(reason: string, cause?: unknown, detail?: string): GatewayError {
  return new GatewayError('API_CONFIGURATION_ERROR', 'Internal server error', {
    cause,
    ...(detail !== undefined && { detail }),
    log: `Execution failed due to configuration error: ${reason}`,
  });
}

/** Any other error becomes the gateway's 500. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new GatewayError('DEFAULT_5XX', 'Internal server error', {
    status: 500,
    cause: error,
    log: `Execution failed due to an internal error: ${reason}`,
  });
}
