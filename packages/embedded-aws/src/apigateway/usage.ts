import type { QuotaSettings } from './model';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts the requests of each key of each usage plan by day, in UTC as AWS does. */
export class UsageMeter {
  /** By `{plan}/{key}`: requests by day, `2026-11-22`. */
  readonly #days = new Map<string, Map<string, number>>();

  /** All counts, by plan and key, then by day. */
  get counts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#days;
  }

  /** Goes on from counts as they were. */
  resume(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
    for (const [key, days] of counts) this.#days.set(key, new Map(days));
  }

  /** Counts one request. @param now milliseconds since the epoch */
  count(planId: string, keyId: string, now: number): void {
    const key = `${planId}/${keyId}`;
    const days = this.#days.get(key) ?? new Map<string, number>();
    this.#days.set(key, days);
    const day = dayOf(now);
    days.set(day, (days.get(day) ?? 0) + 1);
  }

  /** Requests since the quota's period began, its offset included. */
  used(planId: string, keyId: string, quota: QuotaSettings, now: number): number {
    const days = this.#days.get(`${planId}/${keyId}`);
    const start = periodStart(quota, now);
    let sum = quota.offset;
    for (const [day, count] of days ?? []) if (day >= start) sum += count;
    return sum;
  }

  /** Requests on one day. */
  on(planId: string, keyId: string, day: string): number {
    return this.#days.get(`${planId}/${keyId}`)?.get(day) ?? 0;
  }

  forget(planId: string, keyId: string): void {
    this.#days.delete(`${planId}/${keyId}`);
  }
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** The first day of the period that a moment is in; weeks begin on Sunday. */
function periodStart({ period }: QuotaSettings, now: number): string {
  if (period === 'MONTH') return `${dayOf(now).slice(0, 8)}01`;
  if (period === 'WEEK') return dayOf(now - new Date(now).getUTCDay() * DAY_MS);
  return dayOf(now);
}

/** All days from one to another, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS) {
    days.push(dayOf(time));
  }
  return days;
}
