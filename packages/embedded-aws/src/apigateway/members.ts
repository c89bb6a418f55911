import { AwsError } from '../core/errors';
import { unsupportedProperty } from '../core/properties';
import { badRequest } from './errors';

const JAVA_CLASSES: Readonly<Record<string, string>> = {
  boolean: 'java.lang.Boolean',
  number: 'com.amazon.coral.value.json.numbers.TruncatingBigNumber',
};

/**
 * Reads the members of a request or of CloudFormation properties. Requests are JSON with
 * `camelCase` names and exact types; properties have `PascalCase` names, and flags and numbers may
 * be strings. With one view for both, a resource is described only once.
 */
export class Members {
  readonly #record: Readonly<Record<string, unknown>>;
  readonly #isTemplate: boolean;

  private constructor(record: Readonly<Record<string, unknown>>, isTemplate: boolean) {
    this.#record = record;
    this.#isTemplate = isTemplate;
  }

  /** Wraps a request's JSON body. */
  static ofRequest(body: unknown): Members {
    return new Members(isRecord(body) ? body : {}, false);
  }

  /** Wraps the properties of a CloudFormation resource. */
  static ofProperties(properties: unknown): Members {
    return new Members(isRecord(properties) ? properties : {}, true);
  }

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  /** The value as sent; null counts as absent, as in AWS's JSON protocols. */
  raw(name: string): unknown {
    const key = this.#isTemplate ? name.charAt(0).toUpperCase() + name.slice(1) : name;
    return Object.hasOwn(this.#record, key) ? (this.#record[key] ?? undefined) : undefined;
  }

  /** A copy of the input with one member added or replaced. */
  with(name: string, value: unknown): Members {
    const key = this.#isTemplate ? name.charAt(0).toUpperCase() + name.slice(1) : name;
    return new Members({ ...this.#record, [key]: value }, this.#isTemplate);
  }

  /** @throws AwsError SerializationException if the value is not a string */
  text(name: string): string | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : this.#textOf(value);
  }

  /** @throws AwsError BadRequestException if the member is absent or empty */
  requiredText(name: string, message: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw badRequest(message);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : this.#flagOf(value);
  }

  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = this.#isTemplate && typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || Number.isNaN(number)) {
      throw serialization(value, 'a Number');
    }
    return number;
  }

  texts(name: string): string[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw serialization(value, 'a List');
    return value.map((item) => this.#textOf(item));
  }

  textMap(name: string): Record<string, string> | undefined {
    return this.#map(name, (value) => this.#textOf(value));
  }

  /** Mapping templates by content type. One that is null or empty is none, but its type counts. */
  templates(name: string): Record<string, string> | undefined {
    return this.#map(name, (value) => this.#textOf(value ?? ''), true);
  }

  flagMap(name: string): Record<string, boolean> | undefined {
    return this.#map(name, (value) => this.#flagOf(value));
  }

  group(name: string): Members | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!isRecord(value)) throw serialization(value, 'a Structure');
    return new Members(value, this.#isTemplate);
  }

  groups(name: string): Members[] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw serialization(value, 'a List');
    return value.map((item) => new Members(isRecord(item) ? item : {}, this.#isTemplate));
  }

  /** A map of structures, for example method settings or throttles. */
  groupMap(name: string): [string, Members][] | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!isRecord(value)) throw serialization(value, 'a Map');
    return Object.entries(value).map(([key, item]) => [
      key,
      new Members(isRecord(item) ? item : {}, this.#isTemplate),
    ]);
  }

  /** A JSON document: an object in a template, a string in a request. */
  document(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  /**
   * Rejects members that are not listed: accepting and ignoring them would be misleading.
   * @param owner the owner of the members, for example `AWS::ApiGateway::Stage`
   */
  allowOnly(owner: string, names: readonly string[]): void {
    const known = new Set(
      this.#isTemplate ? names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)) : names,
    );
    const unknown = Object.keys(this.#record).find(
      (key) => !known.has(key) && this.#record[key] !== undefined && this.#record[key] !== null,
    );
    if (unknown !== undefined) {
      throw unsupportedProperty(owner, unknown);
    }
  }

  #map<Value>(
    name: string,
    read: (value: unknown) => Value,
    keepsNull = false,
  ): Record<string, Value> | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!isRecord(value)) throw serialization(value, 'a Map');
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined && (keepsNull || item !== null))
        .map(([key, item]) => [key, read(item)]),
    );
  }

  #textOf(value: unknown): string {
    if (typeof value === 'string') return value;
    if (this.#isTemplate && (typeof value === 'number' || typeof value === 'boolean')) {
      return String(value);
    }
    throw serialization(value, 'an String');
  }

  #flagOf(value: unknown): boolean {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw serialization(value, 'a Boolean');
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** AWS's error for a member of the wrong type, which names the Java class of the value. */
function serialization(value: unknown, expected: string): AwsError {
  const javaClass =
    JAVA_CLASSES[typeof value] ?? (typeof value === 'string' ? 'java.lang.String' : '');
  return new AwsError(
    'SerializationException',
    javaClass === ''
      ? `Unexpected ${Array.isArray(value) ? 'list' : 'structure'} where ${expected} is expected`
      : `class ${javaClass} can not be converted to ${expected}`,
  );
}
