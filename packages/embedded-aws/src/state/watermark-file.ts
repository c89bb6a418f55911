import fs from 'node:fs';
import { DamagedStateError } from './errors';
import { LINE_BYTES } from './watermark-line';
import { writeWhole } from './whole-file';

/** The file of the watermarks: lines of fixed length, each written in place. */
export class WatermarkFile {
  readonly path: string;
  #exists: boolean;
  #descriptor: number | undefined;

  /** @param exists whether the file is there; until {@link create}, nothing is written without it */
  constructor(file: string, exists: boolean) {
    this.path = file;
    this.#exists = exists;
  }

  get exists(): boolean {
    return this.#exists;
  }

  /**
   * Reads all lines.
   * @param fewest lines that a complete file has
   * @throws DamagedStateError for an incomplete file; the system's error
   */
  read(fewest: number): Buffer[] {
    const bytes = fs.readFileSync(this.path);
    if (bytes.length < fewest * LINE_BYTES || bytes.length % LINE_BYTES !== 0) {
      throw new DamagedStateError(this.path, bytes.length, 'it ends there, within a line');
    }
    return Array.from({ length: bytes.length / LINE_BYTES }, (_, line) =>
      bytes.subarray(line * LINE_BYTES, (line + 1) * LINE_BYTES),
    );
  }

  /** Writes the file as a whole. @throws the system's error */
  create(lines: readonly Buffer[]): void {
    writeWhole(this.path, Buffer.concat(lines));
    this.#exists = true;
  }

  /** Writes one line in place, or nothing while there is no file. @throws the system's error */
  write(line: number, bytes: Buffer): void {
    if (!this.#exists) return;
    this.#descriptor ??= fs.openSync(this.path, 'r+');
    const written = fs.writeSync(this.#descriptor, bytes, 0, LINE_BYTES, line * LINE_BYTES);
    if (written === LINE_BYTES) return;
    const { size } = fs.fstatSync(this.#descriptor);
    fs.ftruncateSync(this.#descriptor, size - (size % LINE_BYTES));
    throw new Error(`${this.path}: only ${written} of ${LINE_BYTES} bytes could be written.`);
  }

  close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
