import { isRecord } from '../apigateway/members';
import type { RequestOverride, ResponseOverride } from './context';
import { configurationError, GatewayError } from './gateway-error';
import type { HeaderBag } from './header-bag';
import type { Invocation } from './invocation';
import { lastValues, type MethodRequest } from './method-request';
import type { Payload } from './payload';

/** The input of a mapping template. */
export interface TemplateInput {
  readonly body: string;
  /** The value whose JSON the body is, where it is known. */
  readonly written?: unknown;
  readonly params: {
    readonly path: Readonly<Record<string, string>>;
    readonly querystring: Readonly<Record<string, string>>;
    readonly header: Readonly<Record<string, string>>;
  };
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** The output of a mapping template, and the overrides that it set. */
export interface TemplateOutput {
  readonly text: string;
  readonly requestOverride: unknown;
  readonly responseOverride: unknown;
}

/** The template engine. Its errors carry a `kind`: parse, evaluation or payload. */
export type EvaluateMappingTemplate = (template: string, input: TemplateInput) => TemplateOutput;

/** A rendered template. */
export interface Rendered {
  readonly text: string;
  readonly requestOverride: RequestOverride;
  readonly responseOverride: ResponseOverride;
}

/**
 * Renders a template over a payload. The overrides that an earlier template asked for are visible.
 * @throws GatewayError 400 when the template reads a payload that only looks like JSON, else 500
 */
export function renderTemplate(
  evaluate: EvaluateMappingTemplate,
  template: string,
  payload: Payload,
  invocation: Invocation,
): Rendered {
  const { request, context, stageVariables } = invocation;
  try {
    const output = evaluate(template, {
      body: payload.text(),
      written: payload.written,
      params: new TemplateParameters(request),
      context,
      stageVariables,
    });
    return {
      text: output.text,
      requestOverride: asOverride(output.requestOverride),
      responseOverride: asOverride(output.responseOverride),
    };
  } catch (error) {
    throw templateFailure(error);
  }
}

/** `$input.params()`. Built on demand, as most templates do not read them. */
class TemplateParameters {
  readonly #request: MethodRequest;
  #querystring: Readonly<Record<string, string>> | undefined;
  #header: Readonly<Record<string, string>> | undefined;

  constructor(request: MethodRequest) {
    this.#request = request;
  }

  get path(): Readonly<Record<string, string>> {
    return this.#request.pathParameters;
  }

  get querystring(): Readonly<Record<string, string>> {
    this.#querystring ??= lastValues(this.#request.query);
    return this.#querystring;
  }

  get header(): Readonly<Record<string, string>> {
    this.#header ??= headerParameters(this.#request.headers);
    return this.#header;
  }
}

/**
 * Headers by the names that the client sent: `$input.params().header` has no others. `$input.params('…')`
 * finds them in any case, which is inferred: AWS's important notes speak of case for integrations with
 * Lambda and HTTP.
 */
function headerParameters(headers: HeaderBag): Readonly<Record<string, string>> {
  return new Proxy(headers.toRecord(), {
    get: (_record, name) => (typeof name === 'string' ? headers.get(name) : undefined),
    getOwnPropertyDescriptor(_record, name) {
      const value = typeof name === 'string' ? headers.get(name) : undefined;
      if (value === undefined) return undefined;
      return { value, configurable: true, enumerable: true, writable: true };
    },
  });
}

function asOverride(override: unknown): RequestOverride & ResponseOverride {
  return isRecord(override) ? override : {};
}

function templateFailure(error: unknown): GatewayError {
  const { kind, detail } = isRecord(error) ? error : { kind: undefined, detail: undefined };
  if (kind === 'payload') {
    // AWS puts the parser's words straight behind its own (recorded).
    return new GatewayError('DEFAULT_4XX', `Could not process payload${String(detail ?? '')}`, {
      status: 400,
      cause: error,
      log: 'Execution failed due to an invalid payload',
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return configurationError(`Unable to transform: ${reason}`, error);
}

/**
 * A template or model by content type: exact, then without parameters (`; charset=utf-8`), then in
 * another case, then `$default`. Keys are whole types: wildcards match nothing. That parameters and case
 * do not count, and `$default` in templates, are inferred; `$default` in models is documented.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function byContentType(
  templates: Readonly<Record<string, string>> | undefined,
  contentType: string,
): string | undefined {
  if (templates === undefined) return undefined;
  const type = mediaType(contentType);
  for (const key of [contentType, type]) {
    if (Object.hasOwn(templates, key)) return templates[key];
  }
  const lower = type.toLowerCase();
  const known = Object.keys(templates).find((key) => key.toLowerCase() === lower);
  if (known !== undefined) return templates[known];
  return Object.hasOwn(templates, '$default') ? templates.$default : undefined;
}

export function mediaType(contentType: string): string {
  const end = contentType.indexOf(';');
  return (end === -1 ? contentType : contentType.slice(0, end)).trim();
}
