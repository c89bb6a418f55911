import { createHash, randomBytes } from 'node:crypto';
import { HookError } from '../framework';

/** The service and stage whose verification makes a throw-away stream. */
export interface StreamOwner {
  readonly service: string;
  readonly stage: string;
}

/** Kinesis's limit on a stream's name. */
const NAME_LENGTH = 128;

/**
 * A name that no other stream has and that the stage's role may touch: it takes the place of the
 * first `*` in the stage's pattern.
 * @param pattern the stage's parameter `streams`
 * @throws HookError when the pattern names exactly one stream, which must not be touched, or leaves
 *   no room for the name
 */
export function throwAwayName(pattern: string, owner: StreamOwner): string {
  if (!pattern.includes('*')) {
    throw new HookError(
      'NO_STREAM_TO_VERIFY_WITH',
      `The API may access only the stream '${pattern}', so verification cannot create one of its own. End the parameter streams in '*', or skip verification with --skip-verify.`,
    );
  }
  const time = Date.now().toString(36);
  const random = randomBytes(4).toString('hex');
  const unique = `${prefixOf(owner)}${time}-${random}${digest(owner, time, random)}`;
  const name = pattern.replace('*', unique).replaceAll('*', '').replaceAll('?', 'x');
  if (name.length <= NAME_LENGTH) return name;
  throw new HookError(
    'NO_STREAM_TO_VERIFY_WITH',
    `The parameter streams, '${pattern}', is too long: the stream that verification creates, '${name}', would have more than ${NAME_LENGTH} characters.`,
  );
}

/**
 * Reads the name of a throw-away stream. `verify-a-b-…` may be of service `a-b` or of stage `b-…`;
 * the digest tells.
 * @returns undefined for a name of another form
 */
export function readThrowAwayName(
  name: string,
  owner: StreamOwner,
): { readonly madeAt: Date; readonly namesOwner: boolean } | undefined {
  const match = formOf(owner).exec(name);
  if (match === null) return undefined;
  const [, time = '', random = '', proof] = match;
  return {
    madeAt: new Date(Number.parseInt(time, 36)),
    namesOwner: proof === digest(owner, time, random),
  };
}

const prefixOf = ({ service, stage }: StreamOwner) => `verify-${service}-${stage}-`;

/** After the prefix: when the run began, in base 36, random digits, and the digest. */
const formOf = (owner: StreamOwner) =>
  new RegExp(
    `${prefixOf(owner).replace(/[^\w-]/g, '\\$&')}([0-9a-z]{8,9})-([0-9a-f]{8})([0-9a-f]{8})`,
  );

/** Proves that a name was generated for this owner; 8 hexadecimal digits. */
function digest({ service, stage }: StreamOwner, time: string, random: string): string {
  const text = [service, stage, time, random].join('/');
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
