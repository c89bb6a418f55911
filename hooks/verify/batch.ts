import { setTimeout as sleep } from 'node:timers/promises';
import { Retries } from '../process/retries';
import type { CheckContext } from './check';
import type { Exchange } from './exchange';
import { countRetried, countTrouble } from './tally';

type Member = Readonly<Record<string, unknown>>;

/**
 * Sends those records of a batch again that Kinesis refused, as a client has to, until all are taken or
 * the time for it is up: shards that are busy refuse some, whatever the API does.
 * @param send sends a batch with these records and no others
 * @returns the one answer to the whole batch, or what came last
 */
export async function completed(
  { api, pace, signal }: CheckContext,
  first: Exchange,
  send: (body: Member) => Promise<Exchange>,
): Promise<Exchange> {
  const { retryMs, busyMs, requestMs } = pace;
  const tries = new Retries({ retryMs, busyMs, firstMs: requestMs, longestMs: requestMs }).begin();
  const why: string[] = [];
  const batch = batchOf(first.requestBody);
  const results = resultsOf(first);
  if (batch === undefined || results?.length !== batch.records.length) return first;
  let last = first;
  let mayHaveActed = first.mayHaveActed;
  for (;;) {
    const refused = results.flatMap((result, index) => ('ErrorCode' in result ? [index] : []));
    if (refused.length === 0) break;
    const wait = tries.next('busy');
    countTrouble(api.tally, 'busy');
    if (wait === undefined) return last;
    why.push(`${refused.length} of ${batch.records.length} records refused`);
    await sleep(wait, undefined, { signal });
    last = await send({ [batch.name]: refused.map((index) => batch.records[index]) });
    mayHaveActed += last.mayHaveActed;
    const later = resultsOf(last);
    if (later?.length !== refused.length) return last;
    refused.forEach((index, nth) => {
      results[index] = later[nth] ?? {};
    });
  }
  if (why.length === 0) return first;
  const { pathname } = new URL(first.url);
  const request = `${first.method} ${pathname.slice(Math.max(pathname.indexOf('/streams'), 0))}`;
  countRetried(api.tally, { request, why }, ['busy']);
  const body = JSON.stringify({ ...members(last.body), FailedRecordCount: 0, Records: results });
  const attempts = first.attempts + why.length;
  return { ...last, status: 200, body, attempts, mayHaveActed, retried: why };
}

/** The records that were sent, and under which name. */
function batchOf(body = ''): { readonly name: string; readonly records: unknown[] } | undefined {
  for (const [name, records] of Object.entries(members(body) ?? {})) {
    if (/^records$/i.test(name) && Array.isArray(records)) return { name, records };
  }
  return undefined;
}

function resultsOf({ body }: Exchange): Member[] | undefined {
  const { Records: results } = members(body) ?? {};
  return Array.isArray(results) ? results : undefined;
}

function members(text: string): Member | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Member) : undefined;
  } catch {
    return undefined;
  }
}
