import { StackError } from '../errors';
import { defaults, localEndpoint, type ParameterName, parameters } from '../parameters';
import { checkEach, checkStage } from './check';
import type { Kind } from './kinds';

/** What the framework fills in: `${env:STREAMS}`. */
type Variable = `\${${string}}`;

type ValueOf<Name extends ParameterName> =
  (typeof parameters)[Name]['accepts'] extends Kind<infer Value> ? Value | Variable : never;

/** What a stage decides. What it leaves out has the default. */
export type Row = { readonly [Name in ParameterName]?: ValueOf<Name> };

/** Cannot be written by hand, nor by spreading rows: only `stages` makes it. */
declare abstract class Merged {
  protected readonly merged: true;
}

/** Rows by stage, beside `default`, as the framework reads them. */
export type StageRows = Merged & Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What some stages have that says nothing, beside the defaults. */
const BUILT_IN = {
  prod: { protected: 'true' },
  // The lesson's client signs nothing, so the stage on the laptop is open; loopback is its fence.
  local: {
    authorization: 'NONE',
    invokeUrl: `${localEndpoint()}/_aws/execute-api/\${RestApi}/\${Stage}\${param:rootPath}`,
  },
} as const satisfies Readonly<Record<string, Row>>;

/**
 * The parameters of each stage, for `params` in serverless.ts. A stage's row is added to what the
 * stage has anyway, so that a row for `prod` leaves it protected. The row `default` is for all stages.
 * @throws StackError for a name that no parameter has, or a value that it does not take
 */
export function stages(own: Readonly<Record<string, Row>> = {}): StageRows {
  const rows: Record<string, Readonly<Record<string, unknown>>> = {
    default: defaults,
    ...BUILT_IN,
  };
  for (const [stage, row] of entriesOf(own, 'params')) {
    const given = entriesOf(row, `params.${stage}`)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]);
    const builtIn = Object.hasOwn(rows, stage) ? rows[stage] : {};
    rows[stage] = { ...builtIn, ...Object.fromEntries(given) };
  }
  checkRows(rows);
  return rows as StageRows;
}

/**
 * The API's rows with parameters that the service has for itself.
 * @throws StackError for a parameter whose name the API needs
 */
export function withOwn(
  rows: StageRows,
  own: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): StageRows {
  const all = { ...(rows as Readonly<Record<string, Readonly<Record<string, unknown>>>>) };
  for (const [stage, row] of Object.entries(own)) {
    const clash = Object.keys(row).find((name) => Object.hasOwn(parameters, name));
    if (clash !== undefined) {
      throw new StackError(
        `serverless.ts: your parameter '${clash}' (params.${stage}) has a name that the API needs. Give it another, or set the API's in stages.`,
      );
    }
    all[stage] = { ...all[stage], ...row };
  }
  return all as unknown as StageRows;
}

/**
 * Looks at all rows, also at those of other stages than the one at hand.
 * @param rows as serverless.ts has them; variables may be filled in or not
 * @param own names of parameters that are the service's, not the API's
 * @throws StackError that says where the mistake is
 */
export function checkRows(rows: unknown, own: readonly string[] = []): void {
  for (const [stage, row] of entriesOf(rows, 'params')) {
    about(`params.${stage}`, () => {
      checkStage(stage);
      const entries = entriesOf(row, `params.${stage}`).filter(([name]) => !own.includes(name));
      checkEach(Object.fromEntries(entries));
    });
  }
  const known = rows as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  for (const [stage, row] of Object.entries<object>({ default: defaults, ...BUILT_IN })) {
    const lost = Object.keys(row).find((name) => known[stage]?.[name] === undefined);
    if (lost === undefined) continue;
    throw new StackError(
      `serverless.ts: params.${stage} has lost its '${lost}'. Set it with kinesisRestProxy({ stages: { ${stage}: { … } } }), which adds to what a stage has anyway.`,
    );
  }
}

/**
 * Refuses a stage that differs from one with a row in upper and lower case only: without its row it
 * would be more open than was meant.
 * @throws StackError that names the row
 */
export function checkSpelling(stage: string, rows: object): void {
  if (Object.hasOwn(rows, stage)) return;
  const meant = Object.keys(rows).find((row) => row.toLowerCase() === stage.toLowerCase());
  if (meant === undefined) return;
  throw new StackError(
    `Stage '${stage}' has no row in params of serverless.ts, but '${meant}' has. Did you mean --stage ${meant}?`,
  );
}

function entriesOf(value: unknown, where: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value);
  }
  throw new StackError(
    `serverless.ts: ${where} is not an object. Write kinesisRestProxy({ stages: { … } }).`,
  );
}

function about(where: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    if (!(cause instanceof StackError)) throw cause;
    throw new StackError(`serverless.ts, ${where}: ${cause.message}`, { cause });
  }
}
