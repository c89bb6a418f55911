import fs from 'node:fs';
import path from 'node:path';
import { type Mark, NOTHING_WRITTEN } from './durable-file';
import { DamagedStateError, MissingStateError, OutOfStepError } from './errors';
import { WatermarkFile } from './watermark-file';
import {
  EMPTY_LINE,
  filesText,
  LINE_BYTES,
  readLine,
  type StreamMark,
  type Watermark,
  watermarkLine,
} from './watermark-line';

export const WATERMARKS_FILE = 'state.watermarks';

/** One stream's line in the file, and its content. */
interface Entry {
  readonly line: number;
  mark: StreamMark;
  /** The line's text on the files. */
  files: string;
  isRemoved: boolean;
}

/** The lines that do not belong to a stream. */
const LINE = { journal: 0, rewritten: 1, firstStream: 2 } as const;

/**
 * Records how much of each file was acknowledged: after each write to a journal or records file,
 * and before its answer leaves, the new length and checksum are written here. So a file that was
 * truncated, replaced or restored from an older copy is noticed.
 *
 * Each such write is a numbered step. A killed process leaves at most one step that is in its file
 * and not here, so a file that is more than one step ahead proves that these watermarks are
 * outdated.
 */
export class Watermarks {
  readonly #file: WatermarkFile;
  readonly #guard: () => void;
  #step = 0;
  #journal: Mark = NOTHING_WRITTEN;
  #rewritten: Mark | undefined;
  readonly #streams = new Map<string, Entry>();
  readonly #free: number[] = [];
  #lines: number = LINE.firstStream;

  private constructor(file: WatermarkFile, guard: () => void) {
    this.#file = file;
    this.#guard = guard;
  }

  /**
   * Reads a folder's watermarks, without writing to it.
   * @param guard throws once this process no longer holds the folder
   * @throws DamagedStateError
   */
  static read(directory: string, guard: () => void): Watermarks {
    const file = new WatermarkFile(path.join(directory, WATERMARKS_FILE), true);
    const watermarks = new Watermarks(file, guard);
    watermarks.#load(file.read(LINE.firstStream));
    return watermarks;
  }

  /** The watermarks of a folder without any. {@link create} writes them. */
  static unwritten(directory: string, guard: () => void): Watermarks {
    const file = new WatermarkFile(path.join(directory, WATERMARKS_FILE), false);
    return new Watermarks(file, guard);
  }

  static exist(directory: string): boolean {
    return fs.existsSync(path.join(directory, WATERMARKS_FILE));
  }

  get path(): string {
    return this.#file.path;
  }

  /** True if the file exists; without it, files can only be taken as they are. */
  get areKnown(): boolean {
    return this.#file.exists;
  }

  /** The latest step that was acknowledged. */
  get step(): number {
    return this.#step;
  }

  /**
   * Returns whether a step beyond the acknowledged end of a file is valid.
   * @param step undefined where the file was written by a version without steps
   * @throws OutOfStepError, MissingStateError when this file cannot be the one that goes with these
   */
  takes(step: number | undefined, file: string): boolean {
    if (!this.#file.exists) {
      if (step === undefined) return true;
      throw new MissingStateError(this.path, `${file} was written beside it`);
    }
    if (step === undefined) {
      throw new OutOfStepError(file, `it has more in it than ${this.path} tells of`);
    }
    if (step > this.#step + 1) {
      throw new OutOfStepError(this.path, `it is older than ${file}, which goes on beyond it`);
    }
    // An earlier step is the rest of a failed write.
    return step === this.#step + 1;
  }

  /** Called after a write, before it is acknowledged: the process may have stood still meanwhile. */
  requireHeld(): void {
    this.#guard();
  }

  /** Number of the next step. @throws when this process no longer holds the folder */
  nextStep(): number {
    this.#guard();
    return this.#step + 1;
  }

  get journal(): Mark {
    return this.#journal;
  }

  /** The rewritten journal that was about to replace the current one. */
  get rewritten(): Mark | undefined {
    return this.#rewritten;
  }

  /** The streams that may have a folder. */
  get streams(): ReadonlyMap<string, { readonly mark: StreamMark; readonly isRemoved: boolean }> {
    return this.#streams;
  }

  /** @throws the system's error, as all methods that write; the mark is unchanged then */
  putJournal(step: number, mark: Mark): void {
    if (step <= this.#step) this.#guard();
    this.#file.write(LINE.journal, watermarkLine('journal', step, mark));
    this.#journal = mark;
    this.#reach(step);
    if (this.#rewritten !== undefined) this.#clearRewritten();
  }

  /** Announces the journal that is about to replace the current one, or withdraws that. */
  putRewritten(mark: Mark | undefined): void {
    this.#guard();
    const line = mark === undefined ? EMPTY_LINE : watermarkLine('rewritten', this.#step, mark);
    this.#file.write(LINE.rewritten, line);
    this.#rewritten = mark;
  }

  /** May fail, because the journal's own line is already right: the next step tries again. */
  #clearRewritten(): void {
    try {
      this.putRewritten(undefined);
    } catch {
      // Until then an old copy of the journal could pass for the announced one.
    }
  }

  putStream(id: string, step: number, mark: StreamMark): void {
    // `nextStep` has already checked the guard for a new step.
    if (step <= this.#step) this.#guard();
    const entry = this.#streams.get(id);
    if (entry === undefined) {
      this.#addStream(id, step, mark);
    } else {
      const files = hasSameFiles(entry.mark, mark) ? entry.files : filesText(id, mark);
      this.#file.write(entry.line, watermarkLine('stream', step, mark, files));
      entry.mark = mark;
      entry.files = files;
    }
    this.#reach(step);
  }

  #addStream(id: string, step: number, mark: StreamMark): void {
    const line = this.#free.pop() ?? this.#lines++;
    const files = filesText(id, mark);
    try {
      this.#file.write(line, watermarkLine('stream', step, mark, files));
    } catch (error) {
      this.#free.push(line);
      throw error;
    }
    this.#streams.set(id, { line, mark, files, isRemoved: false });
  }

  /** A stream's files are about to be deleted. */
  removeStream(id: string): void {
    const entry = this.#streams.get(id);
    if (entry === undefined) return;
    this.#guard();
    const { line, mark, files } = entry;
    this.#file.write(line, watermarkLine('removed', this.#step, mark, files));
    entry.isRemoved = true;
  }

  /** A stream's files are gone, and the journal does not name the stream. */
  forgetStream(id: string): void {
    const entry = this.#streams.get(id);
    // While the journal's line is outdated, the stream's line stays: the next start removes it.
    if (entry === undefined || this.#rewritten !== undefined) return;
    // This line may be the only record of the latest step.
    this.putJournal(this.#step, this.#journal);
    this.#file.write(entry.line, EMPTY_LINE);
    this.#streams.delete(id);
    this.#free.push(entry.line);
  }

  /** Writes the file for a folder without one. @throws the system's error */
  create(): void {
    if (this.#file.exists) return;
    const step = this.#step;
    const lines = Array.from({ length: this.#lines }, () => EMPTY_LINE);
    lines[LINE.journal] = Buffer.from(watermarkLine('journal', step, this.#journal));
    for (const { line, mark, files } of this.#streams.values()) {
      lines[line] = Buffer.from(watermarkLine('stream', step, mark, files));
    }
    this.#file.create(lines);
  }

  close(): void {
    this.#file.close();
  }

  #reach(step: number): void {
    if (step > this.#step) this.#step = step;
  }

  #load(lines: readonly Buffer[]): void {
    for (const [line, bytes] of lines.entries()) this.#loadLine(line, bytes);
    this.#lines = lines.length;
  }

  #loadLine(line: number, bytes: Buffer): void {
    const offset = line * LINE_BYTES;
    const content = readLine(bytes);
    if (content === 'damaged') {
      throw new DamagedStateError(this.path, offset, 'the line does not have its checksum');
    }
    const isJournal = line === LINE.journal;
    if (content === undefined && !isJournal) {
      if (line >= LINE.firstStream) this.#free.push(line);
      return;
    }
    if (content === undefined || !belongs(content, line)) {
      throw new DamagedStateError(this.path, offset, 'something else is in this line');
    }
    this.#reach(content.step);
    if ('id' in content) this.#loadStream(line, content.id, content, content.kind === 'removed');
    else if (content.kind === 'journal') this.#journal = content;
    else this.#rewritten = content;
  }

  #loadStream(line: number, id: string, mark: StreamMark, isRemoved: boolean): void {
    if (this.#streams.has(id)) {
      throw new DamagedStateError(this.path, line * LINE_BYTES, `it has ${id} twice`);
    }
    this.#streams.set(id, { line, mark, files: filesText(id, mark), isRemoved });
  }
}

const hasSameFiles = (one: StreamMark, other: StreamMark): boolean =>
  one.first === other.first && one.last === other.last && one.before === other.before;

function belongs({ kind }: Watermark, line: number): boolean {
  if (line === LINE.journal) return kind === 'journal';
  if (line === LINE.rewritten) return kind === 'rewritten';
  return kind === 'stream' || kind === 'removed';
}
