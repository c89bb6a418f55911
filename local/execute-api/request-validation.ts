import { validateBody } from '../apigateway/json-schema';
import { GatewayError } from './gateway-error';
import type { Invocation } from './invocation';
import { byContentType } from './mapping-template';

/**
 * Checks a request against what its method declares, as far as the method's validator says.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 * @throws GatewayError BAD_REQUEST_PARAMETERS or BAD_REQUEST_BODY
 */
export function validateRequest(invocation: Invocation): void {
  const { definition, method } = invocation;
  const validator = definition.requestValidators.get(method.requestValidatorId ?? '');
  if (validator === undefined) return;
  if (validator.validateRequestParameters) checkParameters(invocation);
  if (validator.validateRequestBody) checkBody(invocation);
}

/** Required parameters must be there and not be blank; AWS names them in the order of their kinds. */
function checkParameters({ method, request }: Invocation): void {
  const missing = Object.entries(method.requestParameters ?? {})
    .filter(([, isRequired]) => isRequired)
    .map(([parameter]) => parameter)
    .sort()
    .map((parameter) => parameter.split('.').slice(2))
    .filter(([location, ...name]) => isBlank(request, location ?? '', name.join('.')))
    .map(([, ...name]) => name.join('.'));
  if (missing.length > 0) {
    throw new GatewayError(
      'BAD_REQUEST_PARAMETERS',
      `Missing required request parameters: [${missing.join(', ')}]`,
    );
  }
}

function isBlank(request: Invocation['request'], location: string, name: string): boolean {
  const value = {
    header: () => request.headers.get(name),
    querystring: () => request.query.get(name)?.at(-1),
    path: () => (Object.hasOwn(request.pathParameters, name) ? request.pathParameters[name] : ''),
  }[location as 'header' | 'querystring' | 'path']();
  return (value ?? '').trim() === '';
}

/** A content type without a model is not validated; an empty body counts as `{}` (recorded). */
function checkBody({ definition, apiId, method, request }: Invocation): void {
  const contentType = request.headers.get('content-type') ?? 'application/json';
  const model = byContentType(method.requestModels, contentType);
  if (model === undefined) return;
  const text = request.text();
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw invalidBody('[Invalid JSON]', cause);
  }
  const problem = validateBody(definition, apiId, model, body);
  if (problem !== undefined) throw invalidBody(problem);
}

function invalidBody(validationErrorString: string, cause?: unknown): GatewayError {
  return new GatewayError('BAD_REQUEST_BODY', 'Invalid request body', {
    validationErrorString,
    cause,
    log: `Request body does not match model schema for content type: ${validationErrorString}`,
  });
}
