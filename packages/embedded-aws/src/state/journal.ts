import { DurableFile, NOTHING_WRITTEN } from './durable-file';
import { type JournalEntry, journalLine } from './journal-line';
import { type JournalContent, type JournalReading, readJournal } from './journal-reading';
import type { Watermarks } from './watermarks';
import { DRAFT, type Rename, replaceFile } from './whole-file';

/** A journal is rewritten when it is this large, and several times as large as its state. */
const MIN_COMPACTION_BYTES = 4 * 1024 * 1024;
const COMPACTION_FACTOR = 4;

/** Limits of a journal; tests change them. */
export interface JournalOptions {
  readonly minCompactionBytes?: number;
  readonly rename?: Rename;
}

/** Text that grows by a line for each step. */
export class Journal {
  readonly #path: string;
  readonly #reading: JournalReading;
  readonly #watermarks: Watermarks;
  readonly #minCompactionBytes: number;
  readonly #rename: Rename | undefined;
  #file: DurableFile;
  #compactAt: number;

  private constructor(
    path: string,
    reading: JournalReading,
    watermarks: Watermarks,
    options: JournalOptions,
  ) {
    this.#path = path;
    this.#reading = reading;
    this.#watermarks = watermarks;
    this.#file = new DurableFile(path, reading.mark);
    this.#minCompactionBytes = options.minCompactionBytes ?? MIN_COMPACTION_BYTES;
    this.#compactAt = this.#minCompactionBytes;
    this.#rename = options.rename;
  }

  /**
   * Reads a journal, without writing to it.
   * @throws DamagedStateError when acknowledged content is missing or different
   */
  static read(
    path: string,
    watermarks: Watermarks,
    options: JournalOptions = {},
  ): { readonly journal: Journal; readonly content: JournalContent } {
    const { content, ...reading } = readJournal(path, watermarks);
    return { journal: new Journal(path, reading, watermarks, options), content };
  }

  /**
   * Cuts off what was never acknowledged, and records the rest in the watermarks.
   * @returns how many bytes were cut off
   * @throws the system's error
   */
  settle(): number {
    const { mark, step, torn } = this.#reading;
    if (torn > 0) this.#file.cut();
    const { journal, rewritten } = this.#watermarks;
    if (journal.bytes !== mark.bytes || journal.checksum !== mark.checksum) {
      this.#watermarks.putJournal(step, mark);
    } else if (rewritten !== undefined) {
      this.#watermarks.putRewritten(undefined);
    }
    return torn;
  }

  /** @throws the system's error; nothing was written then */
  append(entry: JournalEntry): void {
    const step = this.#watermarks.nextStep();
    this.#file.append(journalLine(entry, step), (mark) => this.#watermarks.putJournal(step, mark));
  }

  /** True if most of the journal is outdated. */
  isOverdue(): boolean {
    return this.#file.mark.bytes >= this.#compactAt;
  }

  /**
   * Rewrites the journal with these lines alone.
   * @throws the system's error; the old journal remains then
   */
  compact(entries: Iterable<JournalEntry>): void {
    const draft = new DurableFile(`${this.#path}${DRAFT}`, NOTHING_WRITTEN);
    const { step } = this.#watermarks;
    // If this fails, the next attempt must not come at each step.
    this.#compactAt = this.#file.mark.bytes * 2;
    try {
      draft.append(Buffer.alloc(0));
      for (const entry of entries) draft.append(journalLine(entry, step));
    } finally {
      draft.close();
    }
    this.#replaceBy(draft);
    this.#compactAt = Math.max(draft.mark.bytes * COMPACTION_FACTOR, this.#minCompactionBytes);
  }

  close(): void {
    this.#file.close();
  }

  /** If the process is killed anywhere in here, the journal is one that the watermarks know. */
  #replaceBy({ path, mark }: DurableFile): void {
    this.#watermarks.putRewritten(mark);
    this.#file.close();
    try {
      replaceFile(path, this.#path, this.#rename);
    } catch (error) {
      this.#watermarks.putRewritten(undefined);
      throw error;
    }
    this.#file = new DurableFile(this.#path, mark);
    this.#watermarks.putJournal(this.#watermarks.step, mark);
  }
}
