import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Redactor } from './redact';

/** Writes what was sent and what came back, redacted, a file each. */
export class Evidence {
  readonly folder: string;
  readonly #redactor: Redactor;

  constructor(folder: string, redactor: Redactor) {
    this.folder = folder;
    this.#redactor = redactor;
  }

  know(kind: string, value: string | undefined): void {
    this.#redactor.know(kind, value);
  }

  /** @param name of the file, without its ending; a slash makes a folder */
  write(name: string, content: object): void {
    const file = path.join(this.folder, `${name}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(this.#redactor.value(content), undefined, 2)}\n`);
  }

  /** Output of a command, or another text. */
  writeText(name: string, text: string): void {
    const file = path.join(this.folder, `${name}.txt`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, this.#redactor.text(text));
  }

  /** Where another program writes a file of evidence, which is redacted afterwards. */
  pathOf(name: string): string {
    mkdirSync(this.folder, { recursive: true });
    return path.join(this.folder, name);
  }

  redactFile(name: string): void {
    const file = path.join(this.folder, name);
    if (existsSync(file)) writeFileSync(file, this.#redactor.text(readFileSync(file, 'utf8')));
  }
}
