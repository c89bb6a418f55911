import { CheckFailure } from '../check';
import type { Exchange } from '../exchange';
import type { Expected } from './door';
import { expectJson } from './own';

/**
 * Accepts an answer of a door whose statuses and codes are its own: a success must be one, a
 * refusal must not look like one, and both must be JSON.
 * @param success the statuses by which the door says that all is well
 * @throws CheckFailure
 */
export function acceptAnswer(
  answer: Exchange,
  { status, code }: Expected,
  success: readonly number[],
): void {
  const isSuccess = success.includes(answer.status) || isPositive(answer.status);
  const error = errorIn(answer);
  if (code !== undefined && error?.code === BROKEN && !isCode(BROKEN, code)) {
    throw new CheckFailure(
      `the text breaks out of its value: Kinesis is sent something that is no JSON (${answer.status})`,
      answer,
      { fault: 'opens' },
    );
  }
  const wantsSuccess = status.some(isPositive);
  const wantsRefusal = status.some((each) => each >= 400);
  // The check is about the text; the wording of a refusal is up to the API.
  const isAboutText = code !== undefined && wantsSuccess && wantsRefusal;
  if (isSuccess && error !== undefined && isAboutText) return;
  if (isSuccess && error !== undefined) {
    const message = `the answer is ${answer.status}, but Kinesis refused the request: ${error.code}`;
    throw new CheckFailure(message, answer, { fault: 'hides' });
  }
  if (isSuccess && (!wantsSuccess || isAboutText)) {
    const message = `the answer is ${answer.status}, though the request cannot have succeeded`;
    throw new CheckFailure(message, answer, { fault: isAboutText ? 'opens' : 'hides' });
  }
  if (answer.status >= 500) {
    const message = `the answer is ${answer.status}${wantsSuccess ? '' : ", though the mistake is the client's"}`;
    throw new CheckFailure(message, answer, { fault: 'hides' });
  }
  if (!isSuccess && !wantsRefusal) {
    throw new CheckFailure(`the answer is ${answer.status}, not ${success.join(' or ')}`, answer);
  }
  if (answer.body !== '') expectJson(answer);
}

const BROKEN = 'SerializationException';

const isPositive = (status: number) => status >= 200 && status < 300;

const isCode = (actual: string, code: string | RegExp) =>
  typeof code === 'string' ? actual === code : code.test(actual);

/**
 * Kinesis's error in a body, as it came or under names that gateways give it. A record of a batch
 * may have its own.
 */
export function errorIn({
  body,
}: Pick<Exchange, 'body'>): { readonly code: string; readonly message: string } | undefined {
  const content = objectIn(body);
  const { __type: type, code, message = content?.Message } = content ?? {};
  const told = typeof type === 'string' ? type : code;
  if (typeof told !== 'string' || (type === undefined && message === undefined)) return undefined;
  return { code: told.replace(/^.*#/, ''), message: String(message ?? '') };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
