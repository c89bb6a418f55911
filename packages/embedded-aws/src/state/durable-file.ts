import fs from 'node:fs';
import { crc32 } from 'node:zlib';

/** How far a file has come. */
export interface Mark {
  /** Its length. */
  readonly bytes: number;
  /** The CRC-32 of all of it, going on from that of the files before it where there are any. */
  readonly checksum: number;
}

/** The mark of a file that has nothing yet. */
export const NOTHING_WRITTEN: Mark = { bytes: 0, checksum: 0 };

/** The mark once more bytes have followed. */
export const markAfter = ({ bytes, checksum }: Mark, more: Buffer): Mark => ({
  bytes: bytes + more.length,
  checksum: crc32(more, checksum),
});

/**
 * A file that only grows by whole writes. What `append` returned from is in the operating system's
 * hands: it survives the process, however that ends. A write that failed half-way is cut off again,
 * so that nothing follows after it.
 */
export class DurableFile {
  readonly path: string;
  #descriptor: number | undefined;
  #mark: Mark;

  /** @param mark of what is good in the file; anything after it is cut off before the first write */
  constructor(path: string, mark: Mark) {
    this.path = path;
    this.#mark = mark;
  }

  get mark(): Mark {
    return this.#mark;
  }

  /**
   * @param acknowledge writes down elsewhere how far the file has come; should it throw, the bytes
   *   are taken back
   * @throws the system's error (ENOSPC, EIO), or what `acknowledge` throws
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
      this.#takeBack();
      throw error;
    }
    this.#mark = mark;
  }

  /** Cuts off what is after the good part, now. @throws the system's error */
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

  #takeBack(): void {
    try {
      this.cut();
    } catch {
      // The next write opens the file anew, and cuts it off then.
      this.close();
    }
  }
}
