import { isDeepStrictEqual } from 'node:util';
import type { EventRoute } from '../../../resources/events/routes';
import { USER_AGENT } from '../../stage/test-records';
import { CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import type { EventAsk } from './ask';
import { headersOf, isFree } from './headers';
import { parsedObject } from './holds';
import { isObject } from './schema';
import type { FoundRecord } from './stream-reader';

/** Expects the members of an envelope besides the body. @throws CheckFailure that names one */
export function expectEnvelope(
  route: EventRoute,
  { bytes }: FoundRecord,
  answer: Exchange,
  ask: EventAsk,
): void {
  const whole = parsedObject(bytes.toString()) ?? {};
  const envelope: typeof whole = { ...whole, headers: freeHeaders(whole.headers) };
  const { id, receivedAt, sourceIp } = envelope;
  const received = Number(receivedAt);
  const problems = [
    ...(typeof id === 'string' && id !== '' ? [] : ['id']),
    ...(Math.abs(Date.now() - received) < MOST_APART_MS ? [] : ['receivedAt']),
    ...(typeof sourceIp === 'string' && sourceIp !== '' ? [] : ['sourceIp']),
    ...Object.entries(envelopeOf(route, ask))
      .filter(([name, value]) => !isDeepStrictEqual(envelope[name], value))
      .map(([name]) => name),
  ];
  const [first] = problems;
  if (first === undefined) return;
  const held = JSON.stringify(envelope[first]) ?? 'missing';
  throw new CheckFailure(`the envelope's ${first} is ${held}`, answer, { fault: 'corrupts' });
}

/** Clocks may differ, but not by more than a stream's shortest retention. */
const MOST_APART_MS = 86_400_000;

/** Headers whose values are the sender's alone. */
const freeHeaders = (headers: unknown): unknown =>
  isObject(headers)
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => isFree(name)))
    : headers;

/** The members of an envelope that the request decides. */
function envelopeOf({ method, stream }: EventRoute, ask: EventAsk) {
  const sent = headersOf(ask.headers);
  const kept = stream.keepHeaders.filter(isFree).flatMap((name) => {
    const value = sent[name.toLowerCase()];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    method,
    userAgent: sent['user-agent'] ?? USER_AGENT,
    query: { ...ask.query },
    headers: Object.fromEntries(kept),
    ...(ask.contentType !== undefined && { contentType: ask.contentType }),
  };
}
