import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What steps have found before they changed it. A run that was cut off in the middle of a step goes on
 * with what the step's beginning found: by then AWS may have what the step itself has made.
 */
export class Memory {
  readonly #file: string;
  readonly #found: Record<string, unknown>;

  /** @param folder of the run's journal */
  constructor(folder: string) {
    this.#file = path.join(folder, 'found.json');
    this.#found = existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : {};
  }

  /**
   * @param name of the step
   * @param find looks it up, in this run's first attempt at the step. Plain JSON, never undefined
   */
  async once<T extends object>(name: string, find: () => Promise<T>): Promise<T> {
    const known = this.#found[name] as T | undefined;
    if (known !== undefined) return known;
    const found = await find();
    this.#found[name] = found;
    // A file that a kill cuts short would be none at all.
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#found));
    renameSync(`${this.#file}.new`, this.#file);
    return found;
  }
}
