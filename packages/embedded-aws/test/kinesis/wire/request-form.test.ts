import { decodeCbor } from '../../../src/core/cbor/decode';
import { AwsError } from '../../../src/core/errors';
import type { HttpResponse } from '../../../src/core/http';
import { createKinesis } from '../../../src/kinesis';
import { awsRequest } from '../../support/aws-request';

// Unless noted otherwise, the answers are those of kinesalite's test/connection.js, recorded on the
// live service until 2020.

const JSON_TYPE = 'application/x-amz-json-1.1';
const CBOR_TYPE = 'application/x-amz-cbor-1.1';
const LIST_STREAMS = 'Kinesis_20131202.ListStreams';

interface Sent {
  readonly method?: string;
  readonly type?: string;
  readonly target?: string;
  readonly body?: string | Buffer;
}

const request = ({ method = 'POST', type, target, body = '' }: Sent) =>
  awsRequest({
    method,
    headers: {
      ...(type !== undefined && { 'content-type': type }),
      ...(target !== undefined && { 'x-amz-target': target }),
    },
    body,
  });

const kinesis = createKinesis();
const send = (sent: Sent) => kinesis.handle(request(sent));

/** The content type and the content of an answer. */
function content({ headers, body }: HttpResponse): unknown[] {
  const type = headers['content-type'];
  const read = {
    [JSON_TYPE]: () => JSON.parse(body.toString()),
    [CBOR_TYPE]: () => decodeCbor(Buffer.from(body), 1),
    'application/json': () => JSON.parse(body.toString()),
  }[String(type)];
  return [type, read?.() ?? body];
}

const UNDETERMINED =
  '<AccessDeniedException>\n' +
  '  <Message>Unable to determine service/operation name to be authorized</Message>\n' +
  '</AccessDeniedException>\n';

test.each<[string, Sent]>([
  ['GET', { method: 'GET', type: JSON_TYPE, target: LIST_STREAMS }],
  ['PUT', { method: 'PUT', type: JSON_TYPE, target: LIST_STREAMS, body: '{}' }],
  ['DELETE', { method: 'DELETE' }],
  ['a body without a type and a target', { body: '{}' }],
  ['another type without a target', { type: 'text/plain', body: '{}' }],
])('cannot tell the operation of %s', async (_what, sent) => {
  const answer = await send(sent);

  expect([answer.status, ...content(answer)]).toEqual([403, undefined, UNDETERMINED]);
});

test.each<[string, Sent]>([
  ['another type', { type: 'text/plain', target: LIST_STREAMS, body: '{}' }],
  ['no type', { target: 'Kinesis_20131202.Nothing', body: '{}' }],
])('does not know an operation with %s', async (_what, sent) => {
  const answer = await send(sent);

  expect([answer.status, ...content(answer)]).toEqual([
    404,
    undefined,
    '<UnknownOperationException/>\n',
  ]);
});

test.each<[string, string, Sent]>([
  ['no target', JSON_TYPE, { type: JSON_TYPE, body: '{}' }],
  ['neither target nor body', JSON_TYPE, { type: JSON_TYPE }],
  ['the target of another service', JSON_TYPE, { type: JSON_TYPE, target: 'A.B', body: '{}' }],
  ['no such action', JSON_TYPE, { type: JSON_TYPE, target: `${LIST_STREAMS}2`, body: '{}' }],
  [
    'an action that objects have',
    JSON_TYPE,
    { type: JSON_TYPE, target: 'Kinesis_20131202.toString', body: '{}' },
  ],
  ['no target, in CBOR', CBOR_TYPE, { type: CBOR_TYPE, body: Buffer.from('a0', 'hex') }],
  ['nothing at all', CBOR_TYPE, {}],
])('does not know the operation of a request with %s', async (_what, type, sent) => {
  const answer = await send(sent);

  expect([answer.status, ...content(answer)]).toEqual([
    400,
    type,
    { __type: 'UnknownOperationException' },
  ]);
});

test.each<[string, string, Sent]>([
  ['without a body', JSON_TYPE, { type: JSON_TYPE, target: LIST_STREAMS }],
  ['without type and body', CBOR_TYPE, { target: LIST_STREAMS }],
  ['that is no CBOR', CBOR_TYPE, { type: CBOR_TYPE, target: LIST_STREAMS, body: 'hello' }],
  ['that is no JSON, before its target', JSON_TYPE, { type: JSON_TYPE, body: 'hello' }],
])('cannot read a request %s', async (_what, type, sent) => {
  const answer = await send(sent);

  expect([answer.status, ...content(answer)]).toEqual([
    400,
    type,
    { __type: 'SerializationException' },
  ]);
});

test.each([
  ['{}', 404, 'UnknownOperationException'],
  ['{', 400, 'SerializationException'],
])('answers application/json %s in a special envelope', async (body, status, error) => {
  const answer = await send({ type: 'application/json', target: LIST_STREAMS, body });

  expect([answer.status, ...content(answer)]).toEqual([
    status,
    'application/json',
    { Output: { __type: `com.amazon.coral.service#${error}` }, Version: '1.0' },
  ]);
});

test.each<[string, Sent]>([
  ['an action', { type: JSON_TYPE, target: LIST_STREAMS, body: '{}' }],
  ['a wrong form', { method: 'GET' }],
  ['a foreign type', { type: 'text/plain', target: LIST_STREAMS, body: '{}' }],
])('every answer has both ids: %s', async (_what, sent) => {
  const { headers } = await send(sent);

  expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(Buffer.from(String(headers['x-amz-id-2']), 'base64')).toHaveLength(72);
});

describe('without credentials that hold', () => {
  const missing = new AwsError(
    'MissingAuthenticationTokenException',
    'Missing Authentication Token',
  );
  const refuse = (sent: Sent) => kinesis.unsigned?.refuse(request(sent), 'id', missing);

  test.each<[string, Sent, unknown[]]>([
    [
      'the form is looked at first',
      { type: JSON_TYPE, target: LIST_STREAMS, body: 'hello' },
      [400, JSON_TYPE, { __type: 'SerializationException' }],
    ],
    [
      'the target is looked at first',
      { type: JSON_TYPE, body: '{}' },
      [400, JSON_TYPE, { __type: 'UnknownOperationException' }],
    ],
    [
      'then they are missed',
      { type: JSON_TYPE, target: LIST_STREAMS, body: '{}' },
      [400, JSON_TYPE, { __type: missing.code, message: missing.message }],
    ],
    [
      'they are missed in CBOR',
      { type: CBOR_TYPE, target: LIST_STREAMS, body: Buffer.from('a0', 'hex') },
      [400, CBOR_TYPE, { __type: missing.code, message: missing.message }],
    ],
  ])('%s', (_what, sent, expected) => {
    const answer = refuse(sent);

    expect(answer && [answer.status, ...content(answer)]).toEqual(expected);
  });

  test.each<[string, boolean, Sent]>([
    ['its target', true, { target: LIST_STREAMS }],
    ['its type', true, { type: CBOR_TYPE }],
    ['nothing that says another', true, {}],
    ['the target of another service', false, { type: JSON_TYPE, target: 'Logs_20140328.X' }],
    ['a type of others', false, { type: 'application/x-www-form-urlencoded' }],
  ])('a request with %s is for it: %s', (_what, expected, sent) => {
    expect(kinesis.unsigned?.isFor(request(sent))).toBe(expected);
  });
});
