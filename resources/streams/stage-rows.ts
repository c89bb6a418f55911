import { StackError } from '../errors';
import { checkStage } from '../parameters/check';
import { isObject, shown } from './kinds';

/** A declaration, with what single stages have otherwise. */
interface ByStage<Settings> {
  readonly stages?: Readonly<Record<string, Settings>>;
}

/** The members that a stage has otherwise; none for a stage without a row, or for `undefined`. */
export const rowOf = <Settings>(
  { stages = {} }: ByStage<Settings>,
  stage: string | undefined,
): Settings | undefined =>
  stage !== undefined && Object.hasOwn(stages, stage) ? stages[stage] : undefined;

/** @param others names of members that are checked elsewhere */
type CheckRow = (
  where: string,
  row: Readonly<Record<string, unknown>>,
  others?: readonly string[],
) => void;

/**
 * Checks a declaration by itself: the members for all stages, then those of each stage.
 * @param file where it is declared: `streams.ts`
 * @param where its name there: `orders`
 * @throws StackError for a mistake, naming its place
 */
export function checkRows(
  file: string,
  where: string,
  declaration: unknown,
  checkRow: CheckRow,
): void {
  const mistake = (message: string, cause?: unknown) =>
    new StackError(`${file}: ${message}`, { cause });
  if (!isObject(declaration)) {
    throw mistake(`${where} is ${shown(declaration)}. It takes an object.`);
  }
  const { stages = {}, ...settings } = declaration;
  checkRow(where, settings, ['stages']);
  if (!isObject(stages)) {
    throw mistake(`${where}.stages is ${shown(stages)}. It takes members by stage.`);
  }
  for (const [stage, row] of Object.entries(stages)) {
    const whereStage = `${where}.stages.${stage}`;
    try {
      checkStage(stage);
    } catch (cause) {
      if (!(cause instanceof StackError)) throw cause;
      throw mistake(`${whereStage}: ${cause.message}`, cause);
    }
    if (!isObject(row)) throw mistake(`${whereStage} is ${shown(row)}. It takes an object.`);
    checkRow(whereStage, row);
  }
}
