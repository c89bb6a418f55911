import { createHash, randomBytes } from 'node:crypto';
import { throwAwayPrefix } from '../../resources/throw-away-streams';

/** The service and stage whose verification makes a throw-away stream. */
export interface StreamOwner {
  readonly service: string;
  readonly stage: string;
}

/** Kinesis's limit on a stream's name. */
const NAME_LENGTH = 128;

/** Of what follows the prefix: time, hyphen, random digits and digest. */
const UNIQUE_LENGTH = 9 + 1 + 8 + 8;

/**
 * A name that no other stream has. The stage's role may touch it whatever the stage's streams are
 * (resources/throw-away-streams.ts).
 */
export function throwAwayName(owner: StreamOwner): string {
  const time = Date.now().toString(36);
  const random = randomBytes(4).toString('hex');
  return `${prefixOf(owner)}${time}-${random}${digest(owner, time, random)}`;
}

/**
 * Where the names of an owner's throw-away streams begin. Where service and stage are too long for a
 * stream's name, they are cut off, and a digest takes the place of the rest.
 */
export function prefixOf(owner: StreamOwner): string {
  const whole = throwAwayPrefix(owner.service, owner.stage);
  const longest = NAME_LENGTH - UNIQUE_LENGTH;
  if (whole.length <= longest) return whole;
  const end = `-${digest(owner)}-`;
  return `${whole.slice(0, longest - end.length)}${end}`;
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

/**
 * Matches anywhere in a name, as version 0.2 put it into the stage's pattern. The prefix is followed
 * by the time of the run in base 36, random digits, and the digest.
 */
const formOf = (owner: StreamOwner) =>
  new RegExp(
    `${prefixOf(owner).replace(/[^\w-]/g, '\\$&')}([0-9a-z]{8,9})-([0-9a-f]{8})([0-9a-f]{8})`,
  );

/** Proves that a name was generated for this owner; 8 hexadecimal digits. */
function digest({ service, stage }: StreamOwner, ...unique: readonly string[]): string {
  const text = [service, stage, ...unique].join('/');
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
