import { DurableFile, NOTHING_WRITTEN } from './durable-file';
import { type JournalEntry, journalLine } from './journal-line';
import { type JournalContent, type JournalReading, readJournal } from './journal-reading';
import type { Watermarks } from './watermarks';
import { DRAFT, type Rename, replaceFile } from './whole-file';

/** A journal is written anew when it is this large, and several times what it tells. */
const MIN_COMPACTION_BYTES = 4 * 1024 * 1024;
const COMPACTION_FACTOR = 4;

/** How a journal behaves; tests change it. */
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
   * @throws DamagedStateError when less is there than was acknowledged, or something else
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
   * Cuts off what was read and does not count, and has the watermarks tell of the rest.
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

  /** Whether most of what the journal says is no longer so. */
  isOverdue(): boolean {
    return this.#file.mark.bytes >= this.#compactAt;
  }

  /**
   * Writes the journal anew, with nothing but these lines.
   * @throws the system's error; the old journal stands then
   */
  compact(entries: Iterable<JournalEntry>): void {
    const draft = new DurableFile(`${this.#path}${DRAFT}`, NOTHING_WRITTEN);
    const { step } = this.#watermarks;
    // Should it fail, the next attempt is not made at each step.
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

  /** Killed anywhere in here, there is a journal of which the watermarks know. */
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
