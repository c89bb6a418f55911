import { nearMatch } from '../parameters/near-match';
import {
  FORMATS,
  INSTEAD,
  INSTEAD_OF_FORMAT,
  isKeyword,
  KEYWORDS,
  type Keyword,
  NOTES,
} from './keywords';
import { patternProblem } from './patterns';

/** Something in a schema that API Gateway does not have. */
export interface SchemaProblem {
  /** JSON pointer: `#/properties/kind/const`. */
  readonly at: string;
  /** The mistake, and the keyword to write instead. */
  readonly text: string;
}

type Problems = readonly SchemaProblem[];

/** The text by which a schema says that it is draft 4. */
const DRAFT_4 = /^https?:\/\/json-schema\.org\/draft-04\/schema#?$/;

/**
 * What keeps a schema from being one of API Gateway's models, or from meaning there what it says.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function dialectProblems(schema: object): Problems {
  return [...ofSchema(schema, '#', schema), ...variables(schema, '#')];
}

function ofSchema(schema: unknown, at: string, root: object): Problems {
  if (typeof schema === 'boolean') {
    const instead = schema ? '{}' : '{"not": {}}';
    return [{ at, text: `a boolean is no schema in draft 4: write ${instead}` }];
  }
  if (!isRecord(schema)) return [];
  return [
    ...ofReference(schema, at, root),
    ...Object.entries(schema).flatMap(([name, value]) => {
      const here = join(at, name);
      if (!isKeyword(name)) return [{ at: here, text: unknownKeyword(name) }];
      return [...(RULES[name]?.(value, here) ?? []), ...ofParts(name, value, here, root)];
    }),
  ];
}

function unknownKeyword(name: string): string {
  const problem = `API Gateway's draft 4 has no '${name}'`;
  const near = nearMatch(name, Object.keys(KEYWORDS));
  const instead =
    INSTEAD.get(name) ?? (near === undefined ? 'leave it out' : `do you mean '${near}'?`);
  return `${problem}: ${instead}`;
}

/** Problems of the schemas within a keyword. */
function ofParts(keyword: Keyword, value: unknown, at: string, root: object): Problems {
  const all = (parts: object) =>
    Object.entries(parts).flatMap(([name, part]) => ofSchema(part, join(at, name), root));
  const kind = KEYWORDS[keyword];
  if (kind === 'list') return Array.isArray(value) ? all(value) : [];
  if (kind === 'map') {
    const schemas = isRecord(value) ? value : {};
    // A dependency is a schema or a list of names.
    return all(Object.fromEntries(Object.entries(schemas).filter(([, part]) => !isList(part))));
  }
  if (kind !== 'schema') return [];
  if (keyword === 'items' && Array.isArray(value)) return all(value);
  const takesBoolean = keyword === 'additionalItems' || keyword === 'additionalProperties';
  return takesBoolean && typeof value === 'boolean' ? [] : ofSchema(value, at, root);
}

/** A schema that refers to another is that one: draft 4 ignores what stands beside. */
function ofReference(
  schema: Readonly<Record<string, unknown>>,
  at: string,
  root: object,
): Problems {
  const { $ref: reference, ...others } = schema;
  if (reference === undefined) return [];
  const beside = Object.keys(others).filter((name) => !NOTES.includes(name));
  const ignored = beside.map((name) => ({
    at: join(at, name),
    text: `it is ignored beside $ref: write "allOf": [{"$ref": …}, {"${name}": …}]`,
  }));
  const problem = referenceProblem(reference, root);
  return [...ignored, ...(problem === undefined ? [] : [{ at: join(at, '$ref'), text: problem }])];
}

function referenceProblem(reference: unknown, root: object): string | undefined {
  const [, name] = /^#\/definitions\/([\w.-]+)$/.exec(String(reference)) ?? [];
  if (name === undefined) {
    return `'${reference}' is out of reach: put the schema into 'definitions' and write "#/definitions/<name>", of letters, digits, _ . and -`;
  }
  const definitions = 'definitions' in root && isRecord(root.definitions) ? root.definitions : {};
  if (Object.hasOwn(definitions, name)) return undefined;
  const near = nearMatch(name, Object.keys(definitions));
  const hint = near === undefined ? '' : `: do you mean '${near}'?`;
  return `'definitions' has no '${name}'${hint}`;
}

const numeric = (name: string) => (value: unknown, at: string) =>
  typeof value === 'number'
    ? [{ at, text: `it is true or false in draft 4: write "${name}": ${value}, and here true` }]
    : [];

const pattern = (text: string, at: string): Problems => {
  const problem = patternProblem(text);
  return problem === undefined ? [] : [{ at, text: problem }];
};

/** Problems of a keyword's own value. */
const RULES: Partial<Record<Keyword, (value: unknown, at: string) => Problems>> = {
  $schema: (value, at) =>
    at === '#/$schema' && DRAFT_4.test(String(value))
      ? []
      : [
          {
            at,
            text: 'API Gateway reads all schemas as draft 4: write "http://json-schema.org/draft-04/schema#" at the root, or leave it out',
          },
        ],
  id: (_, at) =>
    at === '#/id' ? [] : [{ at, text: 'it changes what $ref means: leave it out below the root' }],
  exclusiveMinimum: numeric('minimum'),
  exclusiveMaximum: numeric('maximum'),
  required: (value, at) => {
    if (Array.isArray(value) && value.length === 0) {
      return [{ at, text: 'draft 4 has no empty list here: leave it out' }];
    }
    return typeof value === 'boolean'
      ? [{ at, text: "it is a list of names in draft 4, beside 'properties'" }]
      : [];
  },
  format: (value, at) => {
    const format = String(value);
    if ((FORMATS as readonly string[]).includes(format)) return [];
    const instead = INSTEAD_OF_FORMAT.get(format) ?? "write a 'pattern', or leave it out";
    return [{ at, text: `API Gateway does not check the format '${format}': ${instead}` }];
  },
  pattern: (value, at) => (typeof value === 'string' ? pattern(value, at) : []),
  patternProperties: (value, at) =>
    isRecord(value) ? Object.keys(value).flatMap((text) => pattern(text, join(at, text))) : [],
};

/** Texts that the framework would take for variables of its own, wherever they stand. */
function variables(value: unknown, at: string): Problems {
  const found = (text: string, here: string): Problems =>
    text.includes('${')
      ? [
          {
            at: here,
            text: "the framework reads '${' as the start of a variable: in a pattern write [$][{], elsewhere leave it out",
          },
        ]
      : [];
  if (typeof value === 'string') return found(value, at);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const here = join(at, name);
    return [...found(name, here), ...variables(part, here)];
  });
}

/** A step further in a JSON pointer. */
function join(at: string, name: string): string {
  return `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

const isList = (value: unknown): boolean => Array.isArray(value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
