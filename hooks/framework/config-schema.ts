import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConfigSchema } from '.';

const CACHE = path.join(__dirname, '..', '..', 'node_modules', '.cache', 'framework');

/**
 * Where the framework keeps what it compiles. Its own choice is the home folder, which a container
 * may lack or have read-only.
 */
export function writableFolder(cache = CACHE): string {
  try {
    mkdirSync(cache, { recursive: true });
    // The folder exists, but this user may not have permission to write to it.
    rmSync(mkdtempSync(path.join(cache, 'try-')), { recursive: true });
    return cache;
  } catch {
    const folder = mkdtempSync(path.join(tmpdir(), 'framework-'));
    process.once('exit', () => removeAtExit(folder));
    return folder;
  }
}

/** A folder that a virus scanner holds must not change the exit code. */
function removeAtExit(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // The system empties its temporary folder.
  }
}

type Configuration = Readonly<Record<string, unknown>>;

/**
 * The framework's schema without the properties and definitions that this configuration does not
 * use. Used properties are validated as before, and unknown ones are rejected as before.
 */
export function narrowSchema(schema: ConfigSchema, configuration: Configuration): ConfigSchema {
  return withoutUnused(narrow(narrowProvider(schema, configuration), configuration));
}

function narrowProvider(schema: ConfigSchema, { provider }: Configuration): ConfigSchema {
  const declared = schema.properties?.provider;
  if (declared === undefined || typeof provider !== 'object' || provider === null) return schema;
  const properties = {
    ...schema.properties,
    provider: narrow(declared, provider as Configuration),
  };
  return { ...schema, properties };
}

/** Valid for an object without entries. The schema of functions is the largest, and most have none. */
const WITHOUT_ENTRIES: ConfigSchema = { type: 'object', maxProperties: 0 };

/** A schema of an object, without the properties that this one does not have. */
function narrow(schema: ConfigSchema, configuration: Configuration): ConfigSchema {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties)
    .filter(([name]) => Object.hasOwn(configuration, name))
    .map(([name, declared]) => [
      name,
      name === 'functions' && isEmpty(configuration[name]) ? WITHOUT_ENTRIES : declared,
    ]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

const REFERENCE = '#/definitions/';

/** A schema without the definitions that nothing in it refers to, directly or by way of another. */
function withoutUnused(schema: ConfigSchema): ConfigSchema {
  const { definitions, ...rest } = schema;
  if (typeof definitions !== 'object' || definitions === null) return schema;
  const defined = new Map(Object.entries(definitions));
  const used = new Map<string, unknown>();
  const waiting: unknown[] = [rest];
  const seen = new Set<unknown>();
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    for (const [name, value] of Object.entries(part as object)) {
      if (name === '$ref' && typeof value === 'string' && value.startsWith(REFERENCE)) {
        const [id = ''] = value.slice(REFERENCE.length).split('/');
        if (!defined.has(id)) continue;
        used.set(id, defined.get(id));
        waiting.push(defined.get(id));
      } else if (typeof value === 'object' && value !== null) {
        waiting.push(value);
      }
    }
  }
  return { ...rest, definitions: Object.fromEntries(used) };
}
