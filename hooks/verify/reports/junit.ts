import { failure, withoutTokenLine } from '../report';
import type { Outcome, Result } from '../run-checks';
import type { Report } from '../verify';
import { counts } from './summary';

/**
 * The report for CI servers: JUnit's XML as Jenkins' schema has it, which GitLab, Azure and the
 * reporters for GitHub read as well. What could not be asked is an error, which makes a build red as a
 * failure does; checks that were not run, blocked or skipped count as skipped.
 * @param live of the run on the live stage, after the one on its shadow: a suite of its own
 */
export function junitReport(report: Report, live?: Report): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...suiteOf(report, ''),
    ...(live ? suiteOf(live, ' live') : []),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(report: Report, which: string): string[] {
  const { target, startedAt, ms, results, teardown } = report;
  const { failed, unasked, notRun, blocked, skipped } = counts(report);
  const suite = attributes({
    name: `verify ${target.stage}${which}`,
    tests: results.length,
    failures: failed,
    errors: unasked + (typeof teardown === 'object' ? 1 : 0),
    skipped: notRun + blocked + skipped,
    time: seconds(ms),
    timestamp: startedAt.toISOString().slice(0, 19),
    hostname: new URL(target.invokeUrl).hostname,
  });
  const cases = results.map((result) => testCase(result, report));
  const notes = [
    ...[withoutTokenLine(results) ?? []].flat(),
    ...results.flatMap(({ check, outcome }) =>
      outcome.status === 'passed'
        ? (outcome.notes ?? []).map((note) => `${check.title}: ${note}`)
        : [],
    ),
  ];
  const output =
    notes.length > 0 ? [`    <system-out>${escaped(notes.join('\n'))}</system-out>`] : [];
  const leftover =
    typeof teardown === 'object'
      ? [`    <system-err>${escaped(`teardown incomplete: ${teardown.failed}`)}</system-err>`]
      : [];
  return [`  <testsuite ${suite}>`, ...cases, ...output, ...leftover, '  </testsuite>'];
}

function testCase({ name, check, outcome }: Result, report: Report): string {
  const time = 'ms' in outcome ? seconds(outcome.ms) : '0';
  const start = `    <testcase ${attributes({ name: check.title, classname: `verify.${name}`, time })}`;
  const inner = body(outcome, report);
  return inner === '' ? `${start}/>` : `${start}>${inner}</testcase>`;
}

function body(outcome: Outcome, { target }: Report): string {
  switch (outcome.status) {
    case 'passed':
      return '';
    case 'unasked': {
      const message = attributes({ message: outcome.because, type: 'Unasked' });
      return `<error ${message}/>`;
    }
    case 'not run':
      return `<skipped ${attributes({ message: `not run: ${outcome.because}` })}/>`;
    case 'failed': {
      const lines = failure(outcome, target);
      const message = attributes({ message: lines[0] ?? 'failed', type: 'CheckFailure' });
      return `<failure ${message}>${escaped(lines.join('\n'))}</failure>`;
    }
    default:
      return `<skipped ${attributes({ message: outcome.because })}/>`;
  }
}

const seconds = (ms: number) => (ms / 1000).toFixed(3);

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(' ');
}

/** Text for XML 1.0, which has no place for most control characters and for lone surrogates. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '�')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
