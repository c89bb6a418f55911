import type { Value } from '../cloudformation';
import { fragment } from './fragments';
import type { EventRoute } from './routes';
import { requestTemplate } from './templates';

/** An integration response and its method response. */
export interface EventAnswer {
  readonly status: string;
  /** Of Kinesis's status; undefined for all that no other pattern has. */
  readonly pattern: string | undefined;
  readonly template: string;
  /** Response headers with fixed values. */
  readonly headers: Readonly<Record<string, Value<string>>>;
}

/** The answers of an event endpoint. */
export function eventAnswers(route: EventRoute): EventAnswer[] {
  const headers = headersOf(route);
  return [
    { ...stored(route), pattern: '2\\d{2}', headers },
    { status: '400', pattern: '4\\d{2}', template: failed(route, refuses(route)), headers },
    { status: '502', pattern: undefined, template: failed(route, false), headers },
  ];
}

/** A pixel's answer is an image, also where it is an error; nothing keeps it. */
const headersOf = ({ kind, stream }: EventRoute): Readonly<Record<string, string>> => {
  if (kind !== 'pixel') return {};
  const image = stream.pixel === 'svg' && { 'Content-Type': "'image/svg+xml'" };
  return { 'Cache-Control': "'no-store'", ...image };
};

function stored({ kind, stream }: EventRoute): Pick<EventAnswer, 'status' | 'template'> {
  const isEmpty = kind === 'pixel' ? stream.pixel === 'empty' : stream.answer === 'empty';
  if (kind === 'batch') {
    const template = isEmpty ? 'Event.empty-batch.response' : 'PutRecords.response';
    return { status: '200', template: fragment(template) };
  }
  if (isEmpty) return { status: '204', template: fragment('Event.empty.response') };
  const template = kind === 'pixel' ? 'Event.pixel.response' : 'Event.stored.response';
  return { status: '200', template: fragment(template) };
}

/** Where an error's envelope is printed, by a line of its own at the end. */
const ENVELOPE = '{"code"';

/** True if a template of the route refuses requests, for which Kinesis answers 400. */
const refuses = ({ stream, bodies }: EventRoute): boolean =>
  bodies.some((kind) => /#set\(\$refused = ['"]\d/.test(requestTemplate(stream, kind)));

/**
 * The answer to what Kinesis refused.
 * @param isOwn true if it may have refused what the request's own template made it refuse
 */
function failed({ kind, stream }: EventRoute, isOwn: boolean): string {
  const error = fragment('Error.response');
  const isPixel = kind === 'pixel';
  const kinesis = isPixel ? error.slice(0, error.lastIndexOf(ENVELOPE)).trimEnd() : error;
  return [
    ...(isOwn ? [fragment('Event.refusal.response'), "#if($refusal == '')"] : []),
    kinesis,
    ...(isOwn ? ['#else', fragment('Event.refused.response')] : []),
    ...(isOwn && !isPixel ? [fragment('Event.refused-json.response')] : []),
    ...(isOwn ? ['#end'] : []),
    ...(isPixel ? [fragment('Event.pixel-status.response')] : []),
    ...(isPixel && stream.pixel === 'svg' ? [fragment('Event.pixel.response')] : []),
  ].join('\n');
}
