import { type StageDoor, stageDoorOf } from '../../resources/authorization/doors';
import { type Authorization, hasAuthorizer } from '../../resources/authorization/modes';
import { endpoints } from '../../resources/endpoints';
import type { DeclaredStream } from '../../resources/streams/declared';
import type { Target } from './target';

/** A way into the stage: its routes ask all callers for the same. */
export interface Entrance {
  /** `write`, `read`, or that of a stream with one of its own: `events/orders`. */
  readonly name: string;
  readonly authorization: Authorization;
  /** COGNITO: whose tokens are good; empty where an authorizer of the API's owner decides. */
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

export const hasOwnEntrance = ({ authorization }: Pick<DeclaredStream, 'authorization'>) =>
  authorization !== 'stage';

/** The entrance of routes that read, or of all others. */
export function entranceOfStage({ parameters }: Place, name: StageDoor): Entrance {
  const { authorization, readAuthorization, userPoolArns, identitySource } = parameters;
  const own = name === 'read' ? readAuthorization : authorization;
  return {
    name,
    authorization: (own || authorization) as Authorization,
    userPoolArns: listOf(userPoolArns),
    scopes: listOf(name === 'read' ? parameters.readScopes : parameters.writeScopes),
    identitySources: listOf(identitySource),
    ttlSeconds: Number(parameters.authorizerTtlSeconds),
  };
}

/** The entrance of a declared stream's event endpoints. What the stream does not say is the stage's. */
export function entranceOfStream(place: Place, stream: DeclaredStream): Entrance {
  const ofStage = entranceOfStage(place, 'write');
  const { name, authorization, authorizer, scopes = ofStage.scopes } = stream;
  if (authorization === 'stage') return ofStage;
  return {
    ...ofStage,
    name: `events/${name}`,
    authorization,
    scopes,
    ...(authorizer?.identitySource && { identitySources: authorizer.identitySource }),
    ...(authorizer?.type === 'COGNITO' &&
      authorizer.userPoolArns && { userPoolArns: authorizer.userPoolArns }),
    ...(authorizer?.type === 'LAMBDA' &&
      authorizer.ttlSeconds !== undefined && { ttlSeconds: authorizer.ttlSeconds }),
  };
}

const listOf = (text = ''): readonly string[] =>
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
  return entranceOfStage(place, OF_STREAMS.test(own) ? stageDoorOf({ method }) : 'write');
}

const OF_STREAMS = /^\/streams(\/|$)/;

/** The entrance of an endpoint. */
export const entranceOf = (place: Place, endpoint: Parameters<typeof stageDoorOf>[0]): Entrance =>
  entranceOfStage(place, stageDoorOf(endpoint));

/** True where anybody may call. */
export const isOpenEntrance = ({ authorization }: Entrance): boolean => authorization === 'NONE';

/** True where any entrance asks for API keys. */
export const takesKeys = (place: Place): boolean =>
  entrancesOf(place).some(({ authorization }) => authorization === 'API_KEY');

/** True where callers show a token, and an authorizer decides on it. */
export const takesTokens = ({ authorization }: Entrance): boolean => hasAuthorizer(authorization);

/**
 * The statuses with which an entrance refuses callers that show nothing. A function without identity
 * sources is asked about them too, and may fail: that keeps them out as well.
 */
export function refusals(entrance: Entrance): readonly number[] {
  if (!takesTokens(entrance)) return [403];
  const isAsked = entrance.authorization === 'LAMBDA' && entrance.identitySources.length === 0;
  return isAsked ? [401, 403, 500] : [401, 403];
}

/** The endpoints of the stage that an entrance is before. */
export const endpointsOf = ({ name }: Entrance) =>
  endpoints.filter((endpoint) => name === stageDoorOf(endpoint));
