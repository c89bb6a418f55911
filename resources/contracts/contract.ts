import { existsSync } from 'node:fs';
import path from 'node:path';
import { StackError } from '../errors';
import type { StreamSettings } from '../streams/declaration';
import type { Contract } from '../streams/declared';
import { dialectProblems, type SchemaProblem } from './dialect';
import { readJsonFile } from './json-file';
import { metaProblems, violations } from './validator';

/**
 * The contract of a stream's events, from its files.
 * @param folder of serverless.ts
 * @returns undefined for a stream without a schema
 * @throws StackError for a file that is missing or wrong, naming file and place
 */
export function contractOf(
  name: string,
  { schema: schemaFile, sample }: StreamSettings,
  folder: string,
): Contract | undefined {
  if (schemaFile === undefined) {
    if (sample === undefined) return undefined;
    throw new StackError(
      `streams.ts: ${name}.sample is an event of ${name}.schema, which is missing. Add the schema, or leave out the sample.`,
    );
  }
  const schema = readJsonFile(folder, schemaFile, `${name}.schema`).value;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw new StackError(`${schemaFile}: a JSON Schema is an object (${name}.schema).`);
  }
  checkSchema(schemaFile, schema);
  const sampleFile = sample ?? besides(schemaFile);
  if (sample === undefined && !existsSync(path.resolve(folder, sampleFile))) {
    throw new StackError(
      `streams.ts: ${name} has a schema without a sample. Put a valid event beside it, in ${sampleFile}, or name its file in ${name}.sample.`,
    );
  }
  const { text, value } = readJsonFile(folder, sampleFile, `${name}.sample`);
  const wrong = violations(schema, value);
  if (wrong.length > 0) {
    throw new StackError(`${sampleFile} is not what ${schemaFile} says: ${wrong.join('; ')}.`);
  }
  if (text.includes('${')) {
    throw new StackError(
      `${sampleFile}: the framework reads '\${' as the start of a variable. Write \\u0024{, which is the same in JSON.`,
    );
  }
  // The same event from a checkout with the line ends of Windows.
  return { schemaFile, sampleFile, schema, sample: text.trim().replaceAll('\r\n', '\n') };
}

/** `schemas/order.json` to `schemas/order.sample.json` */
const besides = (schemaFile: string) => schemaFile.replace(/(\.json)?$/, '.sample.json');

/** @throws StackError with all that API Gateway would refuse or ignore, and where it stands */
function checkSchema(file: string, schema: object): void {
  const dialect = dialectProblems(schema);
  const problems = dialect.length > 0 ? dialect : metaProblems(schema);
  if (problems.length === 0) return;
  const line = ({ at, text }: SchemaProblem) => `${file}${at}: ${text}.`;
  const [first] = problems;
  if (first !== undefined && problems.length === 1) throw new StackError(line(first));
  throw new StackError(
    [
      `${file} has ${problems.length} mistakes (docs/events.md#schemas):`,
      ...problems.map((problem) => `  ${line(problem)}`),
    ].join('\n'),
  );
}
