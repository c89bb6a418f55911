import { StackError } from '../errors';
import { type EventSettings, eventMistake } from '../events/check';
import { pascalCase } from '../logical-ids';

/** Paths and CloudFormation's names take these. */
const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/**
 * Checks what can be known of a declaration without a stage.
 * @param streams as streams.ts has them; JavaScript may call this too, so nothing is taken for granted
 * @throws StackError for a mistake, naming stream and member
 */
export function checkDeclaration(streams: Readonly<Record<string, unknown>>): void {
  const seen = new Map<string, string>();
  for (const [name, declaration] of Object.entries(streams)) {
    if (!NAME.test(name)) {
      throw new StackError(
        `streams.ts: '${name}' cannot be a stream's name. It takes letters, digits, _ . and -, 64 at most, and begins with a letter.`,
      );
    }
    const id = pascalCase(name).toLowerCase();
    const other = seen.get(id);
    if (other !== undefined) {
      throw new StackError(
        `streams.ts: '${other}' and '${name}' differ only in punctuation or case, which CloudFormation's names do not keep apart. Rename one.`,
      );
    }
    seen.set(id, name);
    checkEvents(name, declaration as Declared);
  }
}

type Declared = EventSettings & { readonly stages?: Readonly<Record<string, EventSettings>> };

/** How a stream takes events, for all stages and as each stage has it. */
function checkEvents(name: string, { stages = {}, ...settings }: Declared): void {
  const rows = Object.entries(stages).map(
    ([stage, own]) => [`${name}.stages.${stage}`, own] as const,
  );
  for (const [where, own] of [[name, {}] as const, ...rows]) {
    const mistake = eventMistake({ ...settings, ...own });
    if (mistake !== undefined) throw new StackError(`streams.ts: ${where}.${mistake}`);
  }
}
