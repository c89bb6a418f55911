import { StackError } from '../errors';
import { defaults, localEndpoint, type ParameterName, parameters } from '../parameters';
import { checkEach, checkStage } from './check';
import type { Kind } from './kinds';

/** A variable that the framework resolves: `${env:STREAMS}`. */
type Variable = `\${${string}}`;

type ValueOf<Name extends ParameterName> =
  (typeof parameters)[Name]['accepts'] extends Kind<infer Value> ? Value | Variable : never;

/** A stage's own parameters; the others have their defaults. */
export type Row = { readonly [Name in ParameterName]?: ValueOf<Name> };

/** A brand, so that rows can be created only by `stages`, not by hand or by spreading. */
declare abstract class Merged {
  protected readonly merged: true;
}

/** Parameters by stage and for `default`, as the framework expects them. */
export type StageRows = Merged & Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Built-in parameters of certain stages, on top of the defaults. */
const builtIn = (endpoint: string) =>
  ({
    // A client that may write to production must not be able to delete it.
    prod: { manageStreams: 'false' },
    // Open, because the lesson's client does not sign; only this machine can reach loopback.
    local: {
      authorization: 'NONE',
      // Only the developer calls this stage, so it skips the shadow and starts faster.
      shadow: 'false',
      // The embedded Kinesis has no quotas that anything else needs.
      endpointThrottles: 'false',
      invokeUrl: `${endpoint}/_aws/execute-api/\${RestApi}/\${Stage}\${param:rootPath}`,
    },
  }) as const satisfies Readonly<Record<string, Row>>;

/**
 * The parameters of each stage, for `params` in serverless.ts. A row is merged into the built-in
 * parameters, so that a row for `prod` leaves its streams alone. The row `default` is for all stages.
 * @param endpoint of stage `local`
 * @throws StackError for an unknown parameter or an invalid value
 */
export function stages(
  own: Readonly<Record<string, Row>> = {},
  endpoint = localEndpoint(),
): StageRows {
  const rows: Record<string, Readonly<Record<string, unknown>>> = {
    default: defaults,
    ...builtIn(endpoint),
  };
  for (const [stage, row] of entriesOf(own, 'params')) {
    const given = entriesOf(row, `params.${stage}`)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]);
    const before = Object.hasOwn(rows, stage) ? rows[stage] : {};
    rows[stage] = { ...before, ...Object.fromEntries(given) };
  }
  checkRows(rows);
  return rows as StageRows;
}

/**
 * Adds the service's own parameters to the API's.
 * @throws StackError for a parameter whose name the API uses itself
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
 * Checks the rows of all stages, not only of the current one.
 * @param rows from serverless.ts, with or without resolved variables
 * @param own names of the service's own parameters
 * @throws StackError that names the place of the mistake
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
  for (const [stage, row] of Object.entries<object>({ default: defaults, ...builtIn('') })) {
    const lost = Object.keys(row).find((name) => known[stage]?.[name] === undefined);
    if (lost === undefined) continue;
    throw new StackError(
      `serverless.ts: params.${stage} has lost its '${lost}'. Set it with kinesisRestProxy({ stages: { ${stage}: { … } } }), which adds to what a stage has anyway.`,
    );
  }
}

/**
 * Rejects a stage whose name differs only in case from one with a row: without that row the stage
 * would be less protected than intended.
 * @throws StackError that names the row
 */
export function checkSpelling(
  stage: string,
  rows: object,
  where = 'params of serverless.ts',
): void {
  if (Object.hasOwn(rows, stage)) return;
  const meant = Object.keys(rows).find((row) => row.toLowerCase() === stage.toLowerCase());
  if (meant === undefined) return;
  throw new StackError(
    `Stage '${stage}' has no row in ${where}, but '${meant}' has. Did you mean --stage ${meant}?`,
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
