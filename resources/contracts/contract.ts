import { existsSync } from 'node:fs';
import path from 'node:path';
import { StackError } from '../errors';
import type { StreamSettings } from '../streams/declaration';
import type { Contract } from '../streams/declared';
import { readJsonFile } from './json-file';

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
  const sampleFile = sample ?? besides(schemaFile);
  if (sample === undefined && !existsSync(path.resolve(folder, sampleFile))) {
    throw new StackError(
      `streams.ts: ${name} has a schema without a sample. Put a valid event beside it, in ${sampleFile}, or name its file in ${name}.sample.`,
    );
  }
  const { text } = readJsonFile(folder, sampleFile, `${name}.sample`);
  return { schemaFile, sampleFile, schema, sample: text.trim() };
}

/** `schemas/order.json` to `schemas/order.sample.json` */
const besides = (schemaFile: string) => schemaFile.replace(/(\.json)?$/, '.sample.json');
