import type { Pace } from '../measurement';
import { interleaved } from '../statistics';
import { Load, type LoadRound, medianRound, type Subject } from './load';

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
