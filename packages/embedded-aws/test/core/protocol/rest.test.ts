import { unsupported } from '../../../src/core/errors';
import { restService } from '../../../src/core/protocol/rest';
import { awsRequest } from '../../support/aws-request';
import { notesService } from './notes-service';

function setUp() {
  const { definition, caller, ...rest } = notesService();
  const service = restService(definition, {
    unknown: ({ method, path }) => unsupported(`notes ${method} ${path}`),
    messageMember: 'Message',
  });
  const call = async (method: string, path: string, query = '') => {
    const answer = await service.handle(awsRequest({ method, path, query, caller }));
    return { ...answer, body: answer.body === '' ? '' : JSON.parse(String(answer.body)) };
  };
  return { ...rest, call };
}

test('the parameters of path and query are the input', async () => {
  const { call, store, asked } = setUp();

  await call('PUT', '/notes/a%20b', 'Text=x&Name=other');
  const read = await call('GET', '/notes/a%20b/', 'Copies=2');

  expect(store.get('a b')).toBe('x');
  expect(read).toMatchObject({ status: 200, body: { Text: 'xx' } });
  expect(asked[0]).toBe('notes:PutNote arn:note/a b');
});

test.each([
  ['GET', '/notes/first', 'Copies=0', 400, 'ValidationException', "'0' at 'copies'"],
  ['GET', '/notes/first', 'Copies=x', 400, 'MalformedInput', "Copies: 'x' is not an integer"],
  ['GET', '/notes/nothing', '', 404, 'NoSuchNote', 'No note nothing'],
  ['GET', '/notes', '', 501, 'NotImplemented', 'notes GET /notes'],
  ['POST', '/notes/first', '', 501, 'NotImplemented', 'notes POST /notes/first'],
])('%s %s?%s is %i %s', async (method, path, query, status, code, message) => {
  const answer = await setUp().call(method, path, query);

  expect(answer).toMatchObject({
    status,
    headers: { 'x-amzn-errortype': code },
    body: { Message: expect.stringContaining(message) },
  });
});
