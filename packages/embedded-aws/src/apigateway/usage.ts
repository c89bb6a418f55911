import type { QuotaSettings } from './usage-plan-model';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts the requests of each key of each usage plan by day, in UTC like AWS. */
export class UsageMeter {
  /** Requests by `{plan}/{key}` and day (`2026-11-22`). */
  readonly #days = new Map<string, Map<string, number>>();

  /** All counts, by `{plan}/{key}` and day. */
  get counts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#days;
  }

  /** Restores the counts of an earlier process. */
  resume(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
    for (const [key, days] of counts) this.#days.set(key, new Map(days));
  }

  /**
   * Counts one request.
   * @param now milliseconds since the epoch
   */
  count(planId: string, keyId: string, now: number): void {
    const key = `${planId}/${keyId}`;
    const days = this.#days.get(key) ?? new Map<string, number>();
    this.#days.set(key, days);
    const day = dayOf(now);
    days.set(day, (days.get(day) ?? 0) + 1);
  }

  /** The requests in a time's quota period until the end of its day, including the offset. */
  used(planId: string, keyId: string, quota: QuotaSettings, time: number): number {
    const days = this.#days.get(`${planId}/${keyId}`);
    const start = periodStart(quota, time);
    const end = dayOf(time);
    let sum = quota.offset;
    for (const [day, count] of days ?? []) if (day >= start && day <= end) sum += count;
    return sum;
  }

  /** The requests on one day. */
  on(planId: string, keyId: string, day: string): number {
    return this.#days.get(`${planId}/${keyId}`)?.get(day) ?? 0;
  }

  remove(planId: string, keyId: string): void {
    this.#days.delete(`${planId}/${keyId}`);
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The first day of the period that contains a time; weeks begin on Sunday. */
function periodStart({ period }: QuotaSettings, time: number): string {
  if (period === 'MONTH') return `${dayOf(time).slice(0, 8)}01`;
  if (period === 'WEEK') return dayOf(time - new Date(time).getUTCDay() * DAY_MS);
  return dayOf(time);
}

/** All days between two dates, inclusive. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS) {
    days.push(dayOf(time));
  }
  return days;
}
