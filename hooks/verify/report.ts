import { CheckFailure } from './check';
import type { Result } from './run-checks';

/** What a request or an answer may take of the report; a 1 MiB record would bury the rest. */
const EXCERPT = 1_000;

/** A check's line, and under a failed one what was sent and what came back. */
export function line({ name, check, outcome }: Result): string {
  switch (outcome.status) {
    case 'passed':
      return `✔ ${check.title}  ${milliseconds(outcome.ms)}`;
    case 'skipped':
      return `– ${check.title}  skipped: ${outcome.because.join(' and ')} did not pass`;
    case 'failed':
      return [
        `✖ ${check.title} (${name})  ${milliseconds(outcome.ms)}`,
        ...failure(outcome.error).map((text) => `    ${text}`),
      ].join('\n');
  }
}

function failure(error: unknown): string[] {
  if (!(error instanceof CheckFailure)) {
    return [error instanceof Error ? `${error.name}: ${error.message}` : String(error)];
  }
  const { exchange } = error;
  if (exchange === undefined) return [error.message];
  const { method, url, requestBody = '', status, body, requestId = 'none', attempts } = exchange;
  return [
    error.message,
    `request  ${method} ${url} ${excerpt(requestBody)}`.trimEnd(),
    `answer   ${status} ${excerpt(body)}`.trimEnd(),
    `request id ${requestId}, attempts ${attempts}`,
  ];
}

function excerpt(text: string): string {
  if (text.length <= EXCERPT) return text;
  return `${text.slice(0, EXCERPT)}… (${text.length} characters)`;
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}
