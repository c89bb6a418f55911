import { endpointOf } from '../../../resources/endpoints';
import { failure, lackingToken } from '../report';
import type { Outcome } from '../run-checks';
import { causeOf, type Report } from '../verify';
import { counts, verdictOf } from './summary';

/**
 * The report for programs. Times are in milliseconds, dates in ISO 8601.
 * @param live of the run on the live stage, after the one on its shadow
 */
export function jsonReport(report: Report, live?: Report): string {
  const verdict = verdictOf(report);
  const document = {
    ...documentOf(report),
    ...(live && {
      verdict: verdict === 'passed' ? verdictOf(live) : verdict,
      live: documentOf(live),
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function documentOf(report: Report) {
  const { target, stream, startedAt, ms, results, tally, teardown } = report;
  const cause = causeOf(report);
  return {
    verdict: verdictOf(report),
    ...(cause !== undefined && { cause }),
    stage: target.stage,
    region: target.region,
    url: target.invokeUrl,
    deploymentId: target.deploymentId,
    startedAt: startedAt.toISOString(),
    ms: Math.round(ms),
    counts: counts(report),
    // Of those that were skipped: what nobody knows of the stage.
    ...(lackingToken(results) > 0 && { withoutToken: lackingToken(results) }),
    requests: tally,
    throwAwayStream: {
      name: stream,
      teardown: typeof teardown === 'string' ? teardown : 'incomplete',
      ...(typeof teardown === 'object' && { error: String(teardown.failed) }),
    },
    checks: results.map(({ name, check, outcome }) => ({
      name,
      title: check.title,
      ...(check.endpoint && {
        endpoint: check.endpoint,
        action: endpointOf(check.endpoint).action,
      }),
      status: outcome.status,
      ...details(outcome, report),
    })),
  };
}

function details(outcome: Outcome, { target }: Report): object {
  switch (outcome.status) {
    case 'passed':
      return { ms: Math.round(outcome.ms), ...(outcome.notes && { notes: outcome.notes }) };
    case 'unasked':
      return { ms: Math.round(outcome.ms), because: outcome.because };
    case 'failed':
      return { ms: Math.round(outcome.ms), failure: failure(outcome, target) };
    default:
      return { because: outcome.because };
  }
}
