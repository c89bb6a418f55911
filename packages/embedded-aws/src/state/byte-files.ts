import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ByteStore } from './codec';
import { DamagedStateError } from './errors';
import { removeWhole, writeWhole } from './whole-file';

/** Names of the files that this class creates; it leaves all others alone. */
const NAME = /^[0-9a-f]{64}(\.draft)?$/;

/** Bytes in files named by their SHA-256: equal bytes are stored once. */
export class ByteFiles implements ByteStore {
  readonly #directory: string;
  readonly #known = new Set<string>();
  /** Names by buffer, so that each is hashed once. */
  readonly #names = new WeakMap<Buffer, string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @throws the system's error */
  put(bytes: Buffer): string {
    const name = this.#names.get(bytes) ?? sha256(bytes);
    if (!this.#known.has(name)) {
      fs.mkdirSync(this.#directory, { recursive: true });
      writeWhole(path.join(this.#directory, name), bytes);
      this.#known.add(name);
    }
    this.#names.set(bytes, name);
    return name;
  }

  /** @throws DamagedStateError when the file is gone or has other bytes */
  get(name: string): Buffer {
    const file = path.join(this.#directory, path.basename(name));
    let bytes: Buffer;
    try {
      bytes = fs.readFileSync(file);
    } catch (cause) {
      throw new DamagedStateError(file, 0, 'it cannot be read', { cause });
    }
    if (sha256(bytes) !== name) throw new DamagedStateError(file, 0, 'its bytes are others');
    this.#known.add(name);
    this.#names.set(bytes, name);
    return bytes;
  }

  /** Deletes the files that nothing has read; what is held by others stays until the next start. */
  sweep(): void {
    if (!fs.existsSync(this.#directory)) return;
    for (const name of fs.readdirSync(this.#directory)) {
      if (NAME.test(name) && !this.#known.has(name)) {
        removeWhole(path.join(this.#directory, name));
      }
    }
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
