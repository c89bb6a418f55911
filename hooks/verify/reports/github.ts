import type { Check } from '../check';
import { failure, withoutTokenLine } from '../report';
import type { Outcome } from '../run-checks';
import { causeOf, type Report } from '../verify';
import { counts, verdictOf } from './summary';

/** The report for a GitHub Actions step summary, in Markdown. */
export function githubSummary(report: Report): string {
  const { target, results } = report;
  const { passed, failed, unasked, notRun, blocked, skipped } = counts(report);
  const cause = causeOf(report) ?? withoutTokenLine(results);
  const bad = results.filter(({ outcome }) => outcome.status === 'failed');
  const rows = results
    .filter(({ outcome }) => outcome.status !== 'skipped')
    .map(
      ({ check, outcome }) =>
        `| ${outcome.status} | ${titleOf(check, outcome)} | ${took(outcome)} |`,
    );
  return [
    `### Verification of stage ${cell(target.stage)}: ${verdictOf(report)}`,
    '',
    `${passed} passed, ${failed} failed, ${unasked} could not be checked, ${notRun} not run, ${blocked} blocked, ${skipped} skipped. Deployment \`${target.deploymentId}\` at ${target.invokeUrl}`,
    '',
    ...(cause === undefined ? [] : [fenced([cause]), '']),
    ...bad.flatMap(({ check, outcome }) =>
      outcome.status === 'failed'
        ? [`**${cell(check.title)}**`, '', fenced(failure(outcome, target)), '']
        : [],
    ),
    '| | check | |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const titleOf = ({ title }: Check, outcome: Outcome) =>
  [title, ...('notes' in outcome ? (outcome.notes ?? []) : [])].map(cell).join('<br>');

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** A fence longer than any in the text, so that no answer can end it. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...(lines.join('\n').match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}

const took = (outcome: Outcome) => ('ms' in outcome ? `${Math.round(outcome.ms)} ms` : '');
