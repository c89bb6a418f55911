import { AwsError } from '../core/errors';
import { badRequest } from './errors';

/**
 * The quotas that a client can run into, as they are without a raise.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const QUOTAS = {
  resourcesOfApi: 300,
  stagesOfApi: 10,
  authorizersOfApi: 10,
  /** All models together. */
  modelBytesOfApi: 400 * 1024,
  templateBytes: 300 * 1024,
  stageVariableCharacters: 512,
  apiKeyNameCharacters: 1024,
  apiKeyDescriptionCharacters: 125_000,
} as const;

/** The error of a full API, in AWS's words and with its two blanks (boto/boto3#1296). */
export function limitExceeded(what: string): AwsError {
  return new AwsError(
    'LimitExceededException',
    `Maximum number of ${what} for this API has been reached.  Please contact AWS if you need additional ${what}.`,
    { status: 429 },
  );
}

/** @throws AwsError BadRequestException for a mapping template that is too large; the text is ours */
export function checkTemplateSizes(templates: Readonly<Record<string, string>> | undefined): void {
  for (const [type, template] of Object.entries(templates ?? {})) {
    const bytes = Buffer.byteLength(template);
    if (bytes > QUOTAS.templateBytes) {
      throw badRequest(
        `Invalid mapping template specified for ${type}: it has ${bytes} bytes, and at most ${QUOTAS.templateBytes} are allowed`,
      );
    }
  }
}
