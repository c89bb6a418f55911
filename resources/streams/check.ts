import { StackError } from '../errors';
import { eventMistake } from '../events/check';
import { logicalIds, pascalCase } from '../logical-ids';
import { checkMembers } from './check-members';
import type { StreamDeclaration, StreamSettings } from './declaration';
import { isObject, shown } from './kinds';
import { MEMBERS } from './members';
import { RULES } from './rules';
import { defaultName, ofStage } from './settings';
import { checkRows } from './stage-rows';

/** Paths and CloudFormation's names take these. */
const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/**
 * Checks what can be known of a declaration before the framework has filled in its variables: for all
 * stages, not only for the current one.
 * @param streams as streams.ts has them; JavaScript may call this too, so nothing is taken for granted
 * @throws StackError for a mistake, naming stream and member
 */
export function checkDeclaration(streams: unknown): void {
  if (!isObject(streams))
    throw mistake('streams are declared as an object: declare({ orders: {} })');
  checkNames(Object.keys(streams));
  const declared = Object.entries(streams).map(([name, declaration]) => {
    checkRows('streams.ts', name, declaration, checkRow);
    return [name, declaration as StreamDeclaration] as const;
  });
  checkConsumers(declared);
  const stages = new Set(declared.flatMap(([, { stages: rows = {} }]) => Object.keys(rows)));
  for (const stage of [undefined, ...stages]) checkAsOf(declared, stage);
}

function checkNames(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    if (!NAME.test(name)) {
      throw mistake(
        `${shown(name)} cannot be a stream's name. It takes letters, digits, _ . and -, 64 at most, and begins with a letter. Its name in Kinesis may be another: 'streamName'.`,
      );
    }
    const id = pascalCase(name).toLowerCase();
    const other = seen.get(id);
    if (other !== undefined) {
      throw mistake(
        `'${other}' and '${name}' differ only in punctuation or case, which CloudFormation's names do not keep apart. Rename one.`,
      );
    }
    seen.set(id, name);
  }
}

/** Members that are written down together. */
function checkRow(
  where: string,
  row: Readonly<Record<string, unknown>>,
  others: readonly string[] = [],
): void {
  checkMembers('streams.ts', where, row, MEMBERS, others);
  refuseBroken(where, row);
}

function refuseBroken(where: string, settings: StreamSettings): void {
  const rule = RULES.find(({ broken }) => broken(settings));
  if (rule !== undefined) throw mistake(`${where}: ${rule.message}`);
}

/** The streams as a stage has them, or those that have no row of its own. */
function checkAsOf(
  declared: readonly (readonly [string, StreamDeclaration])[],
  stage: string | undefined,
): void {
  const named = new Map<string, string>();
  for (const [name, declaration] of declared) {
    const settings = ofStage(declaration, stage);
    const hasRow = stage !== undefined && Object.hasOwn(declaration.stages ?? {}, stage);
    const where = hasRow ? `${name}.stages.${stage}` : name;
    const wrong = eventMistake(settings);
    if (wrong !== undefined) throw mistake(`${where}.${wrong}`);
    const { streamName = defaultName(name) } = settings;
    const other = named.get(streamName);
    if (other !== undefined) {
      throw mistake(
        `'${other}' and ${where} are the same stream in Kinesis, ${shown(streamName)}. Give one another 'streamName'.`,
      );
    }
    named.set(streamName, name);
  }
}

/** Consumers have logical ids of their own, which take letters and digits only. */
function checkConsumers(declared: readonly (readonly [string, StreamDeclaration])[]): void {
  const seen = new Map<string, string>();
  for (const [name, { stages = {}, ...settings }] of declared) {
    const rows = [settings, ...Object.values(stages)];
    for (const consumer of new Set(rows.flatMap(({ consumers = [] }) => consumers))) {
      const id = logicalIds.consumer(name, consumer);
      const words = `'${consumer}' of ${name}`;
      const other = seen.get(id);
      if (other !== undefined) {
        throw mistake(
          `the consumers ${other} and ${words} differ only in punctuation, which CloudFormation's names do not keep apart. Rename one.`,
        );
      }
      seen.set(id, words);
    }
  }
}

const mistake = (message: string, cause?: unknown) =>
  new StackError(`streams.ts: ${message}`, cause === undefined ? {} : { cause });
