import type { StreamRecord } from '../format/record';
import { localTime, parseTime, utcTime, type Zone } from '../format/time';

/** A place in a stream that the user names. */
export type Place =
  | { readonly sequenceNumber: string }
  /** In milliseconds since 1970. */
  | { readonly time: number };

const SEQUENCE_NUMBER = /^\d{20,129}$/;
const CLOCK = /^\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;

/**
 * Reads a place: a sequence number, a time such as `2026-01-31 09:30`, an age such as `15m`, or a time
 * of the day alone.
 * @param zone of times that name none
 * @param day any moment of the day that is meant where none is named
 * @returns undefined for other text
 */
export function parsePlace(text: string, zone: Zone, day: number, now: number): Place | undefined {
  const wanted = text.trim();
  if (SEQUENCE_NUMBER.test(wanted)) return { sequenceNumber: wanted };
  const date = (zone === 'utc' ? utcTime(day) : localTime(day)).slice(0, 10);
  const whole = CLOCK.test(wanted) ? `${date}T${wanted}` : wanted;
  const isBare = /:\d\d(\.\d+)?$/.test(whole) && !/[+-]\d\d:\d\d$/.test(whole);
  const time = parseTime(zone === 'utc' && isBare ? `${whole}Z` : whole, now);
  return time === undefined ? undefined : { time };
}

/**
 * The record at a place, or the first after it.
 * @param all the records that were read, in order of arrival
 * @returns undefined where more has to be read to know it
 */
export function recordAt(all: readonly StreamRecord[], place: Place): StreamRecord | undefined {
  if ('sequenceNumber' in place) {
    return all.find(({ sequenceNumber }) => sequenceNumber === place.sequenceNumber);
  }
  const [first] = all;
  if (first === undefined || first.arrivedAt > place.time) return undefined;
  return all.find(({ arrivedAt }) => arrivedAt >= place.time);
}
