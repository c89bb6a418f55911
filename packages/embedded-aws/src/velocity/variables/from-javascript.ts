import { JavaArrayList, JSON_ARRAY } from '../java/list';
import { JavaMap } from '../java/map';
import { stringValueOf } from '../java/to-string';
import { integerOfSmallestType, JavaDouble, JavaObject, type JavaValue } from '../java/values';

/** Converts a JavaScript value for templates; values that JSON cannot represent become null. */
export function fromJavaScript(value: unknown): JavaValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      return integerOfSmallestType(value);
    case 'number':
      return Number.isSafeInteger(value)
        ? integerOfSmallestType(BigInt(value))
        : new JavaDouble(value);
    case 'object':
      return value === null ? null : fromObject(value);
    default:
      return null;
  }
}

function fromObject(value: object): JavaValue {
  if (value instanceof JavaObject) return value;
  if (Array.isArray(value)) return new JavaArrayList(value.map(fromJavaScript), JSON_ARRAY);
  return mapFrom(value);
}

/** Converts the own members of an object, without undefined ones. */
export function mapFrom(members: object): JavaMap {
  const map = new JavaMap();
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) map.put(name, fromJavaScript(value));
  }
  return map;
}

const NO_TEXTS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

/** The entries of a map as strings, in an object without a prototype, so that any name is safe. */
export function textRecord(map: JavaMap): Readonly<Record<string, string>> {
  if (map.size === 0) return NO_TEXTS;
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of map.entries()) {
    record[stringValueOf(name)] = value === null ? '' : stringValueOf(value);
  }
  return record;
}
