import type { AwsError } from '../core/errors';
import type { HttpRequest } from '../core/http';
import { signatureError } from './signature-errors';
import type { SignatureParameters } from './signature-parameters';

/** The end of every credential scope. */
export const TERMINATOR = 'aws4_request';

/** The values that a scope should have; undefined is any. */
export interface ExpectedScope {
  readonly region?: string | undefined;
  readonly service?: string | undefined;
}

/**
 * The error for a credential whose scope is not as expected, with all that is wrong with it in AWS's
 * words; undefined if it is.
 */
export function scopeError(
  request: HttpRequest,
  { credential, timestamp, service: named }: SignatureParameters,
  expected: ExpectedScope = {},
): AwsError | undefined {
  const [accessKeyId, date = '', region = '', service = '', terminator, ...rest] =
    credential.split('/');
  if (terminator === undefined || rest.length > 0 || accessKeyId === '') {
    return signatureError(
      'incomplete',
      request,
      named,
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const day = timestamp.slice(0, 8);
  const problems = [
    (region === '' || region !== (expected.region ?? region)) &&
      `Credential should be scoped to a valid region, not '${region}'. `,
    service !== (expected.service ?? service) &&
      `Credential should be scoped to correct service: '${expected.service}'. `,
    // AWS knows the service by the host.
    service === '' &&
      expected.service === undefined &&
      "Credential should be scoped to a service such as 'kinesis', not ''. ",
    terminator !== TERMINATOR &&
      `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'. `,
    date !== day &&
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${timestamp}'.`,
  ].filter((problem) => problem !== false);
  return problems.length === 0
    ? undefined
    : signatureError('mismatch', request, named, problems.join(''));
}
