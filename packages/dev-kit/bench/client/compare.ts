import type { Pace } from '../measurement';
import { interleaved } from '../statistics';
import { Load, type LoadRound, medianRound, type Subject } from './load';

/** Enough for small requests to be answered several at once. */
const CONNECTIONS = 8;

/**
 * Loads servers until V8 has compiled what they run, which takes some ten thousand requests: a server
 * in use has run for hours. All get the same time.
 * @returns the first round of each, when it was fresh
 */
export async function warmUp<Name extends string>(
  pace: Pace,
  subjects: Readonly<Record<Name, Subject>>,
): Promise<Record<Name, LoadRound>> {
  const fresh = new Map<string, LoadRound>();
  for (const [name, subject] of Object.entries<Subject>(subjects)) {
    const load = (milliseconds: number) =>
      new Load(subject, { connections: CONNECTIONS, milliseconds }).round();
    fresh.set(name, await load(pace.roundMs));
    await load(pace.warmUpMs);
  }
  return Object.fromEntries(fresh) as Record<Name, LoadRound>;
}

/** Loads several servers in turn with the same requests. @returns the median of their rounds */
export async function compare<Name extends string>(
  pace: Pace,
  connections: number,
  subjects: Readonly<Record<Name, Subject>>,
): Promise<Record<Name, LoadRound>> {
  const loads = Object.entries<Subject>(subjects).map(
    ([name, subject]) =>
      [name, new Load(subject, { connections, milliseconds: pace.roundMs })] as const,
  );
  const rounds = await interleaved(
    pace.rounds,
    Object.fromEntries(loads.map(([name, load]) => [name, () => load.round()])),
  );
  const medians = Object.entries(rounds).map(([name, all]) => [name, medianRound(all)]);
  return Object.fromEntries(medians) as Record<Name, LoadRound>;
}
