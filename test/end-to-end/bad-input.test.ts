import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import path from 'node:path';
import { bareEnvironment, freePort, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

const service = serviceCopy();
afterAll(() => service.remove());

async function refused(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, output } = await warmServerless(service.folder, args, {
    ...bareEnvironment(),
    ...environment,
  });
  expect(code).not.toBe(0);
  expect(output).not.toMatch(/^ {4}at /m);
  return output;
}

test('nothing listens: one line says what to start', async () => {
  const port = String(await freePort());

  expect(await refused(['deploy', '--stage', 'local'], { LOCAL_AWS_PORT: port })).toContain(
    `No embedded AWS answers at http://127.0.0.1:${port}. Start it in another terminal with: npm start`,
  );
});

test('something else listens: it is not deployed onto', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end('hello');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const output = await refused(['deploy', '--stage', 'local'], { LOCAL_AWS_PORT: String(port) });

  expect(output).toContain('Something other than the embedded AWS answers');
  expect(asked).toEqual(['/_aws/health']);
  server.closeAllConnections();
  server.close();
});

test.each([
  [
    ['package', '--stage', 'not_a_stage'],
    'Stage names may contain only ASCII letters, numbers, and hyphens',
  ],
  [['package', '--stage', 'x'.repeat(80)], 'cannot be deployed'],
  [['package', '--param', 'streams=a/b'], "Parameter 'streams' is 'a/b'."],
  [['package', '--param', 'streems=a'], "Unknown parameter 'streems'."],
  [['package', '--param', 'corsOrigins='], '--param corsOrigins=: it takes name=value.'],
  [
    ['package', '--param', 'authorization=OPEN'],
    'It takes AWS_IAM, API_KEY, NONE, COGNITO or LAMBDA.',
  ],
  [['info', '--stage', 'local', '--aws-profile', 'me'], 'Stage local uses no AWS profile'],
  [['local', '--stage', 'dev'], "'serverless local' runs stage local"],
  [['info', '--port', '70000'], '--port (or LOCAL_AWS_PORT) a port'],
  [['info', '--stage', 'dev', '--port', '4570'], '--port is that of the embedded AWS'],
  [
    ['local', '--kinesis', '{"faults": {"rules": [{"throttleRate": 2}]}}'],
    'kinesis.faults.rules[0].throttleRate must be a number from 0 to 1, and not 2.',
  ],
])('%j is refused with what to do', async (args, message) => {
  expect(await refused(args)).toContain(message);
});

test.each([
  ['LOCAL_AWS_PORT', 'http', '--port (or LOCAL_AWS_PORT) a port'],
  ['LOCAL_AWS_PORT', '70000', '--port (or LOCAL_AWS_PORT) a port'],
  ['LOCAL_AWS_ENDPOINT', 'localhost', 'LOCAL_AWS_ENDPOINT takes a URL'],
  ['LOCAL_AWS_ENDPOINT', 'https://kinesis.us-east-1.amazonaws.com', 'names AWS itself'],
])('%s=%s is refused', async (name, value, message) => {
  expect(await refused(['info', '--stage', 'local'], { [name]: value })).toContain(message);
});

test('a stage on AWS without credentials: one line, and nothing is deployed', async () => {
  const output = await refused(['deploy', '--stage', 'dev'], {
    // Were a request sent in spite of all, it would end here.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  });
  expect(output).toMatch(/^No AWS credentials \(.*--aws-profile/m);
});

test('wrong credentials: AWS says so in one line', async () => {
  // In the protocol of the service asked: a form for CloudFormation, JSON for API Gateway.
  const server = createServer((request, response) => {
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>',
      );
      return;
    }
    response.writeHead(403, {
      'content-type': 'application/json',
      'x-amzn-errortype': 'UnrecognizedClientException',
    });
    response.end('{"message":"The security token included in the request is invalid."}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const output = await refused(['deploy', '--stage', 'dev'], {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'AKIAWRONG',
    AWS_SECRET_ACCESS_KEY: 'wrong',
  });

  expect(output).toMatch(/^AWS rejects the credentials \(.*token .* is invalid\)\. Sign in/m);
  server.closeAllConnections();
  server.close();
});

test('a missing template is named', async () => {
  const broken = serviceCopy();
  rmSync(path.join(broken.folder, 'templates', 'PutRecord.request.vtl'));

  const { code, output } = await warmServerless(broken.folder, ['package'], bareEnvironment());

  expect(code).not.toBe(0);
  expect(output).toContain('templates/PutRecord.request.vtl cannot be read.');
  expect(output).not.toMatch(/^ {4}at /m);
  broken.remove();
});
