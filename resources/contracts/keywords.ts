/** Keywords of JSON Schema draft 4, and where schemas stand in them. */
export const KEYWORDS = {
  $ref: 'text',
  $schema: 'text',
  additionalItems: 'schema',
  additionalProperties: 'schema',
  allOf: 'list',
  anyOf: 'list',
  default: 'value',
  definitions: 'map',
  dependencies: 'map',
  description: 'text',
  enum: 'value',
  exclusiveMaximum: 'value',
  exclusiveMinimum: 'value',
  format: 'text',
  id: 'text',
  items: 'schema',
  maxItems: 'value',
  maxLength: 'value',
  maxProperties: 'value',
  maximum: 'value',
  minItems: 'value',
  minLength: 'value',
  minProperties: 'value',
  minimum: 'value',
  multipleOf: 'value',
  not: 'schema',
  oneOf: 'list',
  pattern: 'text',
  patternProperties: 'map',
  properties: 'map',
  required: 'value',
  title: 'text',
  type: 'value',
  uniqueItems: 'value',
} as const;

export type Keyword = keyof typeof KEYWORDS;

export const isKeyword = (name: string): name is Keyword => Object.hasOwn(KEYWORDS, name);

/** Keywords that constrain nothing. */
export const NOTES: readonly string[] = ['$schema', 'default', 'description', 'id', 'title'];

/** Replacements for keywords of other dialects. */
const ADVICE: readonly (readonly [names: string, advice: string])[] = [
  ['const', "write 'enum' with one value"],
  ['if then else', "write 'anyOf' with both cases"],
  [
    '$defs $anchor $dynamicAnchor $dynamicRef $recursiveAnchor $recursiveRef',
    'put the schema into \'definitions\' and write "$ref": "#/definitions/…"',
  ],
  ['examples example', 'leave it out: the sample is in a file of its own'],
  ['$comment deprecated', "write 'description'"],
  ['nullable', 'write "type": ["string", "null"]'],
  ['propertyNames', 'write \'patternProperties\', with "additionalProperties": false'],
  ['dependentRequired dependentSchemas', "write 'dependencies'"],
  ['prefixItems', "write 'items' with a list, and 'additionalItems' for the rest"],
  ['unevaluatedProperties', "write 'additionalProperties'"],
  ['unevaluatedItems', "write 'additionalItems'"],
  ['contentEncoding', "write 'pattern'"],
  ['discriminator', "write 'oneOf', each with an 'enum' of one value"],
  ['divisibleBy', "write 'multipleOf'"],
  ['extends', "write 'allOf'"],
  ['disallow', "write 'not'"],
  ['$id $vocabulary readOnly writeOnly contentMediaType', 'leave it out'],
  [
    'contains minContains maxContains contentSchema',
    'draft 4 has nothing like it: leave it out, and check it where events are read',
  ],
];

/** The replacement for a keyword of another dialect, by its name. */
export const INSTEAD = byName(ADVICE);

/** Formats that API Gateway checks. */
export const FORMATS = ['date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'regex', 'uri'] as const;

/** Keywords that replace a format which API Gateway does not check, by the name of the format. */
export const INSTEAD_OF_FORMAT = byName([
  ['date', 'write "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"'],
  ['time', 'write "pattern": "^[0-9]{2}:[0-9]{2}:[0-9]{2}"'],
  ['uuid', 'write "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"'],
  ['ip-address', 'write "ipv4"'],
  ['host-name idn-hostname', 'write "hostname"'],
  ['idn-email', 'write "email"'],
  ['uri-reference iri', 'write "uri", or leave it out'],
  ['int32', "write 'minimum' and 'maximum'"],
  ['int64 float double password binary', 'leave it out'],
]);

function byName(rows: typeof ADVICE): ReadonlyMap<string, string> {
  return new Map(
    rows.flatMap(([names, advice]) => names.split(' ').map((name) => [name, advice] as const)),
  );
}
