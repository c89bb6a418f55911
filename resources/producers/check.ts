import { StackError } from '../errors';
import { checkMembers, hintOf } from '../streams/check-members';
import { isObject, shown } from '../streams/kinds';
import { checkRows, rowOf } from '../streams/stage-rows';
import type { ProducerDeclaration, ProducerSettings } from './declaration';
import { LIMITS, MEMBERS, PRODUCER_NAME } from './members';
import { ofStage } from './settings';

const FILE = 'serverless.ts';

/** How `serverless keys` calls the key that is not a producer's: verification's. */
export const STAGE_KEY = 'stage';

/**
 * Checks what can be known of the producers before the framework has filled in its variables: for all
 * stages, not only for the current one.
 * @param producers as serverless.ts has them; JavaScript may call this too
 * @param streams names of the declared streams
 * @throws StackError for a mistake, naming producer and member
 */
export function checkProducers(producers: unknown, streams: readonly string[]): void {
  if (!isObject(producers)) {
    throw mistake(`producers is ${shown(producers)}. Write producers: { acme: {} }.`);
  }
  const declared = Object.entries(producers).map(([name, declaration]) => {
    checkName(name);
    checkRows(FILE, `producers.${name}`, declaration, (where, row, others) =>
      checkRow(where, row, streams, others),
    );
    return [name, declaration as ProducerDeclaration] as const;
  });
  const stages = new Set(declared.flatMap(([, { stages: rows = {} }]) => Object.keys(rows)));
  for (const stage of [undefined, ...stages]) checkAsOf(declared, stage);
}

function checkName(name: string): void {
  if (!PRODUCER_NAME.test(name)) {
    throw mistake(
      `${shown(name)} cannot be a producer's name. It takes letters, digits, _ . and -, 48 at most, and begins with a letter.`,
    );
  }
  if (name === STAGE_KEY) {
    throw mistake(
      `'${STAGE_KEY}' cannot be a producer's name: npx serverless keys calls the stage's own key so. Give the producer another.`,
    );
  }
}

function checkRow(
  where: string,
  row: Readonly<Record<string, unknown>>,
  streams: readonly string[],
  others: readonly string[] = [],
): void {
  checkMembers(FILE, where, row, MEMBERS, others);
  const { endpoints = {} } = row as ProducerSettings;
  for (const [stream, limits] of Object.entries<unknown>(endpoints)) {
    checkLimits(`${where}.endpoints`, stream, limits, streams);
  }
}

function checkLimits(
  where: string,
  stream: string,
  limits: unknown,
  streams: readonly string[],
): void {
  if (!streams.includes(stream)) {
    const hint = streams.length === 0 ? 'There is none.' : hintOf(stream, streams);
    throw mistake(`${where} names '${stream}', which is no declared stream. ${hint}`);
  }
  const given = isObject(limits) ? limits : {};
  if (isObject(limits)) checkMembers(FILE, `${where}.${stream}`, limits, LIMITS);
  if (given.rate !== undefined && given.burst !== undefined) return;
  throw mistake(`${where}.${stream} is ${shown(limits)}. It takes { rate, burst }.`);
}

/** The producers as a stage has them, or those that have no row of its own. */
function checkAsOf(
  declared: readonly (readonly [string, ProducerDeclaration])[],
  stage: string | undefined,
): void {
  const named = new Map<string, string>();
  for (const [name, declaration] of declared) {
    const { keys = ['1'], rate, burst, endpoints = {} } = ofStage(declaration, stage);
    const hasRow = rowOf(declaration, stage) !== undefined;
    const where = `producers.${name}${hasRow ? `.stages.${stage}` : ''}`;
    if ((rate === undefined) !== (burst === undefined)) {
      const [given, missing] = rate === undefined ? ['burst', 'rate'] : ['rate', 'burst'];
      throw mistake(`${where} has '${given}' and no '${missing}'. Give it both.`);
    }
    if (Object.keys(endpoints).length > 0 && rate === undefined) {
      throw mistake(
        `${where} has 'endpoints' and no 'rate' and 'burst'. API Gateway limits single endpoints only beside all: give it both.`,
      );
    }
    for (const key of keys) {
      const words = `'${name}/${key}'`;
      const other = named.get(`${name}-${key}`);
      if (other !== undefined) {
        throw mistake(
          `the keys ${other} and ${words} would have one name in API Gateway, …-${name}-${key}. Rename one.`,
        );
      }
      named.set(`${name}-${key}`, words);
    }
  }
}

const mistake = (message: string) => new StackError(`${FILE}: ${message}`);
