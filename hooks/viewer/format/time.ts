/** The clock that times are shown by. */
export type Zone = 'local' | 'utc';

const two = (value: number) => String(value).padStart(2, '0');

/** `2026-01-31 09:30:05.123`, by the clock of where it is read. */
export function localTime(ms: number): string {
  const at = new Date(ms);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${day} ${time}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** `2026-01-31 09:30:05.123Z` */
export function utcTime(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ');
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A length of time in its two largest units: `2 h 5 min`, `45 s`, `120 ms`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const first = UNITS.findIndex(([, size]) => ms >= size);
  const [unit, size] = UNITS[first] ?? ['s', 1_000];
  const whole = `${Math.floor(ms / size)} ${unit}`;
  const [next, nextSize] = UNITS[first + 1] ?? [undefined, 1];
  const rest = Math.floor((ms % size) / nextSize);
  return next === undefined || rest === 0 ? whole : `${whole} ${rest} ${next}`;
}

/** `3` for `shardId-000000000003`: the part that distinguishes a stream's shards. */
export function shortShardId(id: string): string {
  return /^shardId-0*(\d+)$/.exec(id)?.[1] ?? id;
}

const AGES = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads a time as people write it: ISO 8601, by the clock of where it is read unless it names a zone,
 * a day alone, or an age such as `15m`.
 * @returns milliseconds since 1970; undefined for other text
 */
export function parseTime(text: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/i.exec(text) ?? [];
  if (count !== undefined)
    return now - Number(count) * AGES[unit?.toLowerCase() as keyof typeof AGES];
  // Date.parse treats other formats differently in each engine.
  if (!/^\d{4}-\d\d-\d\d([t ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(z|[+-]\d\d:?\d\d)?)?$/i.test(text)) {
    return undefined;
  }
  // A day alone would be taken for UTC's, a day with a time for the local one.
  const time = Date.parse(
    text.length === 10 ? `${text}T00:00` : text.toUpperCase().replace(' ', 'T'),
  );
  return Number.isNaN(time) ? undefined : time;
}
