import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { inOrder } from 'dev-kit/testing/in-order';
import { compiledStack } from '../support/compiled-stack';
import { deployStack } from '../support/deploy-stack';
import { openWorkbench, type Workbench } from './support/workbench';

// The real CLI, where AWS does not answer it or refuses its credentials: what it prints and ends with.

const test = inOrder();

/** Answers in AWS's place, if it does. */
type Meddle = (action: string, answer: ServerResponse) => boolean;

/** Stands between the CLI and AWS; the API itself is reached past it. */
class Between {
  meddle: Meddle = () => false;
  readonly #server: Server;
  readonly #target: URL;

  constructor(endpoint: string) {
    this.#target = new URL(endpoint);
    this.#server = createServer((request, answer) => {
      const { 'x-amz-target': target } = request.headers;
      if (this.meddle(String(target).replace(/.*\./, ''), answer)) return;
      const { method, url: path, headers } = request;
      const { hostname: host, port } = this.#target;
      const onward = httpRequest({ host, port, method, path, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 500, got.headers);
        got.pipe(answer);
      });
      request.pipe(onward);
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

let workbench: Workbench;
let between: Between;
let environment: Record<string, string>;

beforeAll(async () => {
  workbench = await openWorkbench();
  await deployStack(
    workbench.sdk,
    'kinesis-rest-proxy-dev',
    compiledStack({
      invokeUrl: `${workbench.endpoint}/_aws/execute-api/\${RestApi}/dev`,
      accessLogs: 'false',
      endpointThrottles: 'false',
    }),
  );
  between = new Between(workbench.endpoint);
  environment = { AWS_ENDPOINT_URL: await between.open() };
});
afterAll(async () => {
  between.close();
  await workbench.close();
});

async function streams(): Promise<string[]> {
  const kinesis = new KinesisClient(workbench.sdk);
  const { StreamNames: names = [] } = await kinesis.send(new ListStreamsCommand({}));
  kinesis.destroy();
  return names;
}

const verify = (...options: string[]) =>
  workbench.runWith(environment, 'verify', '--stage', 'dev', ...options);

const expired = { __type: 'ExpiredTokenException', message: 'The token is expired' };

function refuse(answer: ServerResponse): true {
  answer.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
  answer.end(JSON.stringify(expired));
  return true;
}

test.each([
  [
    'Kinesis drops connections',
    (answer: ServerResponse) => answer.destroy(),
    5,
    'Kinesis does not answer',
  ],
  ['credentials expire', refuse, 1, 'AWS rejects the credentials (Kinesis: ExpiredTokenException'],
] as const)('%s in the middle: one cause, nothing failed, 4', async (_, act, times, cause) => {
  const file = path.join(workbench.folder, 'verify.json');
  let asked = 0;
  between.meddle = (action, answer) => {
    if (action !== 'GetRecords') return false;
    asked += 1;
    act(answer);
    return true;
  };

  const { code, output } = await verify('--only', 'Single,Batch,Order', '--report', file);

  expect(code).toBe(4);
  expect(asked).toBe(times);
  expect(output).toContain(
    `? PUT /streams/{stream-name}/record: read back from Kinesis, byte for byte (Single)  could not be checked: ${cause}`,
  );
  expect(output).toMatch(/– Not run: 2 checks\. /);
  expect(output).toContain('Verification is incomplete: 3 of ');
  expect(output).not.toContain('✖');
  expect(output).not.toMatch(/^ {4}at /m);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    verdict: 'incomplete',
    cause: expect.stringContaining(cause),
    counts: { failed: 0, unasked: 1, notRun: 2 },
  });
  expect(await streams()).toEqual([]);
});

test('credentials that are refused from the beginning: one line, one request each, 2', async () => {
  let asked = 0;
  between.meddle = (_, answer) => {
    asked += 1;
    answer.writeHead(403, { 'content-type': 'text/xml' });
    answer.end(
      '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The token is expired</Message></Error></ErrorResponse>',
    );
    return true;
  };

  const { code, output } = await verify();

  expect(code).toBe(2);
  // The stack, its template and its resources are asked for at once; the framework asks before.
  expect(asked).toBeLessThanOrEqual(6);
  expect(output).toContain(
    'The stage cannot be verified. AWS rejects the credentials (CloudFormation: ExpiredToken: The token is expired). Sign in again (aws sso login, or new keys), then run the command again.',
  );
  expect(output).not.toContain('✖');
  expect(output).not.toMatch(/^ {4}at /m);
});

test('--keep keeps the stream, of a whole run, and says how to delete it', async () => {
  between.meddle = () => false;

  const { output } = await verify('--keep');

  const [, name = ''] = /aws kinesis delete-stream --stream-name (\S+)/.exec(output) ?? [];
  expect(output).toContain('The throw-away stream is kept.');
  expect(await streams()).toEqual([name]);
  expect(output).toMatch(/Skipped: .*\(--keep keeps the stream\)/);
  expect(output).toContain('answers needed a retry');
});
