import { type AwsOptions, createAws } from '../../../src/aws';
import type { HttpRequest } from '../../../src/core/http';
import { awsRequest } from '../../support/aws-request';

// Raw requests, as browsers, SDKs and attackers send them, to an embedded AWS in this process.

type Headers = Readonly<Record<string, string>>;

interface Raw {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: string;
}

const EVIL = 'https://evil.example';
const APP = 'http://localhost:3000';
const JSON_11 = 'application/x-amz-json-1.1';
const FORM = 'application/x-www-form-urlencoded';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:60.0) Gecko/20100101 Firefox/60.0';

const scope = (service: string) => `local/20261122/us-east-1/${service}/aws4_request`;
const signed = (service: string, more: Headers = {}): Headers => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${scope(service)}, SignedHeaders=host, Signature=0`,
  ...more,
});
const presigned = (service: string, more: Record<string, string> = {}): string =>
  new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': scope(service),
    'X-Amz-Date': '20261122T000000Z',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0',
    ...more,
  }).toString();

const listStreams: Raw = {
  headers: signed('kinesis', {
    'content-type': JSON_11,
    'x-amz-target': 'Kinesis_20131202.ListStreams',
  }),
  body: '{}',
};
const describeStacks: Raw = {
  headers: signed('cloudformation', { 'content-type': `${FORM}; charset=utf-8` }),
  body: 'Action=DescribeStacks&Version=2010-05-15',
};
const getRestApis: Raw = { method: 'GET', path: '/restapis', headers: signed('apigateway') };
const invokeFunction: Raw = {
  path: '/2015-03-31/functions/f/invocations',
  headers: signed('lambda', { 'content-type': 'application/octet-stream' }),
  body: '{}',
};
const listBuckets: Raw = { method: 'GET', headers: signed('s3') };
const health: Raw = { method: 'GET', path: '/_aws/health' };

const plus = (raw: Raw, headers: Headers): Raw => ({
  ...raw,
  headers: { ...raw.headers, ...headers },
});

function send(raw: Raw, options: AwsOptions = {}) {
  const { headers, ...rest } = raw;
  const request: HttpRequest = awsRequest({
    ...rest,
    headers: { host: '127.0.0.1:4566', ...headers },
  });
  return createAws(options).handle(request);
}

/** Answers of services behind the fence; none of the fence's own errors matches these. */
const ANSWERS: readonly [string, Raw, RegExp][] = [
  ['Kinesis', listStreams, /"StreamNames":\[\]/],
  ['CloudFormation', describeStacks, /<DescribeStacksResult>/],
  ['API Gateway', getRestApis, /"_embedded"|"item"|\{\}/],
  ['Lambda', invokeFunction, /Function not found/],
  ['S3', listBuckets, /<ListAllMyBucketsResult/],
  ['health', health, /"embeddedAws":true/],
];

const HARMLESS: readonly [string, Headers][] = [
  ['nothing else', {}],
  ["the headers of Node's fetch", { 'sec-fetch-mode': 'cors', 'accept-language': '*' }],
  ['an address that was typed', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['localhost', { host: 'localhost:4566' }],
  ['a container', { host: 'host.docker.internal:4566' }],
  ['IPv6', { host: '[::1]:4566' }],
  ['a proxy’s headers', { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }],
];

describe.each(ANSWERS)('%s', (service, raw, answer) => {
  test.each(HARMLESS)('answers a program with %s', async (_name, headers) => {
    const { body } = await send(plus(raw, headers));

    expect(body.toString()).toMatch(answer);
  });

  test.each<[string, Headers, string]>([
    ['a rebound name', { host: 'rebind.example:4566' }, '--allow-host rebind.example'],
    ['several hosts', { host: '127.0.0.1, rebind.example' }, 'must name one host'],
    ['no host', { host: '' }, 'must name one host'],
    ['a page', { origin: EVIL, 'sec-fetch-site': 'cross-site' }, `--allow-origin ${EVIL}`],
    ['a page of an older browser', { origin: EVIL }, `--allow-origin ${EVIL}`],
    ['a page that is given no origin', { origin: 'null' }, 'does not tell its origin'],
    [
      'a page of another port',
      { origin: APP, 'sec-fetch-site': 'same-site' },
      `--allow-origin ${APP}`,
    ],
    ['an image', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 'does not tell'],
    ['a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'does not tell'],
    ['a Referer alone', { referer: `${EVIL}/` }, `--allow-origin ${EVIL}`],
    // A page behind an API, or one in a bucket, has the same origin as all services.
    [
      'a page from here',
      { origin: 'http://127.0.0.1:4566', 'sec-fetch-site': 'same-origin' },
      '--allow-origin http://127.0.0.1:4566',
    ],
    [
      'a page from here that reads',
      { 'sec-fetch-site': 'same-origin' },
      '--allow-origin http://127',
    ],
  ])('refuses %s', async (_name, headers, reason) => {
    const { status, body, headers: given } = await send(plus(raw, headers));

    expect(status).toBe(403);
    expect(body.toString()).toMatch(/AccessDenied/);
    expect(body.toString()).toContain(reason);
    expect(body.toString()).not.toMatch(answer);
    expect(Object.keys(given).join()).not.toMatch(/access-control/i);
  });

  test('refuses a page whatever the signature is', async () => {
    const options = { strict: true, secretAccessKey: 'known-to-the-owner' };
    const { status, body } = await send(plus(raw, { origin: EVIL }), options);

    expect(status).toBe(403);
    expect(body.toString()).toContain(`--allow-origin ${EVIL}`);
  });

  test('answers a page that is named, so that it can read', async () => {
    const { status, body, headers } = await send(
      plus(raw, { origin: APP, 'sec-fetch-site': 'same-site' }),
      { allowOrigins: [APP] },
    );

    expect(body.toString()).toMatch(answer);
    expect(status).not.toBe(403);
    // Kinesis's own headers are known: kinesalite, test/connection.js, recorded until 2020.
    const [origin, exposed] =
      service === 'Kinesis' ? ['*', 'x-amzn-RequestId'] : [APP, 'content-type'];
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-expose-headers']).toContain(exposed);
  });

  test('refuses a page that is not the one that is named', async () => {
    const { status } = await send(plus(raw, { origin: EVIL }), { allowOrigins: [APP] });

    expect(status).toBe(403);
  });

  test('answers to a name that is given', async () => {
    const named = plus(raw, { host: 'aws.test:4566' });

    expect((await send(named, { allowHosts: ['aws.test'] })).body.toString()).toMatch(answer);
    expect((await send(named)).status).toBe(403);
  });
});

const PREFLIGHT = {
  method: 'OPTIONS',
  headers: {
    origin: APP,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type,x-amz-target',
    'access-control-request-private-network': 'true',
  },
};

test('a page that is named may send what an SDK sends', async () => {
  const { status, headers } = await send(PREFLIGHT, { allowOrigins: [APP] });

  expect(status).toBe(200);
  expect(headers).toEqual({
    'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'authorization,content-type,x-amz-target',
    'access-control-max-age': '172800',
    'access-control-allow-private-network': 'true',
  });
});

test('a page that is named may send to a path of a service that has many', async () => {
  const { status, headers } = await send(
    { ...PREFLIGHT, path: '/restapis' },
    { allowOrigins: [APP] },
  );

  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'access-control-allow-origin': APP,
    'access-control-allow-methods': 'POST',
    'access-control-max-age': '600',
  });
});

test('OPTIONS of a named page is answered without a method to ask for, as on AWS', async () => {
  const { status, headers } = await send(
    { method: 'OPTIONS', headers: { origin: APP } },
    { allowOrigins: [APP] },
  );

  expect([status, headers['access-control-allow-origin']]).toEqual([200, '*']);
});

test('another page is not let send anything', async () => {
  const { status, headers } = await send(PREFLIGHT);

  expect(status).toBe(403);
  expect(Object.keys(headers).join()).not.toMatch(/access-control/i);
});

test('a named page can read errors as well', async () => {
  const unsigned = { path: '/restapis', headers: { origin: APP } };
  const { status, headers } = await send(unsigned, { allowOrigins: [APP] });

  expect(status).toBe(403);
  expect(headers['access-control-allow-origin']).toBe(APP);
});

// Requests that old browsers send without a preflight and without any sign of a page.
test.each<[string, Raw, string]>([
  [
    'a stack, made by a form of an older browser',
    {
      query: presigned('cloudformation'),
      headers: { 'content-type': 'text/plain' },
      body: 'Action=CreateStack',
    },
    'header Authorization',
  ],
  [
    'a stack, made by a form of its protocol',
    {
      query: presigned('cloudformation'),
      headers: { 'content-type': FORM },
      body: 'Action=CreateStack',
    },
    'header Authorization',
  ],
  [
    'a stack, deleted by a link',
    {
      method: 'GET',
      query: presigned('cloudformation', { Action: 'DeleteStack', StackName: 's' }),
    },
    'header Authorization',
  ],
  [
    'a function, run by a form',
    { ...invokeFunction, query: presigned('lambda'), headers: { 'content-type': 'text/plain' } },
    'header Authorization',
  ],
  [
    'an API, read by a link',
    { method: 'GET', path: '/restapis', query: presigned('apigateway'), headers: {} },
    'header Authorization',
  ],
  [
    'credentials in the query beside an Authorization of something else',
    { ...getRestApis, query: presigned('apigateway'), headers: { authorization: 'Basic eDp5' } },
    'header Authorization',
  ],
  [
    'a role, assumed by a link',
    { method: 'GET', query: presigned('sts', { Action: 'AssumeRole' }) },
    'header Authorization',
  ],
  [
    'a role, assumed behind another action',
    {
      method: 'GET',
      query: `Action=GetCallerIdentity&${presigned('sts', { Action: 'AssumeRole' })}`,
    },
    'header Authorization',
  ],
  [
    'objects, deleted by a form',
    {
      path: '/bucket',
      query: `delete=&${presigned('s3')}`,
      headers: { 'content-type': 'text/plain', 'user-agent': FIREFOX },
      body: '<Delete/>',
    },
    'no form',
  ],
  [
    'text for CloudFormation',
    plus(describeStacks, { 'content-type': 'text/plain' }),
    "'text/plain'",
  ],
  [
    'a form with parts for IAM',
    { headers: signed('iam', { 'content-type': 'multipart/form-data; boundary=x' }), body: 'x' },
    "'multipart/form-data'",
  ],
  [
    'a form for API Gateway',
    {
      path: '/restapis',
      headers: signed('apigateway', { 'content-type': FORM }),
      body: '{"name":"a"}',
    },
    `'${FORM}'`,
  ],
  [
    'text for logs',
    {
      headers: signed('logs', {
        'content-type': 'Text/Plain;charset=UTF-8',
        'x-amz-target': 'Logs_20140328.DescribeLogGroups',
      }),
      body: '{}',
    },
    "'text/plain'",
  ],
])('refused: %s', async (_, raw, reason) => {
  const { status, body } = await send(raw);

  expect(status).toBe(403);
  expect(body.toString()).toContain(reason);
});

test.each<[string, Raw, RegExp]>([
  [
    'a presigned upload to S3 of any type',
    {
      method: 'PUT',
      path: '/bucket/key',
      query: presigned('s3'),
      headers: { 'content-type': 'text/plain' },
      body: 'text',
    },
    /NoSuchBucket/,
  ],
  [
    'the end of an upload in parts, presigned, as programs send it',
    {
      path: '/bucket/key',
      query: `uploadId=1&${presigned('s3')}`,
      headers: { 'content-type': FORM, 'user-agent': 'axios/1.7' },
      body: '<CompleteMultipartUpload/>',
    },
    /NoSuchBucket|NoSuchUpload|MalformedXML/,
  ],
  [
    'a token that tells who somebody is',
    {
      method: 'GET',
      query: presigned('sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' }),
    },
    /<GetCallerIdentityResult>/,
  ],
  [
    'a query with a signature in the header',
    { ...describeStacks, method: 'GET', query: 'Action=DescribeStacks', body: '' },
    /<DescribeStacksResult>/,
  ],
  [
    'a payload for Lambda of any type',
    plus(invokeFunction, { 'content-type': FORM }),
    /Function not found/,
  ],
  [
    'a type that Kinesis does not speak, which it refuses as AWS does',
    plus(listStreams, { 'content-type': 'text/plain' }),
    /^<UnknownOperationException\/>/,
  ],
])('let in: %s', async (_, raw, answer) => {
  const { body } = await send(raw);

  expect(body.toString()).toMatch(answer);
});

test.each([
  [{ allowHosts: ['http://aws.test'] }, '--allow-host'],
  [{ allowHosts: ['aws.test:4566'] }, '--allow-host'],
  [{ allowHosts: ['*'] }, '--allow-host'],
  [{ allowHosts: [''] }, '--allow-host'],
  [{ allowOrigins: ['*'] }, '--allow-origin'],
  [{ allowOrigins: ['null'] }, '--allow-origin'],
  [{ allowOrigins: ['localhost:3000'] }, '--allow-origin'],
  [{ allowOrigins: ['http://localhost:3000/'] }, '--allow-origin'],
])('the option %j is refused', (options, name) => {
  expect(() => createAws(options)).toThrow(name);
});
