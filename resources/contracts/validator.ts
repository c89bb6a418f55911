import { isIP, isIPv4, isIPv6 } from 'node:net';
import type { ErrorObject } from 'ajv-draft-04';
import type { SchemaProblem } from './dialect';
import type { FORMATS } from './keywords';

type Ajv = import('ajv-draft-04').default;

const LABEL = '(?!-)[A-Za-z0-9-]{1,63}(?<!-)';

const isFormat: Readonly<Record<(typeof FORMATS)[number], (text: string) => boolean>> = {
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:?\d\d)$/.test(text) &&
    !Number.isNaN(Date.parse(text)),
  email: (text) => /^[^@\s]+@[^@\s]+$/.test(text),
  hostname: (text) => isIP(text) === 0 && new RegExp(`^${LABEL}(\\.${LABEL})*$`).test(text),
  ipv4: isIPv4,
  ipv6: isIPv6,
  regex: (text) => compiles(text) !== undefined,
  uri: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/.test(text),
};

/** By code points, as API Gateway counts them, wherever JavaScript's stricter syntax allows it. */
const compiles = (pattern: string): RegExp | undefined => {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {}
  }
  return undefined;
};

const regExp = Object.assign((pattern: string) => compiles(pattern) ?? /(?:)/, { code: 'regExp' });

let loaded: Ajv | undefined;

/** Loaded for stacks with a schema only. */
function ajv(): Ajv {
  if (loaded === undefined) {
    const { default: Validator } = require('ajv-draft-04') as typeof import('ajv-draft-04');
    loaded = new Validator({
      allErrors: true,
      strict: false,
      logger: false,
      formats: isFormat,
      code: { regExp },
    });
  }
  return loaded;
}

/** The places where a schema is not one of draft 4: a text for a number, a name that is no type. */
export function metaProblems(schema: object): SchemaProblem[] {
  const validator = ajv();
  if (validator.validateSchema(withoutId(schema))) {
    try {
      validator.compile(withoutId(schema));
      return [];
    } catch (error) {
      return [{ at: '#', text: `it cannot be used: ${(error as Error).message}` }];
    }
  }
  // A type that is misspelt is also no list of types, which helps nobody: the first says it.
  return worded(validator.errors)
    .filter(({ at }, index, all) => all.findIndex((other) => other.at === at) === index)
    .map(({ at, text }) => ({ at: `#${at}`, text }));
}

/**
 * What is wrong with an event, a line for each: `/lines/0/quantity must be >= 1`.
 * @param schema of draft 4, with no problems
 */
export function violations(schema: object, event: unknown): string[] {
  const validate = ajv().compile(withoutId(schema));
  if (validate(event)) return [];
  return worded(validate.errors).map(({ at, text }) => `${at || 'the event'} ${text}`);
}

/** Its id would be remembered, and a second schema of the same id refused. */
function withoutId(schema: object): object {
  const { id: _, $schema: __, ...rest } = schema as Record<string, unknown>;
  return rest;
}

const NAMED = ['additionalProperty', 'allowedValues'] as const;

function worded(errors: readonly ErrorObject[] | null | undefined = []): SchemaProblem[] {
  return (errors ?? []).map(({ instancePath, message = '', params }) => {
    const named = NAMED.flatMap((name) => params[name] ?? []).join(', ');
    return { at: instancePath, text: named === '' ? message : `${message}: ${named}` };
  });
}
