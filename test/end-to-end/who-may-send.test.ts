import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { describeInChromium } from 'dev-kit/testing/browser';
import { SUBJECT } from 'dev-kit/testing/issuer';
import type { Page } from 'playwright-core';
import {
  answered,
  bearer,
  type DoorsStage,
  event,
  nothing,
  openDoorsStage,
  outcomeOf,
  PAGE,
  type Show,
  signature,
  withHeaders,
  withQuery,
} from './support/doors-stage';

// Streams with doors of their own, beside those of the stage; what the doors say of the sender; and
// pages that are let in and refused.

const KEEPS = "envelope: true, keepClaims: ['email', 'tenant', 'asked', 'score', 'active']";
const IN_TWO = "['method.request.header.X-Word', 'method.request.querystring.tenant']";

const streams = (partners: string) => `{
  orders: { ${KEEPS} },
  partners: { ${KEEPS}, authorization: { type: 'COGNITO', userPoolArns: ['${partners}'], scopes: [] } },
  hooks: { ${KEEPS}, authorization: { type: 'LAMBDA', function: 'authorize', kind: 'REQUEST', identitySource: ${IN_TWO} } },
  late: { authorization: { type: 'LAMBDA', function: 'sluggish', ttlSeconds: 0 } },
  keyed: { envelope: true, authorization: 'API_KEY' },
  signed: { envelope: true, authorization: 'AWS_IAM' },
  open: { envelope: true, authorization: 'NONE' },
}`;

let stage: DoorsStage;
let url: string;
beforeAll(async () => {
  stage = await openDoorsStage(streams);
  url = await stage.open(
    'authorization=COGNITO',
    `userPoolArns=${stage.pool.arn}`,
    'writeScopes=orders/write',
  );
});
afterAll(() => stage?.close());

const asks = (word: string, tenant = 'acme'): Show =>
  withQuery({ tenant }, withHeaders({ 'x-word': word }));

const send = (stream: string, shows: Show, body: object = {}) =>
  answered(event(url, stream, body), shows);

test('each stream lets in by its own door, and by no other', async () => {
  const { pool, partners } = stage;
  const doors: Readonly<Record<string, readonly [refusal: string, ...ways: string[]]>> = {
    orders: ['401 UNAUTHORIZED', 'a token with the scope'],
    partners: ['401 UNAUTHORIZED', "a partner's ID token"],
    hooks: ['401 UNAUTHORIZED', 'a word and a tenant'],
    keyed: ['403 INVALID_API_KEY', 'a key'],
    signed: ['403 MISSING_AUTHENTICATION_TOKEN', 'a signature'],
    open: ['', 'nothing'],
  };
  const ways: Readonly<Record<string, Show>> = {
    nothing,
    'a token with the scope': bearer(await pool.accessToken('orders/write')),
    "a user's ID token": bearer(await pool.idToken()),
    "a partner's ID token": bearer(await partners.idToken()),
    "a partner's token with the scope": bearer(await partners.accessToken('orders/write')),
    'a word and a tenant': asks('allow'),
    'a key': withHeaders({ 'x-api-key': await stage.keyOf('acme') }),
    'a signature': signature,
  };
  const wrong: string[] = [];
  for (const [stream, [refusal, ...own]] of Object.entries(doors)) {
    for (const [way, shows] of Object.entries(ways)) {
      const outcome = outcomeOf(await send(stream, shows));
      const isIn = own.includes('nothing') || own.includes(way);
      // Something in the header Authorization is a bad signature there.
      const isRefused = outcome === refusal || outcome === '403 INVALID_SIGNATURE';
      if (isIn ? outcome !== 'in' : !isRefused) wrong.push(`${stream}, ${way}: ${outcome}`);
    }
  }
  expect(wrong).toEqual([]);
});

describe('the envelope', () => {
  /** Everywhere that a client could say who it is, if it were asked. */
  const pretending = (shows: Show): Show =>
    withQuery(
      { principal: 'evil', claims: 'evil', email: 'evil' },
      withHeaders({ principal: 'evil', email: 'evil', 'x-amzn-principal': 'evil' }, shows),
    );
  const PRETENCE = { principal: 'evil', claims: { email: 'evil' } };

  /** The envelope of the event that a pretender sent. */
  async function stored(stream: string, shows: Show) {
    const marked = { ...PRETENCE, mark: `${stream} ${Math.random()}` };
    expect(outcomeOf(await send(stream, pretending(shows), marked))).toBe('in');
    const found = (await stage.recordsOf(stream)).find(({ body }) =>
      String(body).includes(marked.mark),
    );
    return found ?? {};
  }

  test.each(['jane@example.com', 'zoë "the cat" \\ O\'Neil\n</script> 東京 $context.requestId'])(
    'has the user and the claims that the stream keeps: %j',
    async (email) => {
      const token = await stage.partners.idToken({
        email,
        'custom:tenant': 'acme',
        tenant: 'acme',
      });

      const { principal, claims } = await stored('partners', bearer(token));

      expect({ principal, claims }).toEqual({
        principal: SUBJECT,
        claims: { email, tenant: 'acme' },
      });
    },
  );

  test('has what the function says, once for each that is let in while its answer is kept', async () => {
    const tenant = 'O\'Neil & "Söhne"';
    const first = await stored('hooks', asks('allow', tenant));
    const second = await stored('hooks', asks('allow', tenant));
    const other = await stored('hooks', asks('allow', 'umbrella'));

    const said = { tenant, asked: expect.any(String), score: '1.5', active: 'true' };
    expect(first).toMatchObject({ principal: tenant, claims: said });
    expect(second.claims).toEqual(first.claims);
    expect(other).toMatchObject({ principal: 'umbrella', claims: { tenant: 'umbrella' } });
  });

  test.each(['keyed', 'signed', 'open'])(
    'of a stream without an authorizer says nothing of the kind: %s',
    async (stream) => {
      const shows: Readonly<Record<string, Show>> = {
        keyed: withHeaders({ 'x-api-key': await stage.keyOf('acme') }),
        signed: signature,
        open: nothing,
      };
      const envelope = await stored(stream, shows[stream] ?? nothing);

      expect(Object.keys(envelope)).not.toEqual(expect.arrayContaining(['principal']));
      expect(Object.keys(envelope)).not.toEqual(expect.arrayContaining(['claims']));
    },
  );
});

test('an answer that allows one path is judged anew on the next', async () => {
  const batch = () => event(url, 'hooks/batch');
  const here = asks('here', 'one-path');

  expect(outcomeOf(await send('hooks', here))).toBe('in');
  expect(outcomeOf(await answered(batch(), here))).toBe('403 ACCESS_DENIED');
  expect(outcomeOf(await answered(batch(), asks('here', 'another')))).toBe('in');
});

test('a function that is too slow is a failure, in words', async () => {
  const answer = await send('late', withHeaders({ authorization: 'slow acme' }));

  expect(outcomeOf(answer)).toBe('500 AUTHORIZER_CONFIGURATION_ERROR');
});

test('the access log has whom a door let in, and how the authorizer fared', async () => {
  const { AccessLogGroup: logGroupName } = await stage.outputs();
  const logs = new CloudWatchLogsClient(stage.sdk);
  const requestIdOf = async (stream: string, shows: Show) =>
    (await send(stream, shows)).headers.get('x-amzn-requestid') ?? '';
  const partner = bearer(await stage.partners.idToken());
  const sent = {
    partner: await requestIdOf('partners', partner),
    function: await requestIdOf('hooks', asks('allow', 'umbrella')),
    unsafe: await requestIdOf('hooks', asks('allow', '"},{"x":"')),
    denied: await requestIdOf('hooks', asks('deny', 'umbrella')),
    open: await requestIdOf('open', withHeaders({ principal: 'evil' })),
  };

  const lineOf = async (requestId: string) => {
    for (;;) {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName, filterPattern: `"${requestId}"` }),
      );
      const [found] = events;
      if (found !== undefined) return JSON.parse(found.message ?? '') as Record<string, unknown>;
    }
  };
  const lines = {
    partner: await lineOf(sent.partner),
    function: await lineOf(sent.function),
    unsafe: await lineOf(sent.unsafe),
    denied: await lineOf(sent.denied),
    open: await lineOf(sent.open),
  };
  logs.destroy();

  const principals = Object.entries(lines).map(([who, { principal }]) => [who, principal]);
  expect(Object.fromEntries(principals)).toEqual({
    partner: SUBJECT,
    function: 'umbrella',
    unsafe: '-',
    denied: '-',
    open: '-',
  });
  expect(lines.function).toMatchObject({
    authorizerStatus: '200',
    authorizerLatencyMs: expect.stringMatching(/^\d+$/),
  });
});

/** Chromium's own fence around local networks is switched off: not every browser has one. */
const ARGS = [
  '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,PrivateNetworkAccessRespectPreflightResults',
];

describeInChromium(
  'a page in a browser',
  (browser) => {
    let page: Page;
    beforeAll(async () => {
      const { pool, partners } = stage;
      page = await browser().newPage();
      // The token that its server gives the page when its visitor signs in.
      const tokens = {
        '/sign-in': await pool.accessToken('orders/write'),
        '/sign-in-as-partner': await partners.idToken({ email: 'page@example.com' }),
        '/sign-in-yesterday': await pool.expiredToken('orders/write'),
      };
      await page.route(`${PAGE}/**`, (route) => {
        const token = tokens[new URL(route.request().url()).pathname as keyof typeof tokens];
        const body = token ?? '<!doctype html><title>A shop</title>';
        return route.fulfill({ contentType: token ? 'text/plain' : 'text/html', body });
      });
      await page.goto(`${PAGE}/`);
    });
    afterAll(() => page?.close());

    /** Signs in, sends with what that gave, and reads the answer: as a page's script does. */
    const sends = (stream: string, signIn: string | undefined, more: object = {}) =>
      page.evaluate(
        `(async () => {
          const signIn = ${JSON.stringify(signIn ?? null)};
          const token = signIn && (await (await fetch(signIn)).text());
          const answer = await fetch(${JSON.stringify(`${url}/events/${stream}`)}, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(token && { authorization: 'Bearer ' + token }),
              ...${JSON.stringify(more)},
            },
            body: JSON.stringify({ from: 'a page' }),
          });
          const { code, message } = await answer.json();
          return [answer.status, code, message, answer.headers.get('x-amzn-ErrorType')];
        })()`,
      );

    test('sends with the token of its visitor, who is in the record', async () => {
      const [status] = (await sends('partners', '/sign-in-as-partner')) as [number];

      expect(status).toBe(200);
      const found = await stage.recordsOf('partners');
      expect(found).toContainEqual(
        expect.objectContaining({
          body: '{"from":"a page"}',
          principal: SUBJECT,
          claims: { email: 'page@example.com' },
        }),
      );
      expect(((await sends('orders', '/sign-in')) as [number])[0]).toBe(200);
      const key = { 'x-api-key': await stage.keyOf('acme') };
      expect(((await sends('keyed', undefined, key)) as [number])[0]).toBe(200);
    });

    test.each<[string, () => Promise<unknown>, number, string, RegExp]>([
      ['without a token', () => sends('orders', undefined), 401, 'UNAUTHORIZED', /^Unauthorized$/],
      [
        'with one that has expired',
        () => sends('orders', '/sign-in-yesterday'),
        401,
        'UNAUTHORIZED',
        /^The incoming token has expired$/,
      ],
      [
        'with one of another pool',
        () => sends('orders', '/sign-in-as-partner'),
        401,
        'UNAUTHORIZED',
        /^Unauthorized$/,
      ],
      ['without a key', () => sends('keyed', undefined), 403, 'INVALID_API_KEY', /^Forbidden$/],
      [
        'without a signature',
        () => sends('signed', undefined),
        403,
        'MISSING_AUTHENTICATION_TOKEN',
        /^Missing Authentication Token$/,
      ],
      [
        'that a function denies',
        () => sends('hooks?tenant=acme', undefined, { 'x-word': 'deny' }),
        403,
        'ACCESS_DENIED',
        /explicit deny/,
      ],
      [
        'whose function fails',
        () => sends('hooks?tenant=acme', undefined, { 'x-word': 'broken' }),
        500,
        'AUTHORIZER_CONFIGURATION_ERROR',
        /./,
      ],
    ])('%s, reads why it is refused', async (_, refused, status, code, message) => {
      expect(await refused()).toEqual([
        status,
        code,
        expect.stringMatching(message),
        expect.stringMatching(/Exception$/),
      ]);
    });
  },
  { args: ARGS },
);
