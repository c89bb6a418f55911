import { CheckFailure, type Fault } from '../../hooks/verify/check';
import type { Exchange } from '../../hooks/verify/exchange';
import type { Result } from '../../hooks/verify/run-checks';
import type { Report } from '../../hooks/verify/verify';
import { shellQuoted } from '../../hooks/viewer/format/curl';

/** Something that a door gets wrong, or leaves open. */
export interface Finding {
  readonly fault: Fault;
  readonly what: string;
  readonly request: string;
  readonly answer: string;
}

/** The most characters of a request or an answer in the document. */
const EXCERPT = 150;

/** The findings of a verification, in the order of its checks. */
export const findingsOf = (report: Report): Finding[] =>
  report.results.flatMap((result) => findingsIn(result, report));

function findingsIn({ name, check, outcome }: Result, report: Report): Finding[] {
  if (outcome.status === 'passed') {
    return (outcome.leftOpen ?? []).map(({ text, exchange }) => ({
      fault: 'opens',
      what: text,
      ...shown(exchange, report),
    }));
  }
  if (outcome.status !== 'failed') return [];
  const { error } = outcome;
  if (!(error instanceof CheckFailure) || error.exchange === undefined) {
    throw new Error(`${name} failed in another way than a comparison can show.`, { cause: error });
  }
  const { fault = 'hides', exchange, message } = error;
  const [, subject = check.title] = check.title.split(': ');
  const what = `${subject.replace(/^stores /, '')}: ${plain(message, report)}`;
  return [{ fault, what, ...shown(exchange, report) }];
}

function shown(exchange: Exchange, report: Report): Pick<Finding, 'request' | 'answer'> {
  const { method, url, requestHeaders, requestBody, status, body } = exchange;
  const { 'content-type': type, ...others } = requestHeaders;
  const headers = Object.entries({
    ...others,
    ...(type !== 'application/json' && requestBody !== undefined && { 'content-type': type }),
  }).map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`);
  const target = url.replace(report.target.invokeUrl, '$URL');
  const request = [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `"${target}"`,
    ...headers,
    ...(requestBody === undefined ? [] : [`-d ${shellQuoted(requestBody)}`]),
  ].join(' ');
  return {
    request: excerpt(plain(request, report)),
    answer: excerpt(`${status} ${plain(body, report)}`.trim()),
  };
}

/** A text without what is different in each run. */
const plain = (text: string, { stream, target }: Report): string =>
  text
    .replaceAll(target.invokeUrl, '$URL')
    .replaceAll(stream.slice(0, 120), '$STREAM')
    .replaceAll(stream, '$STREAM')
    .replaceAll(stream.slice(-24), '…')
    .replaceAll(/\d{50,}/g, '…')
    .replaceAll(/(under account )\d{12}/g, '$1…')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '…')
    .replaceAll(/(.)\1{39,}/g, '$1…')
    .replaceAll(/\s+/g, ' ');

const excerpt = (text: string): string =>
  text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}…`;
