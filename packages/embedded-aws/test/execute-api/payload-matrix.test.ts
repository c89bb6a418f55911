import { apiUnderTest, kinesisIntegration } from './api-under-test';

// The tables of "Content type conversions in API Gateway", in the order of their rows, with further
// headers in each:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
// That all rows hold, and that what is no base64 is a 500, is recorded as well: LocalStack's
// TestApiGatewayS3BinarySupport, 2025-02-01.

const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
const BASE64 = BYTES.toString('base64');
const LOST = '\ufffdPNG\ufffd\u0000';

type Handling = 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT' | undefined;

const NOT_SET = undefined;
const TO_BINARY = 'CONVERT_TO_BINARY';
const TO_TEXT = 'CONVERT_TO_TEXT';

const handled = (ContentHandling: Handling) => (ContentHandling ? { ContentHandling } : {});
const header = (name: string, value: string | undefined) =>
  value === undefined ? {} : { [name]: value };
const listOf = (types: readonly string[]) => ({ BinaryMediaTypes: types });

/** The binary media types of the API, the type of the payload (none: absent), and what it is taken for. */
const REQUESTS: readonly [readonly string[], string | undefined, 'text' | 'binary'][] = [
  [[], 'image/png', 'text'],
  [[], 'text/plain', 'text'],
  [[], undefined, 'text'],
  [['image/png'], 'text/plain', 'text'],
  [['image/png'], 'image/jpeg', 'text'],
  [['image/png'], undefined, 'text'],
  [['image/*'], 'application/image', 'text'],
  [['*/png'], 'image/png', 'text'],
  [['image/png'], 'image/png', 'binary'],
  [['image/png'], 'IMAGE/PNG; q=1', 'binary'],
  [['image/*'], 'image/png', 'binary'],
  [['*/*'], 'text/plain', 'binary'],
  [['*/*'], undefined, 'binary'],
  [['application/json'], undefined, 'binary'],
];

async function requested(
  types: readonly string[],
  type: string | undefined,
  handling: Handling,
  body: Buffer | string,
) {
  const api = await apiUnderTest({ restApi: listOf(types) });
  await api.route({ method: 'POST', integration: kinesisIntegration(handled(handling)) });
  await api.deploy();
  const headers = header('content-type', type);
  const { status } = await api.call({ method: 'POST', path: '/', headers, body });
  return status === 200 ? api.sent[0]?.request.body.toString('latin1') : status;
}

const latin1 = (text: string | Buffer): string => Buffer.from(text as string).toString('latin1');

describe.each(REQUESTS)('of the list %j, a request of the type %s is %s', (types, type, kind) => {
  test.each([
    [NOT_SET, BASE64],
    [TO_BINARY, BYTES],
    [TO_TEXT, BASE64],
  ] as const)('and, where text, handled as %s', async (handling, expected) => {
    const sent = await requested(types, type, handling, kind === 'text' ? BASE64 : BYTES);

    if (kind === 'text') expect(sent).toBe(latin1(expected));
    else expect(sent).toBe(latin1(handling === TO_TEXT ? BASE64 : BYTES));
  });

  test('and bytes in text are lost, or no base64', async () => {
    if (kind === 'binary') {
      expect(await requested(types, type, TO_BINARY, BYTES)).toBe(latin1(BYTES));
    } else {
      expect(await requested(types, type, NOT_SET, BYTES)).toBe(latin1(LOST));
      expect(await requested(types, type, TO_BINARY, BYTES)).toBe(500);
    }
  });
});

/**
 * The list, the type of the backend's answer, the client's Accept, what both mean, and the client's
 * payload by the integration response's handling: none, to binary, to text.
 */
const TEXT_FOR_TEXT = [BASE64, BYTES, BASE64];
const TEXT_FOR_BINARY = [BYTES, BYTES, BASE64];
const BINARY_FOR_TEXT = [BASE64, BYTES, BASE64];
const BINARY_FOR_BINARY = [BYTES, BYTES, BASE64];

const ANSWERS: readonly [
  readonly string[],
  string | undefined,
  string | undefined,
  Buffer | string,
  readonly (Buffer | string)[],
][] = [
  [[], 'image/png', 'text/plain', BASE64, TEXT_FOR_TEXT],
  [[], 'image/png', 'image/png', BASE64, TEXT_FOR_TEXT],
  [[], undefined, undefined, BASE64, TEXT_FOR_TEXT],
  [['image/png'], 'text/plain', 'text/plain', BASE64, TEXT_FOR_TEXT],
  [['image/png'], 'text/plain', undefined, BASE64, TEXT_FOR_TEXT],
  [['image/png'], 'text/plain', '*/*', BASE64, TEXT_FOR_TEXT],
  [['image/png'], 'text/plain', 'text/plain, image/png', BASE64, TEXT_FOR_TEXT],
  [['image/png'], undefined, 'text/plain', BASE64, TEXT_FOR_TEXT],
  [['image/png'], 'text/plain', 'image/png', BASE64, TEXT_FOR_BINARY],
  [['image/png'], 'text/plain', 'image/png,text/plain', BASE64, TEXT_FOR_BINARY],
  [['image/*'], 'text/plain', 'image/webp', BASE64, TEXT_FOR_BINARY],
  [['image/png'], 'image/png', 'text/plain', BYTES, BINARY_FOR_TEXT],
  [['image/png'], 'image/png', undefined, BYTES, BINARY_FOR_TEXT],
  [['image/png'], 'image/png', '*/*', BYTES, BINARY_FOR_TEXT],
  [['image/png'], 'image/png', 'image/png', BYTES, BINARY_FOR_BINARY],
  [['image/*'], 'image/png', 'image/*', BYTES, BINARY_FOR_BINARY],
  [['*/*'], 'text/plain', '*/*', BYTES, BINARY_FOR_BINARY],
];

async function answered(
  types: readonly string[],
  type: string | undefined,
  accept: string | undefined,
  handling: Handling,
  body: Buffer | string,
) {
  const api = await apiUnderTest({
    restApi: listOf(types),
    answer: () => ({ status: 200, headers: header('content-type', type), body }),
  });
  await api.route({
    integration: kinesisIntegration({
      IntegrationResponses: [{ StatusCode: '200', ...handled(handling) }],
    }),
  });
  await api.deploy();
  // The list is for requests, too: this one has a body that is empty.
  const answer = await api.call({ path: '/', headers: header('accept', accept) });
  return answer.status === 200 ? Buffer.from(answer.body).toString('latin1') : answer.status;
}

test.each(ANSWERS)(
  'of the list %j, an answer of the type %s for a client that accepts %s',
  async (types, type, accept, body, [plain = '', binary = '', text = '']) => {
    const by = (handling: Handling) => answered(types, type, accept, handling, body);

    expect(await by(NOT_SET)).toBe(latin1(plain));
    expect(await by(TO_BINARY)).toBe(latin1(binary));
    expect(await by(TO_TEXT)).toBe(latin1(text));
  },
);

test('an answer that is no base64 is a 500 where it has to become bytes', async () => {
  const type = 'text/plain';

  expect(await answered(['image/png'], type, 'image/png', NOT_SET, 'a text')).toBe(500);
  expect(await answered(['image/png'], type, 'image/png', NOT_SET, BYTES)).toBe(500);
  expect(await answered([], type, type, TO_BINARY, 'a text')).toBe(500);
  expect(await answered([], type, 'image/png', NOT_SET, BYTES)).toBe(latin1(LOST));
});
