import { indentJson } from './json-text';
import { visible } from './printable';

/** The kind of content that a record's bytes are. */
export type Content =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary' };

/** The bytes as text; undefined when they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function contentOf(bytes: Uint8Array): Content {
  const text = textOf(bytes);
  if (text === undefined) return { kind: 'binary' };
  return { kind: indentJson(text, 0) === undefined ? 'text' : 'json', text };
}

/** Enough bytes for a line, whatever the script. */
const PREVIEW_BYTES = 400;

/** The beginning of text in one line. */
export function previewOfText(text: string): string {
  return text.length > PREVIEW_BYTES ? `${visible(text.slice(0, PREVIEW_BYTES))}…` : visible(text);
}

/** The beginning of the data in one line; of large data no more is decoded than is shown. */
export function preview(bytes: Uint8Array): string {
  const beginning = bytes.subarray(0, PREVIEW_BYTES);
  const more = bytes.length > beginning.length;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    // A character that the cut goes through is no reason to call the data binary.
    const text = visible(decoder.decode(beginning, { stream: more }));
    return more ? `${text}…` : text;
  } catch {
    const hex = hexOf(beginning.subarray(0, 48));
    return bytes.length > 48 ? `${hex} …` : hex;
  }
}

/** `48 65 6c 6c 6f` */
function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

const HEX_GROUP = 8;

/**
 * The classic hex dump: offset, bytes in groups of eight, and their ASCII characters.
 * @param groups how many groups a line has
 */
export function hexDump(bytes: Uint8Array, groups = 2): string {
  const lines: string[] = [];
  const perLine = groups * HEX_GROUP;
  for (let offset = 0; offset < bytes.length; offset += perLine) {
    const part = bytes.subarray(offset, offset + perLine);
    const ascii = Array.from(part, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
    ).join('');
    const hex = Array.from({ length: groups }, (_, group) =>
      hexOf(part.subarray(group * HEX_GROUP, (group + 1) * HEX_GROUP)).padEnd(HEX_GROUP * 3 - 1),
    );
    lines.push([offset.toString(16).padStart(8, '0'), ...hex, ascii].join('  '));
  }
  return lines.join('\n');
}

/** `4 B`, `1.5 kB`, `10 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
