import { AwsError } from '../../../src/core/errors';
import { parseQueryInput, queryHandler, queryService } from '../../../src/core/protocol/query';
import { awsRequest } from '../../support/aws-request';
import { notesService } from './notes-service';

const handle = queryHandler('sts', 'https://sts.example/doc/', {
  Echo: (input) => ({ Given: JSON.stringify(input), List: ['a', '<b>'] }),
  Fail: () => {
    throw new AwsError('ValidationError', 'Stack with id "x" does not exist');
  },
  Break: () => {
    throw new TypeError('undefined is not a function');
  },
});
const call = (body: string) => handle(awsRequest({ body }));

test('a form becomes nested members and lists', () => {
  const form = new URLSearchParams(
    'Action=X&Version=1&StackName=s&Parameters.member.2.ParameterKey=b&Parameters.member.1.ParameterKey=a&Parameters.member.10.ParameterKey=c&Names.member.1=n&A.B=1',
  );
  expect(parseQueryInput(form)).toEqual({
    StackName: 's',
    Parameters: [{ ParameterKey: 'a' }, { ParameterKey: 'b' }, { ParameterKey: 'c' }],
    Names: ['n'],
    A: { B: '1' },
  });
});

test('prototype names are members like any other', () => {
  const input = parseQueryInput(new URLSearchParams('__proto__.x=1&constructor=y'));
  expect(Object.keys(input).sort()).toEqual(['__proto__', 'constructor']);
  expect(({} as { x?: string }).x).toBeUndefined();
});

test('an answer is XML, lists as members, text escaped', async () => {
  const { status, body } = await call('Action=Echo&A=1');
  expect(status).toBe(200);
  expect(body).toBe(
    '<EchoResponse xmlns="https://sts.example/doc/"><EchoResult><Given>{&quot;A&quot;:&quot;1&quot;}</Given><List><member>a</member><member>&lt;b&gt;</member></List></EchoResult><ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata></EchoResponse>',
  );
});

test('an error is the protocol’s, with code and message', async () => {
  const { status, body } = await call('Action=Fail');
  expect(status).toBe(400);
  expect(body).toContain(
    '<Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id &quot;x&quot; does not exist</Message></Error>',
  );
});

test('an answer is JSON for a client that accepts it, with times in seconds', async () => {
  const json = queryHandler('sts', 'https://sts.example/doc/', {
    Tell: () => ({
      At: new Date(1_500),
      List: ['a'],
      Tags: new Map([['k', 'v']]),
      None: undefined,
    }),
  });
  const headers = { accept: 'application/json' };

  const { body } = await json(awsRequest({ headers, body: 'Action=Tell' }));

  expect(JSON.parse(body.toString())).toEqual({
    TellResponse: {
      TellResult: { At: 1.5, List: ['a'], Tags: { k: 'v' }, None: null },
      ResponseMetadata: { RequestId: '00000000-0000-4000-8000-000000000000' },
    },
  });
});

test('parameters in the query string count, and a body that is no form does not', async () => {
  const headers = { 'content-type': 'application/json' };

  const { status, body } = await handle(
    awsRequest({ query: 'Action=Echo&A=1', headers, body: '{"Action":"Fail"}' }),
  );

  expect({ status, body }).toMatchObject({
    status: 200,
    body: expect.stringContaining('<Given>{&quot;A&quot;:&quot;1&quot;}</Given>'),
  });
});

test('a defect is InternalFailure and no crash', async () => {
  const { status, body } = await call('Action=Break');
  expect(status).toBe(500);
  expect(body).toContain('<Code>InternalFailure</Code>');
});

test.each(['Unknown', 'constructor', '__proto__', ''])(
  'the action %j is refused by name',
  async (action) => {
    const { status, body } = await call(`Action=${action}`);
    expect(status).toBe(400);
    expect(body).toContain(`does not implement sts:${action}.`);
  },
);

describe('declared operations', () => {
  function setUp() {
    const { definition, caller, ...rest } = notesService();
    const service = queryService(definition, 'https://notes.example/doc/');
    const ask = async (body: string) => {
      const answer = await service.handle(awsRequest({ body, caller }));
      return { status: answer.status, text: String(answer.body) };
    };
    return { ...rest, ask };
  }

  test('read texts as their shapes', async () => {
    const { ask, store } = setUp();

    const made = await ask(
      'Action=PutNote&Name=x&Text=a&Copies=2&Links.member.1.Url=u&Labels.entry.1.key=k&Labels.entry.1.value=v',
    );
    const read = await ask('Action=GetNote&Name=x&Copies=2');

    expect(made.status).toBe(200);
    expect(store.get('x')).toBe('a');
    expect(read.text).toContain(
      '<GetNoteResult><Text>aa</Text><Read>1970-01-01T00:00:01.500Z</Read></GetNoteResult>',
    );
  });

  test.each([
    ['Copies=1', 'ValidationException', "Value null at 'name'"],
    ['Name=x&Copies=two', 'MalformedInput', "Copies: 'two' is not an integer"],
    ['Name=x&Links=1', 'MalformedInput', 'Links: Expected list or null'],
    ['Name.member.1=x', 'MalformedInput', 'Name: Start of structure'],
    ['Name=x&Secret=y', 'NotImplemented', 'the parameter Secret of notes:PutNote'],
  ])('refuse %s with %s', async (form, code, message) => {
    const { ask, store } = setUp();

    const { text } = await ask(`Action=PutNote&${form}`);

    expect(text).toContain(`<Code>${code}</Code>`);
    expect(text).toContain(message);
    expect(store.size).toBe(1);
  });
});
