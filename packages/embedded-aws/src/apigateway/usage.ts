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

  /** The requests in the current quota period, including the offset. */
  used(planId: string, keyId: string, quota: QuotaSettings, now: number): number {
    const days = this.#days.get(`${planId}/${keyId}`);
    const start = periodStart(quota, now);
    let sum = quota.offset;
    for (const [day, count] of days ?? []) if (day >= start) sum += count;
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

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** The first day of the period that contains a time; weeks begin on Sunday. */
function periodStart({ period }: QuotaSettings, now: number): string {
  if (period === 'MONTH') return `${dayOf(now).slice(0, 8)}01`;
  if (period === 'WEEK') return dayOf(now - new Date(now).getUTCDay() * DAY_MS);
  return dayOf(now);
}

/** All days between two dates, inclusive. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS) {
    days.push(dayOf(time));
  }
  return days;
}
