import { acceptedReason, staleAcceptances } from './accepted';
import { type Assignment, assign } from './assignment';
import { type Difference, differencesOf, errorDifferences, notSeen } from './differences';
import { readModels } from './models';
import { Account } from './ours';
import { readRecordings } from './recorded';
import { playScenarios } from './scenarios';
import { Tally } from './tally';

export interface Comparison {
  readonly assignment: Assignment;
  /** Those that nothing explains. */
  readonly differences: readonly Difference[];
  readonly accepted: readonly (Difference & { readonly reason: string })[];
  /** Members that the table of accepted differences names and that do not differ. */
  readonly stale: readonly string[];
}

/** Compares the answers recorded in a folder with those of the embedded AWS. */
export async function compareRecordings(folder: string): Promise<Comparison> {
  const models = readModels();
  const assignment = assign(models, readRecordings(folder));
  const recorded = new Tally();
  for (const { structure, value } of assignment.objects) recorded.add(structure, value);
  // Streams change at once: nothing is recorded of how long that takes.
  const aws = new Account(models, { kinesis: { createMs: 1, updateMs: 1, deleteMs: 1 } });
  await playScenarios(aws);
  const all = [
    ...notSeen(recorded, aws.tally),
    ...differencesOf(recorded, aws.tally, aws.asked),
    ...errorDifferences(assignment.errors, aws.errors),
  ];
  return {
    assignment,
    differences: all.filter(({ member }) => acceptedReason(member) === undefined),
    accepted: all.flatMap((difference) => {
      const reason = acceptedReason(difference.member);
      return reason === undefined ? [] : [{ ...difference, reason }];
    }),
    stale: staleAcceptances(all.map(({ member }) => member)),
  };
}
