import { plainValue } from '../../core/yaml/implicit-types';
import { isRecord } from '../members';

/** Keys that need no quotes: they are no number, truth value or null, and have no indicator. */
const PLAIN_KEY = /^[A-Za-z_/$][\w/$.{}+~-]*$/;

/**
 * A value of JSON as YAML, in the way of AWS's writer (Jackson): texts in double quotes, lists as deep
 * as their key.
 */
export function writeYamlDocument(value: unknown): string {
  return `---\n${blockLines(value).join('\n')}\n`;
}

function blockLines(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap(itemLines);
  if (!isRecord(value) || Object.keys(value).length === 0) return [JSON.stringify(value)];
  return Object.entries(value).flatMap(([key, member]) => memberLines(keyText(key), member));
}

function itemLines(item: unknown): string[] {
  const [first = '', ...others] = blockLines(item);
  return [`- ${first}`, ...others.map((line) => `  ${line}`)];
}

function memberLines(key: string, value: unknown): string[] {
  const lines = blockLines(value);
  if (Array.isArray(value) && value.length > 0) return [`${key}:`, ...lines];
  const isBlock = isRecord(value) && Object.keys(value).length > 0;
  return isBlock ? [`${key}:`, ...lines.map((line) => `  ${line}`)] : [`${key}: ${lines[0]}`];
}

function keyText(key: string): string {
  return PLAIN_KEY.test(key) && plainValue(key) === key ? key : JSON.stringify(key);
}
