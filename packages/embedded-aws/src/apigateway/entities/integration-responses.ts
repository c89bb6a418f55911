import { compileRegex } from '../../java-regex/operations';
import { badRequest, notFound } from '../errors';
import type { Members } from '../members';
import type { Integration, IntegrationResponse, Method, TextMap } from '../model';
import { checkTemplateSizes } from '../quotas';
import { readContentHandling } from './integrations';
import { checkStatusCode } from './methods';
import { checkResponseMappings } from './parameter-mappings';

/**
 * Builds the response for one backend status.
 * @throws AwsError like PutIntegrationResponse
 */
export function buildIntegrationResponse(
  method: Method,
  statusCode: string,
  input: Members,
): IntegrationResponse {
  const response: IntegrationResponse = {
    statusCode: checkStatusCode(statusCode),
    selectionPattern: input.text('selectionPattern'),
    responseParameters: input.textMap('responseParameters'),
    // Null is an empty template (recorded: test_put_integration_response_templates, 12-02-2026).
    responseTemplates: input.templates('responseTemplates'),
    contentHandling: readContentHandling(input.text('contentHandling')),
  };
  checkPattern(response.selectionPattern);
  checkContentTypes(response.responseTemplates);
  checkTemplateSizes(response.responseTemplates);
  checkResponseMappings(method, response);
  return response;
}

/**
 * Selection patterns are Java regular expressions.
 * @throws AwsError BadRequestException for an invalid one
 */
export function checkPattern(pattern: string | undefined): void {
  try {
    compileRegex(pattern ?? '');
  } catch (cause) {
    throw badRequest('Invalid selection pattern specified', cause);
  }
}

function checkContentTypes(templates: TextMap | undefined): void {
  const wrong = Object.keys(templates ?? {}).find((type) => !/^[^/\s]+\/[^/\s]/.test(type));
  if (wrong !== undefined) {
    throw badRequest(
      `Validation Result: warnings : [], errors : [Invalid content type specified: ${wrong}]`,
    );
  }
}

export function integrationResponseOf(
  integration: Integration,
  statusCode: string,
): IntegrationResponse {
  const response = integration.integrationResponses.get(checkStatusCode(statusCode));
  if (response === undefined) throw notFound('Invalid Response status code specified');
  return response;
}
