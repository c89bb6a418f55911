import { inOrder } from 'dev-kit/testing/in-order';
import { endpoints } from '../../resources/endpoints';
import { type DeployedStage, deployedStage } from './support/deployed-stage';

// CORS headers of every kind of answer, on stages that allow no, one or several origins.

const test = inOrder();

const ONE = 'https://app.example';
const OTHER = 'https://other.example:8443';
const FOREIGN = 'https://foreign.example';

let stage: DeployedStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage.stop());

const deploy = (origins?: string) =>
  stage.deploy(...(origins === undefined ? [] : [`corsOrigins=${origins}`]));

interface Ask {
  readonly kind: string;
  readonly path: string;
  readonly status: number;
  readonly init?: RequestInit;
}

const JSON_BODY = { 'content-type': 'application/json' };

/** One request for each kind of answer: whoever gives it has headers of its own. */
const ASKS: readonly Ask[] = [
  { kind: "Kinesis's JSON as it is", path: '/streams', status: 200 },
  {
    kind: 'an answer from a template',
    path: '/streams/cors',
    status: 200,
    init: { method: 'DELETE' },
  },
  { kind: "Kinesis's error", path: '/streams/nowhere', status: 404 },
  {
    kind: "the validator's error",
    path: '/streams/cors/record',
    status: 400,
    init: { method: 'PUT', headers: JSON_BODY, body: '{}' },
  },
  {
    kind: 'an unsupported media type',
    path: '/streams/cors/record',
    status: 415,
    init: { method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'x' },
  },
  { kind: 'no such route', path: '/nowhere', status: 403 },
];

/** The status for a page: any page may read, but only allowed origins may write. */
const statusFor = ({ status, init }: Ask, isNamed: boolean) =>
  isNamed || init === undefined ? status : 403;

let streams = 0;

async function ask(url: string, { path: given, init }: Ask, origin: string) {
  let path = given;
  if (init?.method === 'DELETE') {
    // The template's success needs a stream to delete, and one that is not just being deleted.
    streams += 1;
    path = `${given}-${streams}`;
    await fetch(url + path, { method: 'POST', headers: JSON_BODY, body: '{"ShardCount": 1}' });
  }
  const response = await fetch(url + path, {
    ...init,
    headers: { ...init?.headers, origin },
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function preflight(url: string, path: string, origin: string): Promise<Response> {
  return fetch(url + path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT' },
  });
}

test('off unless the stage names origins: no header, no OPTIONS', async () => {
  const url = await deploy();

  for (const each of ASKS) {
    const { status, headers } = await ask(url, each, ONE);
    expect({ kind: each.kind, status }).toEqual({
      kind: each.kind,
      status: statusFor(each, false),
    });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
  expect((await preflight(url, '/streams', ONE)).status).toBe(403);
});

test.each([ONE, '*'])('one origin, %s: every answer names it, whoever asks', async (allowed) => {
  const url = await deploy(allowed);

  for (const each of ASKS) {
    for (const origin of [ONE, FOREIGN]) {
      const { status, headers } = await ask(url, each, origin);
      const isNamed = allowed === '*' || allowed === origin;
      const expected = { kind: each.kind, status: statusFor(each, isNamed) };
      expect({ kind: each.kind, status }).toEqual(expected);
      expect(headers.get('access-control-allow-origin')).toBe(allowed);
      expect(headers.get('access-control-expose-headers')).toContain('x-amzn-RequestId');
    }
  }
});

test('several origins: the answer names the one that asked, and no other', async () => {
  const url = await deploy(`${ONE},${OTHER}`);

  for (const each of ASKS) {
    for (const origin of [ONE, OTHER]) {
      const { status, headers, body } = await ask(url, each, origin);
      expect({ kind: each.kind, status }).toEqual({ kind: each.kind, status: each.status });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toBe('Origin');
      expect(() => JSON.parse(body)).not.toThrow();
    }
  }
  // The gateway's own errors cannot compute whom they name; see resources/cors.ts.
  const ofKinesis = ASKS.filter(
    ({ status, init }) => init === undefined && (status === 200 || status === 404),
  );
  for (const each of ofKinesis) {
    for (const origin of [FOREIGN, `${ONE},${OTHER}`, 'https://app.example.evil', '', 'null']) {
      const { headers } = await ask(url, each, origin);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  }
});

test('what a page that the stage does not name sends is not done, and the answer says why', async () => {
  const url = await deploy(ONE);
  const body = '{"ShardCount": 1}';
  const post = (stream: string, origin: string) =>
    // A request that a page can send without a preflight.
    fetch(`${url}/streams/${stream}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'text/plain' },
      body: '',
    });
  const refused = await post('planted', FOREIGN);

  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    code: 'ACCESS_DENIED',
    message: expect.stringContaining(`--allow-origin ${FOREIGN}`),
  });
  expect((await fetch(`${url}/streams/planted`)).status).toBe(404);
  const named = await fetch(`${url}/streams/wanted`, {
    method: 'POST',
    headers: { ...JSON_BODY, origin: ONE },
    body,
  });
  expect(named.status).toBe(200);
});

describe('the preflight, where several origins are allowed', () => {
  let url: string;
  test.before(async () => {
    url = await deploy(`${OTHER},${ONE}`);
  });

  test.each([...new Set(endpoints.map(({ path }) => path))])('%s', async (path) => {
    const response = await preflight(url, path.replace('{stream-name}', 'any'), OTHER);

    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(OTHER);
    const methods = endpoints.filter((route) => route.path === path).map(({ method }) => method);
    expect(response.headers.get('access-control-allow-methods')?.split(',')).toEqual(methods);
    expect(response.headers.get('access-control-allow-headers')?.split(',')).toEqual(
      expect.arrayContaining(['Content-Type', 'Authorization', 'X-Api-Key']),
    );
    expect(response.headers.get('access-control-max-age')).toBe('7200');
    expect(response.headers.get('x-deployment-id')).toMatch(/^[a-z0-9]+$/);
  });

  test('a foreign origin gets no permission', async () => {
    const response = await preflight(url, '/streams', FOREIGN);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('browsers send no signature and no key with it', async () => {
    await stage.deploy(`corsOrigins=${ONE}`, 'authorization=AWS_IAM', 'manageStreams=false');
    const response = await preflight(url, '/streams/any', ONE);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toBe('GET');
    const refused = await fetch(`${url}/streams`, { headers: { origin: ONE } });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBe(ONE);
  });
});
