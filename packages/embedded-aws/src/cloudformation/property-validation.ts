import { UNKNOWN } from './intrinsics';
import { isObject, type JsonObject, member } from './json';
import type { PropertiesData, PropertyTypeData, ResourceTypeData } from './resource-types';

/** One problem with a resource's properties. */
export interface PropertyProblem {
  /** A JSON pointer in fragment form: `#/Integration/Type`; `#` is the properties object itself. */
  readonly path: string;
  readonly message: string;
}

/** The properties to pass to the resource handler, and the problems found. */
export interface CheckedProperties {
  readonly properties: JsonObject;
  readonly problems: readonly PropertyProblem[];
}

/**
 * Validates a resource's properties against the registry's schema. Converts scalars as
 * CloudFormation does: `"5"` to a number and `5` to a string where required. Unknown values are
 * accepted.
 */
export function checkProperties(type: ResourceTypeData, properties: JsonObject): CheckedProperties {
  const check = new Check(type);
  const checked = check.object(type.properties, properties, '#');
  return { properties: checked, problems: check.problems };
}

/**
 * The reason CloudFormation gives if a resource's properties do not match its type. Wording:
 * https://github.com/aws-amplify/amplify-category-api/issues/1455 (extraneous keys),
 * https://github.com/org-formation/aws-resource-providers/issues/105 (several problems).
 */
export function problemsReason(logicalId: string, problems: readonly PropertyProblem[]): string {
  const lines = problems.map(({ path, message }) => `${path}: ${message}`);
  return `Properties validation failed for resource ${logicalId} with message:\n${lines.join('\n')}`;
}

const TAG: PropertiesData = {
  Key: { type: 'string', required: true },
  Value: { type: 'string', required: true },
};

/** The names of types in the messages of the registry's validator. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'String',
  'date-time': 'String',
  number: 'Number',
  integer: 'Integer',
  boolean: 'Boolean',
  json: 'JSONObject',
};

class Check {
  readonly problems: PropertyProblem[] = [];
  readonly #type: ResourceTypeData;

  constructor(type: ResourceTypeData) {
    this.#type = type;
  }

  object(declared: PropertiesData, value: JsonObject, path: string): JsonObject {
    for (const [name, { required }] of Object.entries(declared)) {
      if (required === true && member(value, name) === undefined) {
        this.#report(path, `required key [${name}] not found`);
      }
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const property = Object.hasOwn(declared, name) ? declared[name] : undefined;
        if (property === undefined) {
          this.#report(path, `extraneous key [${name}] is not permitted`);
          return [name, item];
        }
        return [name, this.value(property.type, item, `${path}/${name}`)];
      }),
    );
  }

  value(type: PropertyTypeData, value: unknown, path: string): unknown {
    if (value === UNKNOWN) return value;
    if (typeof type === 'string') return this.#scalar(type, undefined, value, path);
    if ('enum' in type) return this.#scalar(type.type, type.enum, value, path);
    if ('anyOf' in type) return this.#anyOf(type.anyOf, value, path);
    if ('list' in type) {
      if (!Array.isArray(value)) return this.#wrongType('JSONArray', value, path);
      return value.map((item, index) => this.value(type.list, item, `${path}/${index}`));
    }
    if (!isObject(value)) return this.#wrongType('JSONObject', value, path);
    if ('ref' in type) {
      const definition = this.#type.definitions[type.ref];
      return definition === undefined ? value : this.object(definition, value, path);
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        this.value(type.map, item, `${path}/${name}`),
      ]),
    );
  }

  #scalar(
    type: string,
    allowed: readonly (string | number)[] | undefined,
    value: unknown,
    path: string,
  ): unknown {
    if (type === 'tag') {
      return isObject(value)
        ? this.object(TAG, value, path)
        : this.#wrongType('JSONObject', value, path);
    }
    const converted = convert(type, value);
    if (converted === undefined) return this.#wrongType(TYPE_NAMES[type] ?? type, value, path);
    if (allowed !== undefined && !allowed.some((candidate) => candidate === converted)) {
      this.#report(path, `${String(converted)} is not a valid enum value`);
    }
    return converted;
  }

  /** An alternative that accepts the value unchanged takes precedence over one that converts it. */
  #anyOf(alternatives: readonly PropertyTypeData[], value: unknown, path: string): unknown {
    const results = alternatives.map((alternative) => {
      const trial = new Check(this.#type);
      return { result: trial.value(alternative, value, path), problems: trial.problems };
    });
    const fitting = results.filter(({ problems }) => problems.length === 0);
    const chosen = fitting.find(({ result }) => result === value) ?? fitting[0];
    if (chosen !== undefined) return chosen.result;
    this.#report(
      path,
      `#: no subschema matched out of the total ${alternatives.length} subschemas`,
    );
    return value;
  }

  #wrongType(expected: string, value: unknown, path: string): unknown {
    this.#report(path, `expected type: ${expected}, found: ${foundType(value)}`);
    return value;
  }

  #report(path: string, message: string): void {
    this.problems.push({ path, message });
  }
}

/** Converts a scalar to a type; undefined if that is not possible. */
function convert(type: string, value: unknown): unknown {
  switch (type) {
    case 'string':
    case 'date-time':
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      return typeof value === 'string' ? value : undefined;
    case 'integer': {
      const number = toNumber(value);
      return Number.isInteger(number) ? number : undefined;
    }
    case 'number':
      return toNumber(value);
    case 'boolean':
      if (value === 'true') return true;
      if (value === 'false') return false;
      return typeof value === 'boolean' ? value : undefined;
    case 'json':
      // JSON documents may be given as an object or as text.
      return typeof value === 'object' || typeof value === 'string' ? value : undefined;
    default:
      return value;
  }
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function foundType(value: unknown): string {
  if (Array.isArray(value)) return 'JSONArray';
  if (isObject(value)) return 'JSONObject';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'BigDecimal';
  return typeof value === 'boolean' ? 'Boolean' : 'String';
}
