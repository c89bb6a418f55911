import { type JsonDialect, jsonService } from '../../../src/core/protocol/json';
import { awsRequest } from '../../support/aws-request';
import { notesService } from './notes-service';

function setUp(dialect?: JsonDialect) {
  const { definition, caller, ...rest } = notesService();
  const service = jsonService(definition, dialect);
  const call = async (action: string, input: unknown) => {
    const { status, body, headers } = await service.handle(
      awsRequest({
        caller,
        headers: { 'x-amz-target': `Notes_2026.${action}` },
        body: typeof input === 'string' ? input : JSON.stringify(input),
      }),
    );
    return { status, body: body === '' ? '' : JSON.parse(String(body)), headers };
  };
  return { ...rest, call };
}

test('an operation is run with its input, under its name in policies', async () => {
  const { call, asked, store } = setUp();

  const made = await call('PutNote', { Name: 'second', Text: 'a', Unknown: 1 });
  const read = await call('GetNote', { Name: 'second', Copies: 3 });

  expect(made).toMatchObject({ status: 200, body: '' });
  expect(read).toMatchObject({ status: 200, body: { Text: 'aaa', Read: 1.5 } });
  expect(read.headers['content-type']).toBe('application/x-amz-json-1.1');
  expect(store.get('second')).toBe('a');
  expect(asked).toEqual(['notes:PutNote arn:note/second', 'notes:ReadNote *']);
});

test.each([
  [{}, 'ValidationException', "Value null at 'name' failed to satisfy constraint: Member must not"],
  [{ Name: 'too long a name' }, 'ValidationException', 'length less than or equal to 8'],
  [{ Name: '', Copies: 10 }, 'ValidationException', '2 validation errors detected: '],
  [{ Name: 'x', Links: [{}] }, 'ValidationException', "null at 'links.1.member.url'"],
  [{ Name: 1 }, 'SerializationException', 'can not be converted to an String'],
  ['[]', 'SerializationException', 'not a JSON object'],
  ['{', 'SerializationException', 'not valid JSON'],
  [{ Name: 'x', Secret: 'y' }, 'NotImplemented', 'the parameter Secret of notes:PutNote'],
  [{ Name: 'locked' }, 'AccessDeniedException', 'no'],
])('%j is refused with %s, and changes nothing', async (input, type, message) => {
  const { call, store } = setUp();

  const { status, body } = await call('PutNote', input);

  expect(status).toBe(type === 'NotImplemented' ? 501 : 400);
  expect(body).toEqual({ __type: type, message: expect.stringContaining(message) });
  expect(store.size).toBe(1);
});

test.each(['DropNote', 'constructor', '__proto__', ''])('%j is refused by name', async (action) => {
  const { status, body } = await setUp().call(action, {});

  expect(status).toBe(400);
  expect(body).toEqual({
    __type: 'UnknownOperationException',
    message: `The embedded AWS does not implement notes:${action}.`,
  });
});

test('members that say nothing are not refused', async () => {
  const { call } = setUp();

  const answers = await Promise.all(
    [null, '', false, [], {}].map((Secret) => call('PutNote', { Name: 'x', Secret })),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('a defect is InternalFailure', async () => {
  const { status, body } = await setUp().call('GetNote', { Name: 'broken' });

  expect(status).toBe(500);
  expect(body.__type).toBe('InternalFailure');
});

test('JSON 1.0 answers an empty object, and errors with the query protocol’s code', async () => {
  const { call } = setUp({ version: '1.0', withQueryErrors: true });

  const made = await call('PutNote', { Name: 'x' });
  const missing = await call('GetNote', { Name: 'nothing' });

  expect(made).toMatchObject({ status: 200, body: {} });
  expect(missing).toMatchObject({
    status: 404,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': 'NoSuchNote;Sender',
    },
  });
});
