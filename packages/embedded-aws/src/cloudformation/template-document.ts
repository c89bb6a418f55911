import { parseJson } from '../core/parse-json';
import { isObject, type JsonObject, templateFormatError } from './json';
import { jsonErrorMark } from './json-error-mark';
import { parseYaml } from './yaml';

/**
 * Parses the text of a template, JSON or YAML.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function parseDocument(body: string): JsonObject {
  const text = body.startsWith('\ufeff') ? body.slice(1) : body;
  const document = isJson(text) ? readJson(text) : parseYaml(text);
  if (!isObject(document)) throw templateFormatError('unsupported structure.');
  return document;
}

/** CloudFormation distinguishes JSON from YAML by the first character. */
const isJson = (text: string): boolean => /^\s*[{[]/.test(text);

/**
 * A text that looks like JSON, but is not, may be YAML: CloudFormation takes trailing commas
 * (https://github.com/stelligent/cfn_nag/issues/203, https://github.com/humanmade/cf-to-tf/pull/7).
 */
function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return looseJson(text) ?? refuseJson(text);
  }
}

function looseJson(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}

function refuseJson(text: string): never {
  const { line, column } = jsonErrorMark(text);
  throw templateFormatError(`JSON not well-formed. (line ${line}, column ${column})`);
}
