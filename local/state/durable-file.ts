import fs from 'node:fs';

/**
 * A file that only grows by whole writes. What `append` returned from is in the operating system's
 * hands: it outlives the process, however that ends. What of a write failed half-way is cut off
 * again, so that nothing follows after it.
 */
export class DurableFile {
  readonly path: string;
  #descriptor: number | undefined;
  #size: number;

  /** @param size of what is good in the file; anything after it is cut off before the first write */
  constructor(path: string, size: number) {
    this.path = path;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /** @throws the system's error (ENOSPC, EIO) */
  append(bytes: Buffer): void {
    const descriptor = this.#open();
    try {
      for (let written = 0; written < bytes.length; ) {
        written += fs.writeSync(
          descriptor,
          bytes,
          written,
          bytes.length - written,
          this.#size + written,
        );
      }
    } catch (error) {
      this.close();
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Cuts off what a write that failed has left at the end, now. @throws the system's error */
  mend(): void {
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
    if (fs.fstatSync(descriptor).size > this.#size) fs.ftruncateSync(descriptor, this.#size);
    this.#descriptor = descriptor;
    return descriptor;
  }
}

/** Writes a file so that it is there whole or not at all. @throws the system's error */
export function writeWhole(path: string, content: Buffer | string): void {
  const draft = `${path}${DRAFT}`;
  fs.writeFileSync(draft, content, { mode: 0o600 });
  fs.renameSync(draft, path);
}

/** Ends the names of files that are being written; what is left of them means nothing. */
export const DRAFT = '.draft';
