import type { Comparison } from './comparison';
import type { Difference } from './differences';

const SHORT = 160;

/** A comparison as the command prints it. @param all lists what was not assigned, too */
export function comparisonText(comparison: Comparison, all: boolean): string {
  const { assignment, differences, accepted, stale } = comparison;
  const { objects, errors, blank, picked, ambiguous, unassigned } = assignment;
  const left = [
    ...ambiguous.map(({ entry, fits }) => ({
      entry,
      why: `fits ${fits.map(({ name }) => name).join(', ')}`,
    })),
    ...picked.map(({ entry, structure }) => ({ entry, why: `some members of ${structure.name}` })),
    ...unassigned.map((entry) => ({ entry, why: 'no answer of these services' })),
  ];
  return [
    `${objects.length} recorded answers and parts of answers, ${errors.length} errors, ${blank.length} answers without a member`,
    `not assigned: ${ambiguous.length} that fit several structures, ${picked.length} of which tests recorded some members, ${unassigned.length} that are no answer of these services${all ? '' : ' (listed with --all)'}`,
    ...(all
      ? left.map(
          ({ entry, why }) =>
            `  ${why}: ${entry.test.split('::').slice(1).join('::')} ${entry.name} ${JSON.stringify(entry.value).slice(0, SHORT)}`,
        )
      : []),
    '',
    `${accepted.length} accepted differences`,
    ...table(accepted),
    ...stale.map((member) => `no longer differs: ${member}`),
    '',
    `${differences.length} differences`,
    ...table(differences),
  ].join('\n');
}

function table(rows: readonly (Difference & { readonly reason?: string })[]): readonly string[] {
  const width = (name: 'member' | 'recorded' | 'ours') =>
    Math.max(0, ...rows.map((row) => row[name].length));
  return rows.map(({ member, recorded, ours, reason }) =>
    `  ${member.padEnd(width('member'))} | ${recorded.padEnd(width('recorded'))} | ${
      reason === undefined ? ours : `${ours.padEnd(width('ours'))} | ${reason}`
    }`.trimEnd(),
  );
}
