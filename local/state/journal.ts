import fs from 'node:fs';
import { crc32 } from 'node:zlib';
import { DRAFT, DurableFile } from './durable-file';
import { DamagedStateError } from './errors';

/** One step, with everything in JSON. */
export interface JournalEntry {
  /** Documents by name. */
  readonly put: ReadonlyMap<string, string>;
  /** What is added to lists, by the list's name. */
  readonly added: ReadonlyMap<string, readonly string[]>;
  /** The names of documents and lists that are gone. */
  readonly gone: Iterable<string>;
}

/** What a journal comes to. */
export interface JournalContent {
  /** Documents' JSON by name, in the order they were first put. */
  readonly documents: Map<string, string>;
  /** Lists' items by name. */
  readonly lists: Map<string, string[]>;
}

const NEWLINE = 10;
/** Eight hexadecimal digits and a space. */
const CHECKSUM_LENGTH = 9;

/** A journal is written anew when it is this large, and several times what it tells. */
const MIN_COMPACTION_BYTES = 4 * 1024 * 1024;
const COMPACTION_FACTOR = 4;

/**
 * Text that grows by a line for each step: a checksum and JSON, `{"put":[[name,document]],
 * "added":[[list,[item]]],"gone":[name]}`.
 * What a line does is done as a whole.
 */
export class Journal {
  readonly #path: string;
  #file: DurableFile;
  #compactAt = MIN_COMPACTION_BYTES;

  private constructor(path: string, size: number) {
    this.#path = path;
    this.#file = new DurableFile(path, size);
  }

  /**
   * Reads a journal, without writing to it; one that is not there is empty. A last line without
   * its end was never answered for and does not count.
   * @throws DamagedStateError
   */
  static read(path: string): { readonly journal: Journal; readonly content: JournalContent } {
    const bytes = fs.existsSync(path) ? fs.readFileSync(path) : Buffer.alloc(0);
    const content: JournalContent = { documents: new Map(), lists: new Map() };
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      play(content, parseLine(path, start, bytes.subarray(start, end)));
      start = end + 1;
    }
    return { journal: new Journal(path, start), content };
  }

  /** @throws the system's error; nothing was written then */
  append(entry: JournalEntry): void {
    this.#file.append(line(entry));
  }

  /** Whether most of what the journal says is no longer so. */
  isOverdue(): boolean {
    return this.#file.size >= this.#compactAt;
  }

  /**
   * Writes the journal anew, with nothing but these lines.
   * @throws the system's error; the old journal stands then
   */
  compact(entries: Iterable<JournalEntry>): void {
    const draft = new DurableFile(`${this.#path}${DRAFT}`, 0);
    // Should it fail, the next attempt is not made at each step.
    this.#compactAt = this.#file.size * 2;
    try {
      draft.append(Buffer.alloc(0));
      for (const entry of entries) draft.append(line(entry));
    } finally {
      draft.close();
    }
    fs.renameSync(draft.path, this.#path);
    this.#file.close();
    this.#file = new DurableFile(this.#path, draft.size);
    this.#compactAt = Math.max(draft.size * COMPACTION_FACTOR, MIN_COMPACTION_BYTES);
  }

  close(): void {
    this.#file.close();
  }
}

function line({ put, added, gone }: JournalEntry): Buffer {
  const documents = [...put].map(([name, json]) => `[${JSON.stringify(name)},${json}]`);
  const items = [...added].map(([name, all]) => `[${JSON.stringify(name)},[${all.join(',')}]]`);
  const names = [...gone].map((name) => JSON.stringify(name));
  const text = `{"put":[${documents}],"added":[${items}],"gone":[${names}]}`;
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${checksum(content)} `), content, Buffer.from('\n')]);
}

const checksum = (content: Buffer): string => crc32(content).toString(16).padStart(8, '0');

interface Line {
  readonly put: readonly (readonly [string, unknown])[];
  readonly added: readonly (readonly [string, readonly unknown[]])[];
  readonly gone: readonly string[];
}

function parseLine(path: string, offset: number, bytes: Buffer): Line {
  const content = bytes.subarray(CHECKSUM_LENGTH);
  if (bytes.toString('latin1', 0, CHECKSUM_LENGTH) !== `${checksum(content)} `) {
    throw new DamagedStateError(path, offset, 'the line does not have its checksum');
  }
  try {
    return JSON.parse(content.toString());
  } catch (cause) {
    throw new DamagedStateError(path, offset, 'the line is no JSON', { cause });
  }
}

function play({ documents, lists }: JournalContent, { put, added, gone }: Line): void {
  for (const [name, document] of put) documents.set(name, JSON.stringify(document));
  for (const [name, items] of added) {
    const list = lists.get(name) ?? [];
    lists.set(name, list);
    for (const item of items) list.push(JSON.stringify(item));
  }
  for (const name of gone) {
    documents.delete(name);
    lists.delete(name);
  }
}
