import { rootCaller } from '../../src/core/caller';
import type { AwsRequest, HttpRequest } from '../../src/core/http';
import { credentialScope, ownerOf } from '../../src/server/credentials';
import { Dispatcher } from '../../src/server/dispatch';
import { healthFront } from '../../src/server/health';

const signedFor = (service: string, key = 'AKID'): Partial<HttpRequest> => ({
  headers: {
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261122/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  },
});
const request = (overrides: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
  ...overrides,
});

function dispatcher(handle: (given: AwsRequest) => void = () => {}) {
  const services = ['kinesis', 'sts'].map((signingName) => ({
    signingName,
    handle: async (given: AwsRequest) => {
      handle(given);
      return { status: 200, headers: {}, body: `${signingName} in ${given.caller.region}` };
    },
  }));
  return new Dispatcher(services, [healthFront(['sts', 'kinesis'])], ownerOf);
}

test('the credential scope picks the service and the region', async () => {
  const answer = await dispatcher().handle(request(signedFor('kinesis')));
  expect(answer.body).toBe('kinesis in eu-west-1');
});

test('a presigned request names its service in the query', () => {
  const credential = encodeURIComponent('AKID/20261122/us-east-1/s3/aws4_request');
  expect(credentialScope(request({ query: `X-Amz-Credential=${credential}` }))).toEqual({
    accessKeyId: 'AKID',
    region: 'us-east-1',
    service: 's3',
  });
});

test('a service that is not there is refused by name', async () => {
  const { status, body } = await dispatcher().handle(request(signedFor('dynamodb')));
  expect(status).toBe(400);
  expect(JSON.parse(String(body))).toEqual({
    __type: 'UnknownOperationException',
    message: "The embedded AWS has no service 'dynamodb'. It has: kinesis, sts.",
  });
});

test('a service that can tell its requests refuses those without credentials itself', async () => {
  const aws = new Dispatcher(
    [
      {
        signingName: 'kinesis',
        handle: async () => ({ status: 200, headers: {}, body: '' }),
        unsigned: {
          isFor: ({ headers }) => headers['x-amz-target'] === 'mine',
          refuse: (_request, _id, { code }) => ({ status: 400, headers: {}, body: `own ${code}` }),
        },
      },
    ],
    [],
    ownerOf,
  );

  const mine = await aws.handle(request({ headers: { 'x-amz-target': 'mine' } }));
  const other = await aws.handle(request({ headers: { 'x-amz-target': 'other' } }));

  expect([mine.status, mine.body]).toEqual([400, 'own MissingAuthenticationTokenException']);
  expect(JSON.parse(String(other.body)).__type).toBe('MissingAuthenticationTokenException');
});

test('a signature in both places is refused, whether signatures are verified or not', async () => {
  const { headers = {} } = signedFor('sts');
  const twice = request({ headers, query: 'X-Amz-Algorithm=AWS4-HMAC-SHA256' });
  const { body } = await dispatcher().handle(twice);

  expect(String(body)).toContain("Found both 'X-Amz-Algorithm'");
});

test('an unsigned request is refused as AWS does', async () => {
  const { status, body } = await dispatcher().handle(request());
  expect(status).toBe(403);
  expect(JSON.parse(String(body)).__type).toBe('MissingAuthenticationTokenException');
});

test('a service that breaks answers 500 and the server goes on', async () => {
  const aws = dispatcher(() => {
    throw new TypeError('broken');
  });
  const { status, body } = await aws.handle(request(signedFor('kinesis')));
  expect(status).toBe(500);
  expect(JSON.parse(String(body)).__type).toBe('InternalFailure');
});

test.each(['sts', 'cloudformation', 's3'])(
  'the error of %s is XML, whatever the request looks like',
  async (service) => {
    const aws = dispatcher(() => {
      throw new TypeError('broken');
    });
    const { headers, body } = await aws.handle(request(signedFor(service)));
    expect(headers['content-type']).toMatch(/xml$/);
    expect(String(body)).toContain('</Code>');
  },
);

test('HEAD, which has no body, is refused with the reason in headers', async () => {
  const { status, headers } = await dispatcher().handle(
    request({ method: 'HEAD', headers: { origin: 'https://näme.example' } }),
  );
  expect(status).toBe(403);
  expect(headers).toMatchObject({
    'x-amz-error-code': 'AccessDeniedException',
    'x-amz-error-message': expect.stringContaining('Web pages of https://n?me.example may not'),
  });
});

test.each([
  [
    'AKID/20261122/eu-west-1//aws4_request',
    "Credential should be scoped to a service such as 'kinesis', not ''. ",
  ],
  [
    'AKID/20261122//kinesis/aws4_request',
    "Credential should be scoped to a valid region, not ''. ",
  ],
  [
    'AKID/20261122/eu-west-1/kinesis/aws5_request',
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
  ],
  [
    'AKID/20261122/kinesis',
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/20261122/kinesis'",
  ],
])('the credential %s is refused with what is wrong with it', async (credential, message) => {
  const { body } = await dispatcher().handle(
    request({
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
        'x-amz-date': '20261122T101530Z',
        'x-amz-target': 'Kinesis_20131202.ListStreams',
      },
    }),
  );
  expect(JSON.parse(String(body)).message).toBe(message);
});

test('twelve digits as the access key name an account', () => {
  const scope = { region: 'us-east-1', service: 'kinesis' };
  expect(ownerOf({ ...scope, accessKeyId: '123456789012' }).accountId).toBe('123456789012');
  expect(ownerOf({ ...scope, accessKeyId: 'AKIA' }).accountId).toBe('000000000000');
});

test('health tells that this is the embedded AWS', async () => {
  const { body } = await dispatcher().handle(request({ method: 'GET', path: '/_aws/health' }));
  expect(JSON.parse(String(body))).toEqual({ embeddedAws: true, services: ['kinesis', 'sts'] });
});

test('the owner of a Chinese region’s account is in its partition', () => {
  expect(rootCaller({ accountId: '1'.repeat(12), region: 'cn-north-1' }).arn).toBe(
    'arn:aws-cn:iam::111111111111:root',
  );
});
