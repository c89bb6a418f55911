import { parseJson } from '../core/parse-json';
import { isObject, type JsonObject, templateFormatError } from './json';
import { parseYaml } from './yaml';

/**
 * Parses the text of a template, JSON or YAML.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseDocument(body: string): JsonObject {
  const document = isJson(body) ? readJson(body) : parseYaml(body);
  if (!isObject(document)) throw templateFormatError('unsupported structure.');
  return document;
}

/** CloudFormation distinguishes JSON from YAML by the first character. */
const isJson = (body: string): boolean => /^\s*[{["]/.test(body);

function readJson(body: string): unknown {
  try {
    return parseJson(body);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw templateFormatError(`JSON not well-formed. (${detail})`);
  }
}
