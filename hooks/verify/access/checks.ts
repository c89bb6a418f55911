import {
  type Entrance,
  entranceOfStage,
  entranceOfStream,
  isOpenEntrance,
  takesTokens,
} from '../../stage/entrances';
import { sharesApi, type Target } from '../../stage/target';
import { type Check, type CheckContext, Inapplicable } from '../check';
import { ofStage } from '../checks/define';
import { expectNoMixUp } from './cache';
import { whyUnfit } from './jwt';
import { expectKeysOfItsOwn } from './own-key';
import { forged, malformed, withToken } from './pretences';
import { expectRefused } from './refused';
import { type Placed, placed } from './token';
import { BAD_TOKENS, type BadToken, variableOf } from './tokens';
import { expectLetIn } from './way-in';

interface Kind {
  readonly title: string;
  readonly writes?: true;
  /** The reason to leave it out at an entrance. */
  skipReason(entrance: Entrance, target: Target): string | undefined;
  run(context: CheckContext, entrance: Entrance): Promise<void>;
}

/** One reason for all, so that a report counts them together. */
const OTHERS = 'another authorization';

const withoutTokens = (entrance: Entrance) => (takesTokens(entrance) ? undefined : OTHERS);

const skipOpen = (entrance: Entrance) => (isOpenEntrance(entrance) ? 'open stage' : undefined);

/** Tokens that only their issuer can make, each of which is bad in one way. */
const BAD: Readonly<
  Record<BadToken, { name: string; as: string; skipReason: Kind['skipReason'] }>
> = {
  expired: { name: 'Expired', as: 'a token that has expired', skipReason: withoutTokens },
  'without-scope': {
    name: 'WithoutScope',
    as: 'a token without the scope',
    skipReason({ authorization, scopes }) {
      if (authorization !== 'COGNITO') return OTHERS;
      return scopes.length > 0 ? undefined : 'no scopes';
    },
  },
  'other-pool': {
    name: 'OtherPool',
    as: 'a token of another user pool',
    skipReason: ({ authorization }) => (authorization === 'COGNITO' ? undefined : OTHERS),
  },
  denied: {
    name: 'Denied',
    as: 'a token that the authorizer denies',
    skipReason: ({ authorization }) => (authorization === 'LAMBDA' ? undefined : OTHERS),
  },
};

const badTokens = Object.fromEntries(
  BAD_TOKENS.map((kind): [string, Kind] => {
    const { name, as, skipReason } = BAD[kind];
    return [
      name,
      {
        title: `refuses ${as}`,
        skipReason,
        async run(context, entrance) {
          const token = await context.access.tokens.bad(kind, entrance.name);
          if (token === undefined) {
            throw new Inapplicable(`no such token: set ${variableOf(kind)}, or TOKEN_FOR=${kind}`);
          }
          requireBad(kind, placed(token, entrance), entrance);
          await expectRefused(context, entrance, [withToken(as, token, entrance)]);
        },
      },
    ];
  }),
);

/** @throws Inapplicable for a token that is good, which says nothing about the entrance */
function requireBad(kind: BadToken, { headers, query }: Placed, entrance: Entrance): void {
  if (entrance.authorization !== 'COGNITO') return;
  const [value = ''] = [...Object.values(headers), ...Object.values(query)];
  if (whyUnfit(value, entrance) !== undefined) return;
  throw new Inapplicable(`the token of ${variableOf(kind)} is a good one`);
}

/** The checks of each entrance, the run's own way in first. */
const KINDS: Readonly<Record<string, Kind>> = {
  LetIn: {
    title: 'lets in the token of the run',
    skipReason: withoutTokens,
    run: expectLetIn,
  },
  Nonsense: {
    title: 'refuses made-up signatures, keys and tokens',
    skipReason: skipOpen,
    run: (context, entrance) => expectRefused(context, entrance, malformed(entrance)),
  },
  Forged: {
    title: 'refuses tokens that somebody else signed',
    skipReason: withoutTokens,
    async run(context, entrance) {
      const pretences = await forged(entrance, context.access);
      if (pretences.length === 0) throw new Inapplicable('no JSON Web Token to forge');
      await expectRefused(context, entrance, pretences);
    },
  },
  ...badTokens,
  MixUp: {
    title: "does not take one caller's answer for another's",
    skipReason({ authorization, ttlSeconds }) {
      if (authorization !== 'LAMBDA') return OTHERS;
      return ttlSeconds > 0 ? undefined : 'no answers that are kept';
    },
    run: expectNoMixUp,
  },
  Keys: {
    title: 'refuses a key whose quota is used up, and one of another stage',
    writes: true,
    skipReason: ({ authorization }, target) => {
      if (authorization !== 'API_KEY') return OTHERS;
      return sharesApi(target) ? 'shared API' : undefined;
    },
    run: expectKeysOfItsOwn,
  },
};

const checksAt = (
  name: string,
  entranceIn: (target: Target) => Entrance | undefined,
): Readonly<Record<string, Check>> =>
  Object.fromEntries(
    Object.entries(KINDS).map(([kind, { title, writes = false, skipReason, run }]) => [
      `${name}/${kind}`,
      ofStage({
        title: `${TITLES[name] ?? `The entrance of ${name}`} ${title}`,
        writes,
        skipReason(target) {
          const entrance = entranceIn(target);
          return entrance === undefined ? 'no entrance' : skipReason(entrance, target);
        },
        async run(context) {
          const entrance = entranceIn(context.target);
          if (entrance !== undefined) await run(context, entrance);
          return {};
        },
      }),
    ]),
  );

const TITLES: Readonly<Record<string, string>> = {
  'access/write': 'The entrance to write',
  'access/read': 'The entrance to read',
};

export type AccessCheckName = `access/${'write' | 'read'}/${string}`;
type AccessChecks = Readonly<Record<AccessCheckName, Check>>;

const isFirst = ([name]: readonly [string, Check]) => name.endsWith('/LetIn');

const ofTheStage = Object.entries({
  ...checksAt('access/write', (target) => entranceOfStage(target, 'write')),
  ...checksAt('access/read', (target) => entranceOfStage(target, 'read')),
});

/** Checks that the run comes in, before anything is asked that builds on it. */
export const waysIn: AccessChecks = Object.fromEntries(ofTheStage.filter(isFirst));

/** Who must not come in. */
export const refusedChecks: AccessChecks = Object.fromEntries(
  ofTheStage.filter((each) => !isFirst(each)),
);

/**
 * The same of a stream with an entrance of its own.
 * @param name of the stream
 */
export const streamAccessChecks = (name: string): Readonly<Record<`events/${string}`, Check>> =>
  checksAt(`events/${name}`, (target) => {
    const stream = target.streams.find((each) => each.name === name);
    return stream && entranceOfStream(target, stream);
  });

/**
 * Those that a canary asks. A function that fails for what is no token would set off alarms, and
 * keys take rights that it does not have.
 */
export const quietAccessChecks: AccessChecks = Object.fromEntries(
  Object.entries(refusedChecks)
    .filter(([name]) => /\/(Nonsense|Forged)$/.test(name))
    .map(([name, check]) => [
      name,
      {
        ...check,
        skipReason: (target: Target) =>
          check.skipReason?.(target) ??
          (entranceOfStage(target, name.includes('/read/') ? 'read' : 'write').authorization ===
          'LAMBDA'
            ? 'not asked again and again'
            : undefined),
      },
    ]),
);
