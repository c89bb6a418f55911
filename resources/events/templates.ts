import { hasAuthorizer } from '../authorization/modes';
import type { DeclaredStream } from '../streams/declared';
import { around, fragment, setting } from './fragments';
import { type ParsedKey, parsedKey } from './key-source';
import { type BodyKind, bodyOf } from './senders';

/** Headers with a sender's id of an event, the first of which counts. */
const ID_HEADERS = ['ce-id', 'Idempotency-Key'];

/**
 * The request template of one kind of body: the stream's settings as variables, then the files of
 * templates/ that they call for.
 * @param isNamed true if an authorizer says who sends
 */
export function requestTemplate(
  stream: DeclaredStream,
  kind: BodyKind,
  isNamed = hasAuthorizer(stream.authorization),
): string {
  const key = keyIn(stream, kind);
  return [
    ...settings(stream, key, isNamed),
    ...ofTheRequest(stream, kind, isNamed).map(fragment),
    bodyOf(kind).path === '/batch'
      ? around('Event.batch', ofTheEvent(stream, kind, key).map(fragment))
      : [...ofTheEvent(stream, kind, key), 'Event.put'].map(fragment).join('\n'),
  ].join('\n');
}

/** A pixel's event is its query, whose members are parameters. */
function keyIn(stream: DeclaredStream, kind: BodyKind): ParsedKey {
  const key = parsedKey(stream);
  const isMember = kind === 'pixel' && key.from === 'member';
  return isMember ? { from: 'query', name: key.path.join('.') } : key;
}

/** The headers that templates of a stream read. */
export function headersRead(stream: DeclaredStream): string[] {
  const key = parsedKey(stream);
  return [
    ...new Set([
      ...(stream.origins.length > 0 ? ['Origin'] : []),
      ...(key.from === 'header' ? [key.name] : []),
      ...(stream.envelope ? ['Content-Type', ...idHeaders(stream), ...stream.keepHeaders] : []),
    ]),
  ];
}

const idHeaders = ({ idHeader }: DeclaredStream): string[] => [
  ...(idHeader === undefined ? [] : [idHeader]),
  ...ID_HEADERS,
];

function settings(stream: DeclaredStream, key: ParsedKey, isNamed: boolean): string[] {
  const wanted = headersRead(stream);
  return [
    setting('streamName', stream.streamName),
    ...(wanted.length > 0 ? [setting('wanted', wanted)] : []),
    ...(stream.origins.length > 0 ? [setting('origins', stream.origins)] : []),
    ...(stream.envelope
      ? [setting('idHeaders', idHeaders(stream)), setting('keep', stream.keepHeaders)]
      : []),
    ...(stream.envelope && isNamed ? [setting('claims', stream.keepClaims ?? [])] : []),
    ...keySettings(key),
  ];
}

function keySettings(key: ParsedKey): string[] {
  switch (key.from) {
    case 'member': {
      const path = `.${key.path.join('.')}`;
      return [setting('keyPath', path), setting('keyFrom', `member $${path}`)];
    }
    case 'header':
      return [setting('keyName', key.name), setting('keyFrom', `header ${key.name}`)];
    case 'query':
      return [setting('keyName', key.name), setting('keyFrom', `query parameter ${key.name}`)];
    case 'fixed':
      return [setting('key', key.name)];
    case 'request-id':
      return [];
  }
}

/** The part of a template that runs once for a request. */
function ofTheRequest(stream: DeclaredStream, kind: BodyKind, isNamed: boolean): string[] {
  const { path, refusesEmpty } = bodyOf(kind);
  return [
    'Event.begin',
    ...(isNamed ? ['Principal.request'] : []),
    ...(headersRead(stream).length > 0 ? ['Event.headers'] : []),
    ...(stream.origins.length > 0 ? ['Event.origin'] : []),
    ...(refusesEmpty ? ['Event.not-empty'] : []),
    ...(stream.envelope || kind === 'pixel' ? ['Event.query'] : []),
    ...(stream.envelope ? ['Event.sent-id', 'Event.about'] : []),
    ...(stream.envelope && isNamed ? ['Event.who'] : []),
    ...(stream.delimiter ? ['Event.newline'] : []),
    ...(path === '/batch'
      ? [kind === 'ndjson' ? 'Event.lines' : 'Event.elements', 'Event.count']
      : []),
  ];
}

/** The part of a template that runs for each event: its data, its key, its envelope. */
function ofTheEvent(stream: DeclaredStream, kind: BodyKind, key: ParsedKey): string[] {
  const isBatch = bodyOf(kind).path === '/batch';
  return [
    isBatch ? 'Event.each' : 'Event.one',
    bodyOf(kind).template,
    ...ofTheKey(stream, key),
    ...(stream.envelope
      ? [
          isBatch ? 'Event.id-each' : 'Event.id',
          ...(kind.startsWith('cloudevents') ? ['Event.id-cloudevent'] : []),
          'Event.envelope',
        ]
      : []),
    ...(stream.delimiter ? ['Event.delimiter'] : []),
  ];
}

const KEY_FRAGMENTS = {
  member: 'Event.key-member',
  header: 'Event.key-header',
  query: 'Event.key-query',
} as const;

function ofTheKey({ key: { orElse, cut } }: DeclaredStream, key: ParsedKey): string[] {
  if (key.from === 'fixed') return [];
  if (key.from === 'request-id') return ['Event.key-unique'];
  return [
    KEY_FRAGMENTS[key.from],
    orElse ? 'Event.key-or-else' : 'Event.key-required',
    cut ? 'Event.key-cut' : 'Event.key-length',
  ];
}
