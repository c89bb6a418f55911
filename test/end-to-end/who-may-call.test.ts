import { stageDoorOf } from '../../resources/authorization/doors';
import { endpoints } from '../../resources/endpoints';
import {
  answered,
  bearer,
  type DoorsStage,
  event,
  nothing,
  openDoorsStage,
  outcomeOf,
  PAGE,
  requestFor,
  type Show,
  signature,
  withHeaders,
  withQuery,
} from './support/doors-stage';

// Each way to decide who may call, deployed by the real CLI and called with real tokens, keys and
// signatures; its functions run. Writing and reading have different doors.

let stage: DoorsStage;
let url: string;
beforeAll(async () => {
  stage = await openDoorsStage(() => '{ orders: {} }');
});
afterAll(() => stage?.close());

/** A caller, and the answers they get where the stage is written to, and read from. */
interface Visitor {
  readonly shows: Show;
  readonly write: string;
  readonly read: string;
}

type Visitors = Readonly<Record<string, Visitor>>;

/** Every visitor at every endpoint of the lesson, and at the one for events. */
async function tryAll(visitors: Visitors): Promise<void> {
  const found: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [who, { shows, write, read }] of Object.entries(visitors)) {
    for (const endpoint of endpoints) {
      const name = `${endpoint.id}: ${who}`;
      found[name] = outcomeOf(await answered(requestFor(url, endpoint.id), shows));
      expected[name] = stageDoorOf(endpoint) === 'read' ? read : write;
    }
    found[`event: ${who}`] = outcomeOf(await answered(event(url, 'orders'), shows));
    expected[`event: ${who}`] = write;
  }
  for (const { id } of endpoints) {
    const { url: where, method } = requestFor(url, id);
    found[`preflight of ${id}`] = await preflight(where, method);
    expected[`preflight of ${id}`] = 'allowed';
  }
  expect(found).toEqual(expected);
}

/** A browser asks without credentials, and is told that the page may send some. */
async function preflight(where: string, method: string): Promise<string> {
  const headers = { origin: PAGE, 'access-control-request-method': method };
  const { status, headers: answer } = await fetch(where, { method: 'OPTIONS', headers });
  const allows = (what: string, wanted: string) =>
    (answer.get(`access-control-allow-${what}`) ?? '').toLowerCase().split(',').includes(wanted);
  const isAllowed =
    status === 204 &&
    allows('origin', PAGE) &&
    allows('methods', method.toLowerCase()) &&
    ['authorization', 'x-api-key'].every((name) => allows('headers', name));
  return isAllowed ? 'allowed' : `${status}`;
}

const UNAUTHORIZED = '401 UNAUTHORIZED';
const DENIED = '403 ACCESS_DENIED';
const FAILED = '500 AUTHORIZER_CONFIGURATION_ERROR';
const NO_KEY = '403 INVALID_API_KEY';
const NO_SIGNATURE = '403 MISSING_AUTHENTICATION_TOKEN';

/** A visitor who is let in nowhere. */
const outside = (shows: Show, outcome = UNAUTHORIZED): Visitor => ({
  shows,
  write: outcome,
  read: outcome,
});

/** Tokens that nobody should take, whatever the scopes. */
async function badTokens(scope?: string): Promise<Visitors> {
  const { pool, partners } = stage;
  return {
    nobody: outside(nothing),
    'no token': outside(bearer('sesame')),
    'an expired token': outside(bearer(await pool.expiredToken(scope))),
    'a forged token': outside(bearer(await pool.forgedToken(scope))),
    'an unsigned token': outside(bearer(await pool.unsignedToken(scope))),
    'a token signed with the public key': outside(bearer(await pool.confusedToken(scope))),
    "another pool's token": outside(
      bearer(await (scope === undefined ? partners.idToken() : partners.accessToken(scope))),
    ),
  };
}

test('COGNITO by scope: writing and reading apart', async () => {
  const { pool } = stage;
  url = await stage.open(
    'authorization=COGNITO',
    `userPoolArns=${pool.arn}`,
    'writeScopes=orders/write,orders/all',
    'readScopes=orders/read,orders/all',
  );
  const access = async (scope: string) => bearer(await pool.accessToken(scope));

  await tryAll({
    ...(await badTokens('orders/all')),
    'an ID token': outside(bearer(await pool.idToken())),
    'other scopes': outside(await access('orders/writer aws.cognito.signin.user.admin')),
    'a writer': { shows: await access('openid orders/write'), write: 'in', read: UNAUTHORIZED },
    'a reader': { shows: await access('orders/read'), write: UNAUTHORIZED, read: 'in' },
    both: { shows: await access('orders/all'), write: 'in', read: 'in' },
    'the bare token': {
      shows: withHeaders({ authorization: await pool.accessToken('orders/write') }),
      write: 'in',
      read: UNAUTHORIZED,
    },
  });
});

test('COGNITO without scopes, and keys to read', async () => {
  const { pool } = stage;
  url = await stage.open(
    'authorization=COGNITO',
    `userPoolArns=${pool.arn}`,
    'readAuthorization=API_KEY',
  );
  const user = bearer(await pool.idToken());
  const key = withHeaders({ 'x-api-key': await stage.keyOf('acme') });
  const refused = Object.fromEntries(
    Object.entries(await badTokens()).map(([who, visitor]) => [who, { ...visitor, read: NO_KEY }]),
  );

  await tryAll({
    ...refused,
    'an access token': {
      shows: bearer(await pool.accessToken('orders/write')),
      write: UNAUTHORIZED,
      read: NO_KEY,
    },
    'a user': { shows: user, write: 'in', read: NO_KEY },
    'a producer with a key': { shows: key, write: UNAUTHORIZED, read: 'in' },
    'a user with a key': {
      shows: async (request) => key(await user(request)),
      write: 'in',
      read: 'in',
    },
  });
});

test('LAMBDA asks a function of this serverless.ts about a token; users of the pool read', async () => {
  const { pool } = stage;
  url = await stage.open(
    'authorization=LAMBDA',
    'authorizerFunction=authorize',
    'readAuthorization=COGNITO',
    `userPoolArns=${pool.arn}`,
  );
  const says = (word: string) => withHeaders({ authorization: `${word} acme` });
  const refused = (word: string, write: string) => ({
    shows: says(word),
    write,
    read: UNAUTHORIZED,
  });

  await tryAll({
    nobody: outside(nothing),
    'let in': { shows: says('allow'), write: 'in', read: UNAUTHORIZED },
    denied: refused('deny', DENIED),
    'let in elsewhere': refused('elsewhere', DENIED),
    unknown: refused('whatever', UNAUTHORIZED),
    'a user': { shows: bearer(await pool.idToken()), write: UNAUTHORIZED, read: 'in' },
  });
  const failures = ['broken', 'garbage'].map(async (word) =>
    outcomeOf(await answered(event(url, 'orders'), says(word))),
  );
  expect(await Promise.all(failures)).toEqual([FAILED, FAILED]);
});

test("LAMBDA asks another stack's function about a request; who signs reads", async () => {
  url = await stage.open(
    'authorization=LAMBDA',
    `authorizerFunction=${stage.functionArn}`,
    'authorizerType=REQUEST',
    'identitySource=method.request.header.X-Word,method.request.querystring.tenant',
    'readAuthorization=AWS_IAM',
  );
  const says = (word: string) => withQuery({ tenant: 'acme' }, withHeaders({ 'x-word': word }));
  const writes = (shows: Show, write: string) => ({ shows, write, read: NO_SIGNATURE });

  await tryAll({
    nobody: writes(nothing, UNAUTHORIZED),
    'let in': writes(says('allow'), 'in'),
    'without the query': writes(withHeaders({ 'x-word': 'allow' }), UNAUTHORIZED),
    'without the header': writes(withQuery({ tenant: 'acme' }), UNAUTHORIZED),
    'an empty header': writes(says(''), UNAUTHORIZED),
    denied: writes(says('deny'), DENIED),
    'who signs': { shows: signature, write: UNAUTHORIZED, read: 'in' },
  });
});

test('API_KEY to write; a function is asked about readers, each time', async () => {
  url = await stage.open(
    'authorization=API_KEY',
    'readAuthorization=LAMBDA',
    'authorizerFunction=authorize',
    'authorizerTtlSeconds=0',
    'identityValidation=\\w+ acme',
  );
  const key = (value: string) => withHeaders({ 'x-api-key': value });
  const says = (word: string, tenant = 'acme') =>
    withHeaders({ authorization: `${word} ${tenant}` });
  const reads = (shows: Show, read: string) => ({ shows, write: NO_KEY, read });

  await tryAll({
    nobody: reads(nothing, UNAUTHORIZED),
    'let in to read': reads(says('here'), 'in'),
    'not of the form': reads(says('allow', 'umbrella'), UNAUTHORIZED),
    'who signs': reads(signature, UNAUTHORIZED),
    'a wrong key': reads(key('wrong'), UNAUTHORIZED),
    'one producer': { shows: key(await stage.keyOf('acme')), write: 'in', read: UNAUTHORIZED },
    'another one': { shows: key(await stage.keyOf('umbrella')), write: 'in', read: UNAUTHORIZED },
  });
});
