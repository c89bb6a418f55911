import { endpoints } from '../../resources/endpoints';
import type { DeclaredStream } from '../../resources/streams/declared';
import type { Target } from './target';

export type Authorization = 'AWS_IAM' | 'API_KEY' | 'NONE' | 'COGNITO' | 'LAMBDA';

/** A way into the stage: its routes ask all callers for the same. */
export interface Entrance {
  /** `write`, `read`, or that of a stream with one of its own: `events/orders`. */
  readonly name: string;
  readonly authorization: Authorization;
  /** COGNITO: whose tokens are good; empty where an authorizer of somebody else's decides. */
  readonly userPoolArns: readonly string[];
  /** COGNITO: any one of these lets an access token in; without them, ID tokens are asked for. */
  readonly scopes: readonly string[];
  /** Where callers say who they are: `method.request.header.Authorization`. */
  readonly identitySources: readonly string[];
  /** LAMBDA: how long an answer of the authorizer is kept. */
  readonly ttlSeconds: number;
}

type Place = Pick<Target, 'parameters' | 'streams'>;

/** The entrances of a stage. */
export const entrancesOf = (place: Place): readonly Entrance[] => [
  entranceOfStage(place, 'write'),
  entranceOfStage(place, 'read'),
  ...place.streams.filter(hasOwnEntrance).map((stream) => entranceOfStream(place, stream)),
];

const hasOwnEntrance = ({ authorization }: DeclaredStream) => authorization !== 'stage';

/** The entrance of routes that read, or of all others. */
export function entranceOfStage({ parameters }: Place, name: 'write' | 'read'): Entrance {
  const of = (parameter: string) =>
    (parameters as Readonly<Partial<Record<string, string>>>)[parameter] ?? '';
  const own = name === 'read' ? of('readAuthorization') : '';
  return {
    name,
    authorization: (own || of('authorization')) as Authorization,
    userPoolArns: listOf(of('userPoolArns')),
    scopes: listOf(of(`${name}Scopes`)),
    identitySources: listOf(of('identitySource')),
    ttlSeconds: Number(of('authorizerTtlSeconds') || 0),
  };
}

/** The members of a stream's own authorization, each of which may be left to the stage. */
interface OwnAuthorization {
  readonly type: Authorization;
  readonly userPoolArns?: readonly string[];
  readonly scopes?: readonly string[];
  readonly identitySource?: readonly string[];
  readonly ttlSeconds?: number;
}

/** The entrance of a declared stream's event endpoints. */
export function entranceOfStream(place: Place, stream: DeclaredStream): Entrance {
  const ofStage = entranceOfStage(place, 'write');
  const authorization: unknown = stream.authorization;
  if (authorization === 'stage') return ofStage;
  const { type, userPoolArns, scopes, identitySource, ttlSeconds } = (
    typeof authorization === 'string' ? { type: authorization } : authorization
  ) as OwnAuthorization;
  return {
    name: `events/${stream.name}`,
    authorization: type,
    userPoolArns: userPoolArns ?? ofStage.userPoolArns,
    scopes: scopes ?? ofStage.scopes,
    identitySources: identitySource ?? ofStage.identitySources,
    ttlSeconds: ttlSeconds ?? ofStage.ttlSeconds,
  };
}

const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** The entrance that a request to a path of the stage comes through, `/streams?limit=1` among them. */
export function entranceAt(place: Place, method: string, path: string): Entrance {
  const [own = ''] = path.split('?');
  const stream = place.streams.find(
    ({ name }) => own === `/events/${name}` || own.startsWith(`/events/${name}/`),
  );
  if (stream !== undefined) return entranceOfStream(place, stream);
  return entranceOfStage(place, method === 'GET' && OF_STREAMS.test(own) ? 'read' : 'write');
}

const OF_STREAMS = /^\/streams(\/|$)/;

/** The entrance of an endpoint. */
export function entranceOf(place: Place, { method }: { readonly method: string }): Entrance {
  return entranceOfStage(place, method === 'GET' ? 'read' : 'write');
}

/** True where anybody may call. */
export const isOpenEntrance = ({ authorization }: Entrance): boolean => authorization === 'NONE';

/** True where callers show a token, which only they or their identity provider can make. */
export const takesTokens = ({ authorization }: Entrance): boolean =>
  authorization === 'COGNITO' || authorization === 'LAMBDA';

/** The statuses with which an entrance refuses callers that show nothing, or nothing good. */
export const refusals = (entrance: Entrance): readonly number[] =>
  takesTokens(entrance) ? [401, 403] : [403];

/** Every method that an entrance is before, without those of declared streams. */
export const endpointsOf = ({ name }: Entrance) =>
  endpoints.filter(({ method }) => name === (method === 'GET' ? 'read' : 'write'));
