import fs from 'node:fs';
import { crc32 } from 'node:zlib';

/** The acknowledged end of a file. */
export interface Mark {
  /** Length in bytes. */
  readonly bytes: number;
  /** CRC-32 of the content, continued from the file before it, if any. */
  readonly checksum: number;
}

/** The mark of an empty file. */
export const NOTHING_WRITTEN: Mark = { bytes: 0, checksum: 0 };

/** The mark after more bytes. */
export const markAfter = ({ bytes, checksum }: Mark, more: Buffer): Mark => ({
  bytes: bytes + more.length,
  checksum: crc32(more, checksum),
});

/**
 * A file that only grows, by whole writes. Once `append` returns, the operating system has the bytes, so
 * that they survive the process, however it ends. A write that fails half-way is cut off before the next.
 */
export class DurableFile {
  readonly path: string;
  #descriptor: number | undefined;
  #mark: Mark;

  /** @param mark the valid end of the file; anything after it is cut off before the first write */
  constructor(path: string, mark: Mark) {
    this.path = path;
    this.#mark = mark;
  }

  get mark(): Mark {
    return this.#mark;
  }

  /**
   * @param acknowledge records the file's new end elsewhere; if it throws, the bytes are removed again
   * @throws the system's error (ENOSPC, EIO), or the error of `acknowledge`
   */
  append(bytes: Buffer, acknowledge?: (mark: Mark) => void): void {
    const descriptor = this.#open();
    const mark = markAfter(this.#mark, bytes);
    try {
      for (let written = 0; written < bytes.length; ) {
        written += fs.writeSync(
          descriptor,
          bytes,
          written,
          bytes.length - written,
          this.#mark.bytes + written,
        );
      }
      acknowledge?.(mark);
    } catch (error) {
      this.#takeBack(descriptor);
      throw error;
    }
    this.#mark = mark;
  }

  /** Cuts off everything after the valid part. @throws the system's error */
  cut(): void {
    this.close();
    this.#open();
  }

  close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    const descriptor = fs.openSync(this.path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
    const { bytes } = this.#mark;
    if (fs.fstatSync(descriptor).size > bytes) fs.ftruncateSync(descriptor, bytes);
    this.#descriptor = descriptor;
    return descriptor;
  }

  /** Not by its path: another process may have taken the folder, and have its own file there. */
  #takeBack(descriptor: number): void {
    try {
      fs.ftruncateSync(descriptor, this.#mark.bytes);
    } catch {
      // The next write opens the file again, and cuts it off then.
      this.close();
    }
  }
}
