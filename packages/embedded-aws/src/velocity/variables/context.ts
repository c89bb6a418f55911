import { JavaMap } from '../java/map';
import { stringValueOf } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { fromJavaScript, mapFrom, textRecord } from './from-javascript';
import { TemplateObject } from './template-object';

/** Members that a template adds of its own, for later templates of the same request. */
interface CustomMembers {
  readonly [name: string]: unknown;
}

/** Changes that templates make to the integration request, by parameter name. */
export interface RequestOverride extends CustomMembers {
  readonly header: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly path: Readonly<Record<string, string>>;
}

/** Changes that templates make to the method response. */
export interface ResponseOverride extends CustomMembers {
  readonly header: Readonly<Record<string, string>>;
  /** 100 to 599; other statuses are ignored. */
  readonly status: number | undefined;
}

/**
 * `$context.requestOverride` or `$context.responseOverride`. A template may set further members, which
 * change nothing and which later templates of the request read (recorded: LocalStack's
 * test_integration_mock_with_response_override_in_request_template, 2025-05-16).
 */
class OverrideVariable extends TemplateObject {
  readonly javaClass = 'com.amazonaws.apigateway.Override';
  readonly #maps: readonly string[];
  readonly #members = new Map<string, JavaValue>();

  constructor(maps: readonly string[], initial: unknown) {
    super();
    this.#maps = maps;
    const given = typeof initial === 'object' && initial !== null ? initial : {};
    for (const name of maps) this.#members.set(name, new JavaMap());
    for (const [name, value] of mapFrom(given).entries()) {
      this.setProperty(stringValueOf(name), value);
    }
  }

  override getProperty(name: string): JavaValue | undefined {
    return this.#members.get(name);
  }

  override setProperty(name: string, value: JavaValue): void {
    if (this.#maps.includes(name) && !(value instanceof JavaMap)) return;
    this.#members.set(name, value);
  }

  texts(name: string): Readonly<Record<string, string>> {
    const member = this.#members.get(name);
    return textRecord(member instanceof JavaMap ? member : new JavaMap());
  }

  /** All members but the named ones. */
  others(names: readonly string[]): Record<string, JavaValue> {
    const others = [...this.#members].filter(([name]) => !names.includes(name));
    return Object.fromEntries(others);
  }
}

const REQUEST_MAPS = ['header', 'querystring', 'path'] as const;
const RESPONSE_MAPS = ['header'] as const;

/** The overrides that a template left. One that touches none leaves those before it as they are. */
class LeftRequestOverride implements RequestOverride {
  readonly [name: string]: unknown;
  readonly header: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly path: Readonly<Record<string, string>>;

  constructor(variable: OverrideVariable) {
    define(this, variable.others(REQUEST_MAPS));
    this.header = variable.texts('header');
    this.querystring = variable.texts('querystring');
    this.path = variable.texts('path');
  }
}

class LeftResponseOverride implements ResponseOverride {
  readonly [name: string]: unknown;
  readonly header: Readonly<Record<string, string>>;
  readonly status: number | undefined;

  constructor(variable: OverrideVariable) {
    define(this, variable.others([...RESPONSE_MAPS, 'status']));
    this.header = variable.texts('header');
    this.status = statusCode(variable.getProperty('status') ?? null);
  }
}

/** Assigning would change the prototype where a template calls a member `__proto__`. */
function define(override: object, members: Readonly<Record<string, JavaValue>>): void {
  Object.defineProperties(override, Object.getOwnPropertyDescriptors(members));
}

/** For templates without overrides, as most are. */
const NO_REQUEST_OVERRIDE = new LeftRequestOverride(new OverrideVariable(REQUEST_MAPS, undefined));
const NO_RESPONSE_OVERRIDE = new LeftResponseOverride(
  new OverrideVariable(RESPONSE_MAPS, undefined),
);

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
    const variable = this.#variables[name];
    const value = name === 'authorizer' ? authorizerFrom(variable) : fromJavaScript(variable);
    this.#converted.set(name, value);
    return value;
  }

  /** The current overrides, including those of earlier templates. */
  get requestOverride(): RequestOverride {
    const given = this.#variables.requestOverride ?? NO_REQUEST_OVERRIDE;
    if (this.#request === undefined && given instanceof LeftRequestOverride) return given;
    return new LeftRequestOverride(this.#requestVariable());
  }

  get responseOverride(): ResponseOverride {
    const given = this.#variables.responseOverride ?? NO_RESPONSE_OVERRIDE;
    if (this.#response === undefined && given instanceof LeftResponseOverride) return given;
    return new LeftResponseOverride(this.#responseVariable());
  }

  #requestVariable(): OverrideVariable {
    this.#request ??= new OverrideVariable(REQUEST_MAPS, this.#variables.requestOverride);
    return this.#request;
  }

  #responseVariable(): OverrideVariable {
    this.#response ??= new OverrideVariable(RESPONSE_MAPS, this.#variables.responseOverride);
    return this.#response;
  }
}

/** The claims of a token, each of which can be read; all together they are nothing (documented). */
class ClaimsVariable extends TemplateObject {
  readonly javaClass = 'com.amazonaws.apigateway.Claims';
  readonly #claims: JavaMap;

  constructor(claims: JavaMap) {
    super();
    this.#claims = claims;
  }

  override getProperty(name: string): JavaValue | undefined {
    return this.#claims.get(name);
  }

  override invoke(name: string, values: readonly JavaValue[]): JavaValue | undefined {
    const [key] = values;
    return name === 'get' && key !== undefined ? this.#claims.get(key) : undefined;
  }
}

/** `$context.authorizer`: a map, whose keys public templates loop over. */
function authorizerFrom(variable: unknown): JavaValue {
  const authorizer = fromJavaScript(variable);
  if (!(authorizer instanceof JavaMap)) return authorizer;
  const claims = authorizer.get('claims');
  if (claims instanceof JavaMap) authorizer.put('claims', new ClaimsVariable(claims));
  return authorizer;
}

function statusCode(value: JavaValue): number | undefined {
  const text = stringValueOf(value);
  return /^[1-5][0-9]{2}$/.test(text) ? Number(text) : undefined;
}
