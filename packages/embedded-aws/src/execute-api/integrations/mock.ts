import { Body } from '../body';
import { configurationError } from '../gateway-error';
import { HeaderBag } from '../header-bag';
import type { CallIntegration } from './integration';

/** `{"statusCode": 200}`, also with its quotes left out or single (recorded). */
const STATUS_CODE = /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/;

/** Answers with the status that the rendered request names, and nothing else. */
export const callMock: CallIntegration = ({ body }) => {
  const status = STATUS_CODE.exec(body.text)?.[1];
  if (status === undefined) {
    throw configurationError(
      'Unable to parse statusCode. It should be an integer that is defined in the request template.',
    );
  }
  return { status: Number(status), headers: new HeaderBag(), body: Body.EMPTY };
};
