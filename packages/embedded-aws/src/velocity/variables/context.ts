import { JavaMap } from '../java/map';
import { stringValueOf } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { fromJavaScript, mapFrom, textRecord } from './from-javascript';
import { TemplateObject } from './template-object';

/** Changes that templates make to the integration request, by parameter name. */
export interface RequestOverride {
  readonly header: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly path: Readonly<Record<string, string>>;
}

/** For templates without overrides, as most are. */
const NO_REQUEST_OVERRIDE: RequestOverride = { header: {}, querystring: {}, path: {} };

/** Changes that templates make to the method response. */
export interface ResponseOverride {
  readonly header: Readonly<Record<string, string>>;
  /** 100 to 599; other statuses are ignored. */
  readonly status: number | undefined;
}

const NO_RESPONSE_OVERRIDE: ResponseOverride = { header: {}, status: undefined };

/** `$context.requestOverride` or `$context.responseOverride`. */
class OverrideVariable extends TemplateObject {
  readonly javaClass = 'com.amazonaws.apigateway.Override';
  readonly #members = new Map<string, JavaValue>();

  constructor(maps: readonly string[], others: readonly string[], initial: unknown) {
    super();
    const given =
      typeof initial === 'object' && initial !== null ? mapFrom(initial) : new JavaMap();
    for (const name of maps) {
      const member = given.get(name);
      this.#members.set(name, member instanceof JavaMap ? member : new JavaMap());
    }
    for (const name of others) this.#members.set(name, given.get(name));
  }

  override getProperty(name: string): JavaValue | undefined {
    return this.#members.get(name);
  }

  override setProperty(name: string, value: JavaValue): void {
    const old = this.#members.get(name);
    if (old === undefined || (old instanceof JavaMap && !(value instanceof JavaMap))) return;
    this.#members.set(name, value);
  }

  texts(name: string): Record<string, string> {
    const member = this.#members.get(name);
    return textRecord(member instanceof JavaMap ? member : new JavaMap());
  }
}

/**
 * `$context`: the variables of the request. `requestOverride` and `responseOverride` always exist
 * and can be set by templates; the others are read-only. They are properties, not map entries: AWS
 * prints nothing for `$context.get("identity")` (recorded).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export class ContextVariable extends TemplateObject {
  readonly javaClass = 'com.amazonaws.apigateway.Context';
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #converted = new Map<string, JavaValue>();
  #request: OverrideVariable | undefined;
  #response: OverrideVariable | undefined;

  constructor(variables: Readonly<Record<string, unknown>>) {
    super();
    this.#variables = variables;
  }

  override getProperty(name: string): JavaValue | undefined {
    if (name === 'requestOverride') return this.#requestVariable();
    if (name === 'responseOverride') return this.#responseVariable();
    if (this.#converted.has(name)) return this.#converted.get(name);
    if (!Object.hasOwn(this.#variables, name)) return undefined;
    const value = fromJavaScript(this.#variables[name]);
    this.#converted.set(name, value);
    return value;
  }

  /** The current overrides, including those of earlier templates. */
  get requestOverride(): RequestOverride {
    const override = this.#request ?? this.#variables.requestOverride ?? NO_REQUEST_OVERRIDE;
    if (override === NO_REQUEST_OVERRIDE) return NO_REQUEST_OVERRIDE;
    const variable = this.#requestVariable();
    return {
      header: variable.texts('header'),
      querystring: variable.texts('querystring'),
      path: variable.texts('path'),
    };
  }

  get responseOverride(): ResponseOverride {
    const override = this.#response ?? this.#variables.responseOverride ?? NO_RESPONSE_OVERRIDE;
    if (override === NO_RESPONSE_OVERRIDE) return NO_RESPONSE_OVERRIDE;
    const variable = this.#responseVariable();
    const status = variable.getProperty('status') ?? null;
    return { header: variable.texts('header'), status: statusCode(status) };
  }

  #requestVariable(): OverrideVariable {
    this.#request ??= new OverrideVariable(
      ['header', 'querystring', 'path'],
      [],
      this.#variables.requestOverride,
    );
    return this.#request;
  }

  #responseVariable(): OverrideVariable {
    this.#response ??= new OverrideVariable(
      ['header'],
      ['status'],
      this.#variables.responseOverride,
    );
    return this.#response;
  }
}

function statusCode(value: JavaValue): number | undefined {
  const text = stringValueOf(value);
  return /^[1-5][0-9]{2}$/.test(text) ? Number(text) : undefined;
}
