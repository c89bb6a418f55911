import { pascalCase } from '../logical-ids';
import type { DeclaredStream } from '../streams/declared';
import type { Draft4 } from './parts';

const HEADER = `// The events of streams.ts, from their schemas. Written by each package, deploy and start, and by
// npx serverless contracts. Do not edit: change the schema.
`;

/** The name of a stream's event type: `orders` to `OrdersEvent`. */
export const eventTypeName = (stream: string) => `${pascalCase(stream)}Event`;

/**
 * TypeScript types of the events of all streams with a schema. What types cannot say (lengths,
 * patterns, bounds) is left out; the small set of keywords of draft 4 makes this a page, where a
 * library would bring 12 MB with a formatter.
 */
export function eventTypes(declared: readonly DeclaredStream[]): string {
  const types = declared.flatMap(({ name, contract }) =>
    contract === undefined ? [] : typesOf(eventTypeName(name), contract.schema as Draft4),
  );
  return [HEADER, ...types].join('\n');
}

/** Names of the types of a schema's definitions, by the definition. */
export type Names = ReadonlyMap<string, string>;

/** @param name of the event's own type */
export function definitionNames(name: string, { definitions = {} }: Draft4): Names {
  const names = new Map<string, string>();
  for (const definition of Object.keys(definitions as object)) {
    const wanted = `${name}${pascalCase(definition)}`;
    const isTaken = wanted === name || [...names.values()].includes(wanted);
    names.set(definition, isTaken ? `${wanted}${names.size + 1}` : wanted);
  }
  return names;
}

function typesOf(name: string, schema: Draft4): string[] {
  const { definitions = {}, ...event } = schema;
  const names = definitionNames(name, schema);
  return [
    declaration(name, event, names),
    ...Object.entries(definitions as Record<string, Draft4>).map(([definition, part]) =>
      declaration(names.get(definition) ?? definition, part, names),
    ),
  ];
}

function declaration(name: string, schema: Draft4, names: Names): string {
  const type = bare(typeOf(schema, names));
  const isInterface = type.startsWith('{') && type.endsWith('}');
  const declared = isInterface ? `interface ${name} ${type}` : `type ${name} = ${type};`;
  return `${comment(schema)}export ${declared}\n`;
}

/** A type of several is in brackets wherever it stands, and needs none around all of it. */
const bare = (type: string) => (/^\(.*\)$/s.test(type) ? type.slice(1, -1) : type);

const joined = (types: readonly string[], sign: '|' | '&'): string => {
  const different = [...new Set(types)];
  return different.length === 1 ? (different[0] ?? '') : `(${different.join(` ${sign} `)})`;
};

const union = (types: readonly string[]): string =>
  types.includes('unknown') ? 'unknown' : joined(types, '|');

function typeOf(schema: Draft4, names: Names): string {
  const { $ref: reference, enum: values, allOf, anyOf, oneOf } = schema;
  if (typeof reference === 'string') {
    return names.get(reference.replace('#/definitions/', '')) ?? 'unknown';
  }
  if (Array.isArray(values)) return union(values.map((value) => JSON.stringify(value)));
  const parts = [
    ownType(schema, names),
    ...((allOf ?? []) as Draft4[]).map((part) => typeOf(part, names)),
    ...[anyOf, oneOf].flatMap((some) =>
      Array.isArray(some) ? union(some.map((part) => typeOf(part, names))) : [],
    ),
  ].filter((type) => type !== 'unknown');
  return parts.length === 0 ? 'unknown' : joined(parts, '&');
}

/** Without `type`, a schema that speaks of members or elements means an object or a list. */
function ownType(schema: Draft4, names: Names): string {
  const { type } = schema;
  if (Array.isArray(type)) return union(type.map((one) => single(String(one), schema, names)));
  if (typeof type === 'string') return single(type, schema, names);
  if ('properties' in schema || 'required' in schema) return single('object', schema, names);
  return 'items' in schema ? single('array', schema, names) : 'unknown';
}

function single(type: string, schema: Draft4, names: Names): string {
  if (type === 'object') return objectType(schema, names);
  if (type === 'array') return arrayType(schema, names);
  return type === 'integer' ? 'number' : type;
}

function objectType(schema: Draft4, names: Names): string {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Draft4>>;
  const required = (schema.required ?? []) as readonly string[];
  const members = [...new Set([...Object.keys(properties), ...required])].map((name) => {
    const member = properties[name] ?? {};
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return `${comment(member)}${key}${required.includes(name) ? '' : '?'}: ${bare(typeOf(member, names))};`;
  });
  const others = otherMembers(schema, members.length === 0, names);
  const lines = [...members, ...(others === undefined ? [] : [`[name: string]: ${bare(others)};`])];
  return lines.length === 0 ? 'Record<string, never>' : `{\n${indented(lines.join('\n'))}\n}`;
}

/** The type of members that are not named; undefined if there may be none. */
function otherMembers(
  { additionalProperties: others, patternProperties = {} }: Draft4,
  isAlone: boolean,
  names: Names,
): string | undefined {
  const patterns = Object.values(patternProperties as Readonly<Record<string, Draft4>>);
  if (others === false && patterns.length === 0) return undefined;
  // TypeScript wants the type of each named member to be one of these.
  if (!isAlone || others === undefined || others === true) return 'unknown';
  const schemas = [...(others === false ? [] : [others as Draft4]), ...patterns];
  return union(schemas.map((schema) => typeOf(schema, names)));
}

function arrayType({ items, additionalItems: rest }: Draft4, names: Names): string {
  if (!Array.isArray(items)) {
    return `${typeOf((items ?? {}) as Draft4, names)}[]`;
  }
  const elements = (items as Draft4[]).map((item) => typeOf(item, names));
  const more =
    typeof rest === 'object' && rest !== null ? typeOf(rest as Draft4, names) : 'unknown';
  // A shorter list is valid as well.
  const optional = elements.map((element) => `${element}?`);
  return `[${[...optional, ...(rest === false ? [] : [`...${more}[]`])].join(', ')}]`;
}

const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '  ');

/** The title and description of a schema. */
function comment({ title, description }: Draft4): string {
  const text = [title, description]
    .filter((note) => typeof note === 'string' && note !== '')
    .join('. ')
    .replaceAll('..', '.')
    .replaceAll('*/', '*\\/');
  if (text === '') return '';
  const lines = text.split(/\r?\n/);
  return lines.length === 1
    ? `/** ${text} */\n`
    : `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`;
}
