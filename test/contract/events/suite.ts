import { hasEnvelope, RETRY_AFTER_STATUSES } from '../../../resources/openapi/errors';
import { answerOf } from '../api';
import { type Answer, titleOf } from '../case';
import { expectEnvelope } from '../suite';
import { type EventCase, type EventRequest, eventCases } from './cases';

/** Where the event endpoints are. */
export interface EventApi {
  readonly invokeUrl: string;
  /** Makes a request one that the stage lets in. */
  readonly sign: (request: Request) => Promise<Request>;
  readonly fetch: (request: Request) => Promise<Response>;
}

/** A lost answer is asked for again: no case counts records. */
const ATTEMPTS = 4;

/**
 * Declares a test for each case.
 * @param declare unless as Jest's own `test`
 */
export function eventContract(
  api: () => EventApi,
  declare: (name: string, body: () => Promise<void>) => void = test,
): void {
  for (const one of eventCases) {
    declare(titleOf(one), async () => {
      const answers = await Promise.all(
        Array.from({ length: one.atOnce ?? 1 }, () => send(api(), one.request)),
      );
      const answer = answers.find(({ status }) => status === one.status) ?? answers[0];
      expect(answer).toBeDefined();
      if (answer !== undefined) expectAs(one, answer);
    });
  }
}

async function send(
  { invokeUrl, sign, fetch }: EventApi,
  { path, method = 'POST', contentType = 'application/json', ...given }: EventRequest,
): Promise<Answer> {
  const { body, origin, anonymous = false } = given;
  for (let attempt = 1; ; attempt += 1) {
    const request = new Request(`${invokeUrl}/events/${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': contentType }),
        ...(origin !== undefined && { origin }),
      },
      ...(body !== undefined && { body: Buffer.from(body) }),
    });
    try {
      return await answerOf(await fetch(anonymous ? request : await sign(request)));
    } catch (error) {
      // By name: within Jest, fetch's errors are of another realm.
      if ((error as Error).name !== 'TypeError' || attempt === ATTEMPTS) throw error;
    }
  }
}

function expectAs({ status, code }: EventCase, answer: Answer): void {
  const { headers, text, json } = answer;
  expect({ status: answer.status, text: text.slice(0, 1_000) }).toMatchObject({ status });
  if (status === 204) {
    expect(text).toBe('');
    return;
  }
  expect(headers.get('content-type')).toBe('application/json');
  expect(headers.has('retry-after')).toBe(RETRY_AFTER_STATUSES.includes(status));
  if (code === undefined) {
    const stored = { SequenceNumber: expect.any(String), ShardId: expect.any(String) };
    const { Records: records = [json] } = json as { Records?: unknown[] };
    expect(records).toContainEqual(expect.objectContaining(stored));
    return;
  }
  expect(headers.get('x-deployment-id')).toMatch(/^[a-z0-9]+$/);
  expect(hasEnvelope(code)).toBe(true);
  expectEnvelope(answer, code);
}
