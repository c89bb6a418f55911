import { isIPv4, isIPv6 } from 'node:net';
import { validationError } from './json';

/** An address block: its first address as a number, and the sizes of its prefix and its addresses. */
interface Block {
  readonly address: bigint;
  readonly prefix: number;
  readonly width: 32 | 128;
}

/**
 * `Fn::Cidr`: blocks of a size, one after the other, within a block.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 * @param argument the evaluated `[ipBlock, count, cidrBits]`; without the bits as many as fit
 * @throws AwsError ValidationError; its texts are inferred
 */
export function cidrBlocks(argument: unknown): string[] {
  const [ipBlock, count, cidrBits]: unknown[] = Array.isArray(argument) ? argument : [];
  const block = parseBlock(ipBlock);
  const blocks = wholeNumber(count);
  if (block === undefined || blocks === undefined || blocks < 1 || blocks > 256) {
    throw validationError(
      'Template error: every Fn::Cidr object requires an IP block, a count from 1 to 256, and optionally CIDR bits',
    );
  }
  const { address, prefix, width } = block;
  const bits = cidrBits === undefined ? width - prefix : wholeNumber(cidrBits);
  const fits = bits !== undefined && bits >= 1 && bits <= width - prefix;
  if (!fits || BigInt(blocks) > 1n << BigInt(width - prefix - bits)) {
    throw validationError(
      `Template error: Fn::Cidr cannot make ${blocks} blocks of ${String(cidrBits)} bits within ${String(ipBlock)}`,
    );
  }
  const size = 1n << BigInt(bits);
  return Array.from(
    { length: blocks },
    (_, index) => `${addressText(address + size * BigInt(index), width)}/${width - bits}`,
  );
}

function wholeNumber(value: unknown): number | undefined {
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : undefined;
}

function parseBlock(value: unknown): Block | undefined {
  const [, text = '', size = ''] = /^([^/]+)\/(\d{1,3})$/.exec(String(value)) ?? [];
  const width = isIPv4(text) ? 32 : isIPv6(text) ? 128 : undefined;
  const prefix = Number(size);
  if (width === undefined || size === '' || prefix > width) return undefined;
  const host = BigInt(width - prefix);
  return { address: (addressNumber(text, width) >> host) << host, prefix, width };
}

function addressNumber(text: string, width: 32 | 128): bigint {
  if (width === 32) return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = text.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const between = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...between, ...after].reduce(
    (sum, group) => sum * 65_536n + BigInt(`0x${group}`),
    0n,
  );
}

function addressText(address: bigint, width: 32 | 128): string {
  const part = width === 32 ? 8n : 16n;
  const parts = Array.from({ length: width === 32 ? 4 : 8 }, (_, index) =>
    Number((address >> (BigInt(width) - part * BigInt(index + 1))) & ((1n << part) - 1n)),
  );
  if (width === 32) return parts.join('.');
  const groups = parts.map((group) => group.toString(16)).join(':');
  return groups.replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}
