import { deflateRawSync } from 'node:zlib';
import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import type { Properties } from '../../src/core/resource-handler';
import { createIam } from '../../src/iam';
import { inProcess } from '../../src/in-process';
import { createLambda, type Lambda, lambdaResourceHandlers } from '../../src/lambda';
import { readZip } from '../../src/lambda/zip';
import { createS3 } from '../../src/s3';
import { testCaller } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';
import { send } from '../support/send';

// Each run starts a process, which on a busy machine takes its time. This bound only ends what hangs.
jest.setTimeout(60_000);

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

/** A zip archive: every second file deflated, the others stored. */
function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    const method = index % 2 === 0 ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const path = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(path.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(text.length, 24);
    central.writeUInt16LE(path.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, path, packed);
    centrals.push(central, path);
    offset += local.length + path.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const lambdas: Lambda[] = [];

afterEach(async () => {
  await Promise.all(lambdas.splice(0).map((lambda) => lambda.close()));
});

/** A function called `fn`, from the text of `index.js` or from an archive. */
async function functionOf(code: string | Buffer, more: Properties = {}) {
  const iam = createIam();
  const s3 = createS3();
  const logged: string[] = [];
  const streams = new Set<string>();
  const lambda = createLambda({
    runtime: {
      credentialsOf: (role, name, scope) =>
        iam.serviceCredentials(role, 'lambda.amazonaws.com', name, scope),
      writeLog: (_scope, group, stream, lines) => {
        logged.push(group, ...lines);
        streams.add(stream);
      },
    },
  });
  lambdas.push(lambda);
  const role = iam.account(testCaller).createRole({ name: 'fn', trustPolicy: TRUST });
  await send(s3, { method: 'PUT', path: '/code' });
  if (typeof code !== 'string') {
    await send(s3, { method: 'PUT', path: '/code/fn.zip', body: code });
  }
  const handlers = lambdaResourceHandlers(lambda, { iam, s3 });
  const handler = handlerFor(handlers, 'AWS::Lambda::Function');
  const properties = {
    FunctionName: 'fn',
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: role.arn,
    Timeout: 30,
    Code: typeof code === 'string' ? { ZipFile: code } : { S3Bucket: 'code', S3Key: 'fn.zip' },
    ...more,
  };
  await handler.create(resourceContext(), properties);
  const update = (changes: Properties) =>
    handler.update(resourceContext(), 'fn', { ...properties, ...changes }, properties);
  const client = new LambdaClient(inProcess(lambda));
  const invoke = async (payload?: unknown, input: Partial<InvokeCommandInput> = {}) => {
    const Payload = payload === undefined ? undefined : JSON.stringify(payload);
    const answer = await client.send(new InvokeCommand({ FunctionName: 'fn', Payload, ...input }));
    const text = answer.Payload?.transformToString();
    return { ...answer, payload: text ? JSON.parse(text) : undefined };
  };
  return { lambda, invoke, update, iam, logged, streams };
}

describe('invoking a function', () => {
  test('answers although something that it started goes on', async () => {
    const { invoke } = await functionOf(
      `const { spawn } = require('node:child_process');
      exports.handler = async () => {
        const options = { stdio: 'inherit', detached: true };
        const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120_000)'], options);
        child.unref();
        return child.pid;
      };`,
    );

    const { payload } = await invoke();

    // It is still there: had the answer waited for it, it would not be.
    expect(process.kill(payload, 'SIGKILL')).toBe(true);
  });

  test('hands it event, context and environment, and its result back', async () => {
    const { invoke, iam } = await functionOf(
      `exports.handler = async (event, context) => ({
        event, name: context.functionName, left: context.getRemainingTimeInMillis(), env: process.env,
      });`,
      { Environment: { Variables: { GREETING: 'grüß' } } },
    );

    const { payload, StatusCode, ExecutedVersion, FunctionError } = await invoke({ a: ['ключ'] });

    expect({ StatusCode, ExecutedVersion, FunctionError }).toEqual({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      FunctionError: undefined,
    });
    expect(payload).toMatchObject({ event: { a: ['ключ'] }, name: 'fn' });
    expect(payload.left).toBeLessThanOrEqual(30_000);
    expect(payload.env).toMatchObject({
      GREETING: 'grüß',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'fn',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    });
    expect(payload.env).not.toHaveProperty('HOME');
    // Its keys are the role's, and nobody else's.
    const caller = iam.callerOf(payload.env.AWS_ACCESS_KEY_ID, 'us-east-1');
    expect(caller?.arn).toBe('arn:aws:sts::000000000000:assumed-role/fn/fn');
    expect(iam.credentialsOf(payload.env.AWS_ACCESS_KEY_ID)).toEqual({
      secretAccessKey: payload.env.AWS_SECRET_ACCESS_KEY,
      sessionToken: payload.env.AWS_SESSION_TOKEN,
    });
  });

  test('starts a process for the first event only, which keeps its state and its log', async () => {
    const { invoke, streams } = await functionOf(
      `let count = 0;
      exports.handler = async (event, { awsRequestId, logStreamName }) =>
        ({ count: ++count, awsRequestId, logStreamName });`,
    );

    const answers = [await invoke(), await invoke()];

    const [first, second] = answers.map(({ payload }) => payload);
    expect([first.count, second.count]).toEqual([1, 2]);
    expect(first.awsRequestId).not.toBe(second.awsRequestId);
    expect(answers.map(({ $metadata }) => $metadata.requestId)).toEqual([
      first.awsRequestId,
      second.awsRequestId,
    ]);
    expect([...streams]).toEqual([first.logStreamName]);
    expect(second.logStreamName).toBe(first.logStreamName);
  });

  test.each([
    ['code', { Code: { ZipFile: "exports.handler = async () => 'other';" } }, 'other'],
    ['configuration', { Environment: { Variables: { NAME: 'other' } } }, '1 other'],
  ])('starts another process for other %s', async (_, changes, expected) => {
    const { invoke, update } = await functionOf(
      'let count = 0; exports.handler = async () => `${++count} ${process.env.NAME}`;',
    );
    expect((await invoke()).payload).toBe('1 undefined');

    await update(changes);

    expect((await invoke()).payload).toBe(expected);
  });

  test('starts another process for who finds AWS elsewhere', async () => {
    const { lambda } = await functionOf(
      'let count = 0; exports.handler = async () => [++count, process.env.AWS_ENDPOINT_URL];',
    );
    const path = '/2015-03-31/functions/fn/invocations';
    const from = async (host: string) =>
      JSON.parse((await send(lambda, { method: 'POST', path, headers: { host } })).text);

    expect([await from('one:1'), await from('two:2'), await from('one:1')]).toEqual([
      [1, 'http://one:1'],
      [1, 'http://two:2'],
      [2, 'http://one:1'],
    ]);
  });

  test.each([
    ['a callback', 'exports.handler = (event, context, done) => setTimeout(done, 1, null, 5);', 5],
    ['no result', 'exports.handler = async () => {};', null],
    ['no event', 'exports.handler = async (event) => event;', {}],
  ])('works with %s', async (_, code, expected) => {
    const { invoke } = await functionOf(code);
    expect((await invoke()).payload).toEqual(expected);
  });

  test.each([
    ['src/handler.run', 'src/handler.js', "exports.run = async () => require('../lib').text;"],
    [
      'src/handler.run',
      'src/handler.mjs',
      "import lib from '../lib.js'; export const run = async () => lib.text;",
    ],
  ])('finds %s in the archive as %s', async (Handler, file, code) => {
    const archive = zipOf({ [file]: code, 'lib.js': "exports.text = 'of the library';" });
    const { invoke } = await functionOf(archive, { Handler });
    expect((await invoke()).payload).toBe('of the library');
  });

  test.each([
    [
      'throws',
      "exports.handler = async () => { throw new TypeError('no'); };",
      { errorType: 'TypeError', errorMessage: 'no' },
    ],
    [
      'has no such export',
      'exports.other = async () => {};',
      { errorType: 'Runtime.HandlerNotFound' },
    ],
    [
      'ends its process',
      'exports.handler = () => process.exit(3);',
      { errorType: 'Runtime.ExitError' },
    ],
    ['is no JavaScript', 'exports.handler = ', { errorType: 'SyntaxError' }],
    [
      'answers with more than 6 MB',
      "exports.handler = async () => 'x'.repeat(6_291_555);",
      {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage:
          'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    ],
  ])('answers with the error of one that %s', async (_, code, payload) => {
    const { invoke } = await functionOf(code);
    expect(await invoke()).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', payload });
  });

  test('does not look for the handler outside of the code', async () => {
    const { invoke } = await functionOf('', { Handler: '../bootstrap.handler' });
    expect((await invoke()).payload).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
  });

  test('ends one that takes longer than it may', async () => {
    const { invoke } = await functionOf(
      'exports.handler = () => new Promise(() => setInterval(() => {}, 1e3));',
      {
        Timeout: 1,
      },
    );
    const { payload, FunctionError } = await invoke();
    expect(FunctionError).toBe('Unhandled');
    expect(payload.errorMessage).toMatch(/Task timed out after 1\.00 seconds$/);
  });

  test('keeps what it prints, and shows the end of it when asked', async () => {
    const { invoke, logged } = await functionOf(
      "exports.handler = async () => { console.log('out'); console.error('err'); };",
    );
    const { LogResult = '' } = await invoke({}, { LogType: 'Tail' });

    const tail = Buffer.from(LogResult, 'base64').toString();
    expect(tail).toMatch(/^START RequestId: .* Version: \$LATEST\n/);
    expect(logged[0]).toBe('/aws/lambda/fn');
    for (const line of ['out', 'err']) {
      expect(tail).toContain(`${line}\n`);
      expect(logged).toContain(line);
    }
    expect(logged.at(-1)).toMatch(
      /^REPORT RequestId: .*Memory Size: 128 MB\tMax Memory Used: \d+ MB$/,
    );
  });

  test('only looks whether it may, on a dry run', async () => {
    const { invoke, logged } = await functionOf('exports.handler = async () => {};');
    expect((await invoke({}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
    expect(logged).toEqual([]);
  });

  test('does not wait for an event', async () => {
    const { invoke, logged } = await functionOf(
      "exports.handler = async () => console.log('ran');",
    );
    expect((await invoke({}, { InvocationType: 'Event' })).StatusCode).toBe(202);
    while (!logged.includes('ran')) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test.each([
    ['a function that is not there', { FunctionName: 'nope' }, 'ResourceNotFoundException'],
    ['a version that is not there', { Qualifier: '7' }, 'ResourceNotFoundException'],
    ['no JSON', { Payload: Buffer.from('{') }, 'InvalidRequestContentException'],
    ['another type', { InvocationType: 'Later' as never }, 'InvalidParameterValueException'],
  ])('is refused for %s', async (_, input, name) => {
    const { invoke } = await functionOf('exports.handler = async () => {};');
    await expect(invoke(undefined, input)).rejects.toMatchObject({ name });
  });

  test('is refused by name for runtimes that are not there', async () => {
    const { invoke } = await functionOf('x', { Runtime: 'python3.13' });
    await expect(invoke()).rejects.toThrow('runs functions of the nodejs runtimes only');
  });
});

describe('an archive', () => {
  test('is read with folders left out', () => {
    const zip = zipOf({ 'a.js': 'a'.repeat(1000), 'folder/': '', 'folder/ü.js': 'ü', empty: '' });
    expect(readZip(zip).map(({ path, data }) => [path, data.toString()])).toEqual([
      ['a.js', 'a'.repeat(1000)],
      ['folder/ü.js', 'ü'],
      ['empty', ''],
    ]);
  });

  test.each([
    ['a path that leads out', zipOf({ '../evil.js': '' })],
    ['an absolute path', zipOf({ '/etc/evil': '' })],
    ['backslashes', zipOf({ '..\\evil': '' })],
    ['no archive', Buffer.from('PK and nothing more')],
    ['an archive that is cut off', zipOf({ 'a.js': 'a' }).subarray(20)],
    ['nothing', Buffer.alloc(0)],
  ])('is refused with %s', (_, zip) => {
    expect(() => readZip(zip)).toThrow('Could not unzip uploaded file.');
  });
});
