import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Choices, Place } from './options';
import { ProveError } from './prove-error';

/** The settings of a run, in the first line of its journal. */
export interface Facts {
  readonly id: string;
  readonly account: string;
  readonly place: Omit<Place, 'account'>;
  readonly choices: Choices;
  readonly startedAt: string;
}

export const STATUSES = ['passed', 'failed', 'unasked'] as const;

/** A step that came to its end. */
export interface Entry {
  readonly step: string;
  readonly status: (typeof STATUSES)[number];
  readonly ms: number;
  /** The findings, in a line or a few. */
  readonly said?: readonly string[];
}

const FILE = 'journal.jsonl';

/**
 * The steps that a run has finished, a line each: written when they end, so that a run that is cut
 * off at any moment goes on with the step in which it was cut off.
 */
export class Journal {
  readonly facts: Facts;
  readonly folder: string;
  readonly #entries: Entry[];

  private constructor(folder: string, facts: Facts, entries: Entry[]) {
    this.folder = folder;
    this.facts = facts;
    this.#entries = entries;
  }

  static begin(root: string, facts: Facts): Journal {
    const folder = path.join(root, facts.id);
    if (existsSync(path.join(folder, FILE))) {
      throw new ProveError(
        `There has been a run ${facts.id}; its journal is in ${folder}. Give another --id, or delete the folder.`,
      );
    }
    mkdirSync(folder, { recursive: true });
    appendFileSync(path.join(folder, FILE), `${JSON.stringify(facts)}\n`);
    return new Journal(folder, facts, []);
  }

  static has(root: string, id: string): boolean {
    return existsSync(path.join(root, id, FILE));
  }

  /** @throws ProveError for a journal that cannot be read */
  static open(root: string, id: string): Journal {
    const folder = path.join(root, id);
    const file = path.join(folder, FILE);
    const text = readFileSync(file, 'utf8');
    // The next line must not be appended to half a line.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
    const [first, ...rest] = linesOf(text);
    if (first === undefined) throw new ProveError(`The journal in ${folder} is empty; delete it.`);
    return new Journal(folder, first as unknown as Facts, rest as unknown as Entry[]);
  }

  /** The runs that were not finished, the oldest first. */
  static unfinished(root: string): Journal[] {
    if (!existsSync(root)) return [];
    return readdirSync(root)
      .filter((id) => Journal.has(root, id))
      .map((id) => Journal.open(root, id))
      .filter((journal) => !journal.isFinished)
      .sort((one, other) => one.facts.startedAt.localeCompare(other.facts.startedAt));
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Finished means that nothing is left; a run that failed is finished as well. */
  get isFinished(): boolean {
    return this.#entries.some(({ step, status }) => step === LAST_STEP && status === 'passed');
  }

  entryOf(step: string): Entry | undefined {
    return this.#entries.findLast((entry) => entry.step === step);
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    appendFileSync(path.join(this.folder, FILE), `${JSON.stringify(entry)}\n`);
  }
}

/** The step that ends a run. */
export const LAST_STEP = 'nothing-left';

/** The lines of a journal; one that a kill cut short is no line. */
function linesOf(text: string): object[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as object];
    } catch {
      return [];
    }
  });
}
