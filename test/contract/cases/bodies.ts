import type { ContractCase } from '../case';

/** One byte more than API Gateway takes. */
const TOO_LARGE = JSON.stringify('x'.repeat(10_485_760 - 1));

/** Bodies that every route which reads one refuses. */
export function refusedBodies(good: unknown): ContractCase[] {
  const text = JSON.stringify(good);
  return [
    ...['{', text.slice(0, -1), `${text}}`, 'plain text', '{"Data": undefined}', '\u0000'].map(
      (malformed) => ({
        title: `malformed JSON: ${JSON.stringify(malformed)}`,
        status: 400,
        code: 'ValidationException',
        request: { text: malformed },
        holds: mentions('Invalid JSON'),
      }),
    ),
    ...['[]', '"text"', '7', 'true', 'null'].map((value) => ({
      title: `the body is ${value}, no object`,
      status: 400,
      code: 'ValidationException',
      request: { text: value },
      holds: mentions('does not match any allowed primitive type'),
    })),
    {
      title: 'a body larger than 10 MiB',
      status: 413,
      code: 'REQUEST_TOO_LARGE',
      request: { text: TOO_LARGE },
      holds: mentions('Request Too Long'),
    },
    ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/x'].map(
      (contentType) => ({
        title: `the content type is ${contentType}`,
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
        request: { text, contentType },
      }),
    ),
  ];
}

/** Bodies that do not fit a route's schema: what is wrong, the body, and what the message says of it. */
export function misfits(
  bodies: readonly (readonly [what: string, body: unknown, problem: string])[],
): ContractCase[] {
  return bodies.map(([title, body, problem]) => ({
    title,
    status: 400,
    code: 'ValidationException',
    request: { body },
    holds: mentions(problem),
  }));
}

/** The message says what is wrong, as API Gateway puts it. */
export function mentions(text: string): (answer: { readonly json: unknown }) => void {
  return ({ json }) => expect(json).toMatchObject({ message: expect.stringContaining(text) });
}
