import { prefixOf, type StreamOwner } from '../stage/throw-away-name';

/** Kinesis's limit on a stream's name. */
const NAME_LENGTH = 128;

/**
 * Names that are none of the stage's: far from its pattern, near it, and those of the streams that
 * other verifications make.
 * @param pattern the stage's parameter `streams`
 * @param stream the throw-away stream, whose name ends in what no other has
 * @returns none where the pattern takes nearly every name
 */
export function namesOutside(pattern: string, stream: string, owner: StreamOwner): string[] {
  const far = outsideOf(pattern, stream);
  if (far === undefined) return [];
  const { service, stage } = owner;
  const unique = stream.slice(-24);
  const literal = pattern.replaceAll(/[*?]/g, '');
  const near = [
    ...(literal === '' ? [] : [`${literal}-${unique}`, `${unique}-${literal}`]),
    ...[
      { service, stage: `${stage}x` },
      { service: `${service}x`, stage },
    ].map((other) => `${prefixOf(other)}${unique}`),
  ];
  const isInside = matcher(pattern);
  return [far, ...near.filter((name) => name.length <= NAME_LENGTH && !isInside(name))];
}

/** Pairs of letters: a pattern that requires some letter leaves at least one pair. */
const PAIRS = ['xy', 'qz', '01'] as const;

/**
 * A name outside the stage's pattern that no stream has.
 * @param unique text that ends in eight hexadecimal digits, or is long enough to be unique
 * @returns undefined where the pattern takes every such name
 */
export function outsideOf(pattern: string, unique: string): string | undefined {
  const end = unique.slice(-24);
  const bits = [...Buffer.from(end)].map((byte) => (byte % 16).toString(2).padStart(4, '0'));
  const candidates = [
    `outside-${end}`,
    `${end}-outside`,
    ...PAIRS.map(([zero = '', one = '']) =>
      bits.join('').replaceAll(/[01]/g, (bit) => (bit === '0' ? zero : one)),
    ),
  ];
  const isInside = matcher(pattern);
  return candidates.find((name) => !isInside(name));
}

/**
 * A name inside the stage's pattern that no stream has, and that is no throw-away stream's.
 * @param unique text that ends in eight hexadecimal digits, or is long enough to be unique
 * @returns undefined where the pattern leaves too little room, as the name of one stream does
 */
export function insideOf(pattern: string, unique: string): string | undefined {
  const name = pattern
    .replace('*', `inside-${unique.slice(-24)}`)
    .replaceAll('*', '')
    .replaceAll('?', 'x');
  return pattern.includes('*') && name.length <= NAME_LENGTH ? name : undefined;
}

function matcher(pattern: string): (name: string) => boolean {
  const matches = new RegExp(
    `^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`,
  );
  return (name) => matches.test(name);
}
