import { buildIntegrationResponse } from '../entities/integration-responses';
import { buildIntegration } from '../entities/integrations';
import { isRecord, Members } from '../members';
import type { Integration, Method } from '../model';
import { type JsonObject, objectAt, textAt, withoutBlanks } from './document';
import type { OperationPlace } from './import-place';

/** The integration of an operation. */
interface IntegrationPlace extends OperationPlace {
  readonly method: Method;
  readonly described: JsonObject;
}

/**
 * Adds the integration of a method with its responses.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function importIntegration(place: IntegrationPlace): void {
  const { method, resource, support, findings } = place;
  const where = `on '${place.httpMethod}' for resource at path '${resource.path}'`;
  const put = findings.attempt(`put integration ${where}`, () => {
    const described = place.document.resolve(place.described);
    const input = inputOf(place, described);
    const integration = buildIntegration({ method, resourceId: resource.id }, input, support);
    return { integration, responses: objectAt(described, 'responses') };
  });
  if (put === undefined) return;
  method.integration = put.integration;
  for (const [pattern, response] of Object.entries(put.responses)) {
    if (!isRecord(response)) continue;
    findings.attempt(`put integration response ${where}`, () =>
      addResponse(place, put.integration, pattern, response),
    );
  }
}

function inputOf(place: IntegrationPlace, described: JsonObject): Members {
  return Members.ofRequest({
    ...withoutBlanks(described),
    type: textAt(described, 'type')?.toUpperCase(),
    passthroughBehavior: textAt(described, 'passthroughBehavior')?.toUpperCase() || undefined,
    connectionType: textAt(described, 'connectionType')?.toUpperCase() || undefined,
    contentHandling: textAt(described, 'contentHandling')?.toUpperCase() || undefined,
    requestParameters: texts(place, described, 'requestParameters'),
    requestTemplates: texts(place, described, 'requestTemplates'),
  });
}

function addResponse(
  place: IntegrationPlace,
  integration: Integration,
  pattern: string,
  response: JsonObject,
): void {
  // YAML has statuses as numbers (recorded: test_import_with_integer_http_status_code, 02-07-2025).
  const statusCode = String(response.statusCode);
  const built = buildIntegrationResponse(
    place.method,
    statusCode,
    Members.ofRequest({
      ...withoutBlanks(response),
      contentHandling: textAt(response, 'contentHandling')?.toUpperCase() || undefined,
      selectionPattern: pattern === 'default' ? undefined : pattern,
      responseParameters: texts(place, response, 'responseParameters'),
      responseTemplates: texts(place, response, 'responseTemplates'),
    }),
  );
  integration.integrationResponses.set(statusCode, built);
}

/**
 * A map of texts. A value of another type is warned of and left out (recorded for `requestParameters`:
 * test_import_rest_api_with_base_path_oas30, 02-07-2025; the other maps are inferred).
 */
function texts(
  { resource: { path }, httpMethod, findings }: OperationPlace,
  described: JsonObject,
  member: string,
): JsonObject | undefined {
  const map = described[member];
  if (!isRecord(map)) return undefined;
  const entries = Object.entries(map).filter(([name, value]) => {
    if (typeof value === 'string' || value === null) return true;
    const told = typeof value === 'object' ? JSON.stringify(value) : String(value);
    findings.warn(
      `Invalid format for '${member}'. Expected type string for property '${name}' of resource '${path}' and method '${httpMethod}' but got '${told}'`,
    );
    return false;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
