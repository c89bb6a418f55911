import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

/** Something that happens to files: what, and numbers that choose where. */
export interface Damage {
  readonly kind: (typeof KINDS)[number];
  readonly file: number;
  readonly other: number;
  /** From 0 to 1: a place in the file. */
  readonly place: number;
}

const KINDS = [
  'delete',
  'empty',
  'cut',
  'cut at a line',
  'zero',
  'flip',
  'swap',
  'copy over another',
  'duplicate',
  'older copy',
  'older copies',
  'older folder',
  'append',
  'remove the middle',
] as const;

export const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom(...KINDS),
  file: fc.nat(1_000),
  other: fc.nat(1_000),
  place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
});

export const filesIn = (directory: string): string[] =>
  fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(directory, path.join(parentPath, name)))
    .sort();

/**
 * Damages a folder.
 * @param older copies of the folder, as it was before
 */
export function inflict(
  directory: string,
  { kind, file, other, place }: Damage,
  older: readonly string[],
): void {
  const files = filesIn(directory);
  const pick = (from: readonly string[], index: number) => from[index % from.length] ?? '';
  const name = path.join(directory, pick(files, file));
  const second = path.join(directory, pick(files, other));
  const copy = pick(older, other);
  const bytes = fs.readFileSync(name);
  const at = Math.floor(place * bytes.length);
  const ACTS: Record<Damage['kind'], () => void> = {
    delete: () => fs.rmSync(name),
    empty: () => fs.writeFileSync(name, ''),
    cut: () => fs.writeFileSync(name, bytes.subarray(0, at)),
    'cut at a line': () => fs.writeFileSync(name, bytes.subarray(0, bytes.lastIndexOf(10, at) + 1)),
    zero: () => fs.writeFileSync(name, bytes.fill(0, at)),
    flip: () => fs.writeFileSync(name, flipped(bytes, at)),
    swap: () => swap(name, second),
    'copy over another': () => fs.copyFileSync(name, second),
    duplicate: () => fs.copyFileSync(name, following(name)),
    'older copy': () => takeOver(copy, directory, [pick(files, file)]),
    // A part of them, each by a bit of a number.
    'older copies': () =>
      takeOver(
        copy,
        directory,
        files.filter((_, index) => (((file << 10) | other) >> (index % 20)) & 1),
      ),
    'older folder': () => takeOver(copy, directory, within(files, pick(files, file))),
    append: () => fs.appendFileSync(name, bytes.subarray(0, Math.min(at + 1, 40))),
    'remove the middle': () =>
      fs.writeFileSync(
        name,
        Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + (other % 50))]),
      ),
  };
  ACTS[kind]();
}

function flipped(bytes: Buffer, at: number): Buffer {
  if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return bytes;
}

function swap(one: string, other: string): void {
  const bytes = fs.readFileSync(one);
  fs.copyFileSync(other, one);
  fs.writeFileSync(other, bytes);
}

/** `00000002.records` after `00000001.records`. */
const following = (file: string): string => {
  const [digits] = /\d{8}(?=\.records$)/.exec(file) ?? [];
  if (digits === undefined) return `${file}.copy`;
  return file.replace(`${digits}.`, `${String(Number(digits) + 1).padStart(8, '0')}.`);
};

/** The files in the same folder, or all in `records` where there is none. */
function within(files: readonly string[], file: string): string[] {
  const folder = path.dirname(file) === '.' ? 'records' : path.dirname(file);
  return files.filter((name) => name.startsWith(folder));
}

/** Puts files back from a copy, as far as it has them. */
function takeOver(copy: string, directory: string, files: readonly string[]): void {
  for (const file of files) {
    const from = path.join(copy, file);
    if (fs.existsSync(from)) fs.copyFileSync(from, path.join(directory, file));
  }
}
