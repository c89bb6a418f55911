import { exampleRequest } from '../../resources/events/example';
import { eventRoutes } from '../../resources/events/routes';
import type { DeclaredStream } from '../../resources/streams/declared';
import { curlCommand, shellQuoted } from '../viewer/format/curl';

/** Where the event endpoints are, and who may call them. */
export interface EventsServed {
  readonly invokeUrl: string;
  readonly region: string;
  /** The stage's parameter, for streams that do not say. */
  readonly authorization: string;
  /** The stage's parameter, where reading is not as writing. */
  readonly readAuthorization?: string;
  /** The stage's parameter, for streams that do not say. */
  readonly identitySource?: string;
  readonly streams: readonly DeclaredStream[];
}

/** Rows for the banner's table: an event endpoint, and the stream that it writes to. */
export const eventRows = (streams: readonly DeclaredStream[]) =>
  eventRoutes(streams).map(({ method, path, stream }) => ({
    method,
    path,
    action: `stream ${stream.streamName}`,
  }));

/** A curl command for each stream that takes events, in a line each. */
export function eventCommands({
  invokeUrl,
  region,
  authorization,
  identitySource = '',
  streams,
}: EventsServed): string[] {
  return streams.flatMap((stream) => {
    const [route] = eventRoutes([stream]);
    if (route === undefined) return [];
    const { path, headers, body, file } = exampleRequest(route);
    const own = stream.authorization === 'stage' ? authorization : stream.authorization;
    const sources = stream.authorizer?.identitySource?.join(',') ?? identitySource;
    const command = curlCommand({
      ...(route.method === 'POST' && { method: 'POST' }),
      url: quoted(`${invokeUrl}${path}`),
      access: { authorization: own, region, identitySource: sources },
      headers,
      ...(file === undefined && { body }),
    });
    // Unlike -d, it leaves line breaks as they are.
    return [
      ...command,
      ...(file === undefined ? [] : [`--data-binary ${quoted(`@${file}`)}`]),
    ].join(' ');
  });
}

/** Quotes only where a shell needs them. */
const quoted = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuoted(text));
