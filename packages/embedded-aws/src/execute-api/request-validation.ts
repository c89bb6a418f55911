import { validateBody } from '../apigateway/json-schema';
import type { Method } from '../apigateway/model';
import { parseJson } from '../core/parse-json';
import { GatewayError } from './gateway-error';
import type { Invocation } from './invocation';
import { byContentType } from './mapping-template';
import type { MethodRequest } from './method-request';
import type { ParameterLocation } from './parameter-mapping';

/**
 * Checks a request against its method's declarations, as far as the method's validator requires.
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

/** Required parameters must be there and not be blank. */
function checkParameters({ method, request }: Invocation): void {
  if (method.requestParameters === undefined) return;
  const missing = requiredOf(method.requestParameters).filter(({ location, name }) =>
    isBlank(READERS[location](request, name)),
  );
  if (missing.length > 0) {
    throw new GatewayError(
      'BAD_REQUEST_PARAMETERS',
      `Missing required request parameters: [${missing.map(({ name }) => name).join(', ')}]`,
    );
  }
}

interface RequiredParameter {
  readonly location: ParameterLocation;
  readonly name: string;
}

type DeclaredParameters = NonNullable<Method['requestParameters']>;

const required = new WeakMap<DeclaredParameters, readonly RequiredParameter[]>();

/** In the order in which AWS names them, which is that of their kinds. Worked out once for a method. */
function requiredOf(declared: DeclaredParameters): readonly RequiredParameter[] {
  let known = required.get(declared);
  if (known === undefined) {
    known = Object.keys(declared)
      .filter((parameter) => declared[parameter])
      .sort()
      .map((parameter) => {
        // `method.request.header.Name`: a name may have dots of its own.
        const [, , location, ...name] = parameter.split('.');
        return { location: location as ParameterLocation, name: name.join('.') };
      });
    required.set(declared, known);
  }
  return known;
}

const READERS: Readonly<
  Record<ParameterLocation, (request: MethodRequest, name: string) => string | undefined>
> = {
  header: ({ headers }, name) => headers.get(name),
  querystring: ({ query }, name) => query.get(name)?.at(-1),
  path: ({ pathParameters }, name) =>
    Object.hasOwn(pathParameters, name) ? pathParameters[name] : undefined,
};

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

/** A content type without a model is not validated; an empty body counts as `{}` (recorded). */
function checkBody({ definition, apiId, method, request }: Invocation): void {
  const contentType = request.header('content-type') ?? 'application/json';
  const model = byContentType(method.requestModels, contentType);
  if (model === undefined) return;
  const text = request.body.text;
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : parseJson(text);
  } catch (cause) {
    throw invalidBody('[Invalid JSON]', cause);
  }
  const problem = validateBody(definition, apiId, model, body, text.length);
  if (problem !== undefined) throw invalidBody(problem);
}

function invalidBody(validationErrorString: string, cause?: unknown): GatewayError {
  return new GatewayError('BAD_REQUEST_BODY', 'Invalid request body', {
    validationErrorString,
    cause,
    log: `Request body does not match model schema for content type: ${validationErrorString}`,
  });
}
