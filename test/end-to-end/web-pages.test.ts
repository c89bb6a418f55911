import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describeInChromium } from 'dev-kit/testing/browser';
import { type AwsOptions, createAws, type Listener, listen } from 'embedded-aws';
import type { Browser, Page } from 'playwright-core';
import { compiledStack } from '../support/compiled-stack';
import { deployStack } from '../support/deploy-stack';
import { type Attack, type EvilServer, LOADS, serveEvilPages, UNASKED } from './support/evil-pages';

// Attacks of web pages on the embedded AWS, in a real browser. Its own protection of local networks
// is switched off, because not every browser has one.

const REBOUND = 'rebound.example';
const ARGS = [
  `--host-resolver-rules=MAP ${REBOUND} 127.0.0.1`,
  '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets,BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,PrivateNetworkAccessRespectPreflightResults,HttpsUpgrades',
];

const STACK = 'kinesis-rest-proxy-local';
const OBJECT = 'the text of an object';

/** Any page can sign as well as this where signatures are not verified. */
const presigned = (service: string, more: Record<string, string> = {}): string =>
  new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `local/20261122/us-east-1/${service}/aws4_request`,
    'X-Amz-Date': '20261122T000000Z',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0',
    ...more,
  }).toString();

const signed = (service: string): Record<string, string> => ({
  authorization: `AWS4-HMAC-SHA256 Credential=local/20261122/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

/** A stack with a function that leaves a file behind when it runs. */
const stackWith = (marker: string) => ({
  Action: 'CreateStack',
  Version: '2010-05-15',
  StackName: 'evil',
  'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
  TemplateBody: JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'evil',
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: {
            ZipFile: `exports.handler = async () => require('fs').writeFileSync(${JSON.stringify(marker)}, '');`,
          },
        },
      },
    },
  }),
});

const INVOKE = '/2015-03-31/functions/evil/invocations';

/**
 * An embedded AWS with the stack's open stage, an object, and a place where a handler leaves a
 * file.
 */
class Target {
  /**
   * Of every request, in order: browsers tell nobody what came back to a request that they block.
   */
  readonly answered: { readonly url: string; readonly status: number }[] = [];
  readonly folder = mkdtempSync(path.join(tmpdir(), 'web-pages-'));
  readonly port: number;
  readonly url: string;
  readonly #listener: Listener;
  readonly #answers = new EventEmitter();
  readonly #secretAccessKey: string;
  stageUrl = '';

  private constructor(listener: Listener, secretAccessKey: string) {
    this.port = listener.port;
    this.url = `http://127.0.0.1:${listener.port}`;
    this.#listener = listener;
    this.#secretAccessKey = secretAccessKey;
  }

  static async start(options: AwsOptions): Promise<Target> {
    const aws = createAws({ kinesis: { createMs: 1, deleteMs: 1 }, ...options });
    const listener = await listen(0, async (request) => {
      const answer = await aws.handle(request);
      target.answered.push({ url: `${request.path}?${request.query}`, status: answer.status });
      target.#answers.emit('answer');
      return answer;
    });
    const target = new Target(listener, options.secretAccessKey ?? 'local');
    const parameters = {
      authorization: 'NONE',
      accessLogs: 'false',
      endpointThrottles: 'false',
      invokeUrl: `${target.url}/_aws/execute-api/\${RestApi}/local`,
    };
    const outputs = await deployStack(target.sdk(), STACK, compiledStack(parameters, 'local'));
    target.stageUrl = outputs.InvokeUrl ?? '';
    const s3 = new S3Client({ ...target.sdk(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
    await s3.send(new PutObjectCommand({ Bucket: 'files', Key: 'a.txt', Body: OBJECT }));
    s3.destroy();
    return target;
  }

  sdk() {
    const credentials = { accessKeyId: 'local', secretAccessKey: this.#secretAccessKey };
    return { endpoint: this.url, region: 'us-east-1', credentials };
  }

  get marker(): string {
    return path.join(this.folder, 'ran');
  }

  /** Waits until a request with this text in its URL has been answered. */
  async asked(mark: string): Promise<void> {
    while (!this.answered.some(({ url }) => url.includes(mark)))
      await once(this.#answers, 'answer');
  }

  /** All that pages may have done. */
  async harm() {
    const [cloudFormation, kinesis, lambda] = [
      new CloudFormationClient(this.sdk()),
      new KinesisClient(this.sdk()),
      new LambdaClient(this.sdk()),
    ];
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
    const { StreamNames = [] } = await kinesis.send(new ListStreamsCommand({}));
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
    for (const client of [cloudFormation, kinesis, lambda]) client.destroy();
    return {
      stacks: Stacks.map(({ StackName }) => StackName).filter((name) => name !== STACK),
      streams: StreamNames,
      functions: Functions.map(({ FunctionName }) => FunctionName),
      ran: existsSync(this.marker),
    };
  }

  async stop(): Promise<void> {
    await this.#listener.close();
    rmSync(this.folder, { recursive: true });
  }
}

const NO_HARM = { stacks: [], streams: [], functions: [], ran: false };

let evil: EvilServer;
const targets: Target[] = [];
let open: Target;
let strict: Target;

beforeAll(async () => {
  evil = await serveEvilPages();
  open = await Target.start({});
  strict = await Target.start({ strict: true, secretAccessKey: 'no-page-knows-this-one' });
  targets.push(open, strict);
});
afterAll(async () => {
  evil?.close();
  for (const target of targets) await target.stop();
});

let shared: Page | undefined;
let visits = 0;

/** The one page of all tests, each of which loads what it needs into it: a page of its own takes a second. */
async function pageIn(browser: Browser): Promise<Page> {
  shared ??= await browser.newPage();
  return shared;
}

/**
 * Opens a page of somebody else's, on another origin of this machine or under a name of its own.
 */
async function visit(browser: Browser, host: string): Promise<Page> {
  const page = await pageIn(browser);
  visits += 1;
  await page.goto(`http://${host}:${evil.port}/?visit=${visits}`);
  return page;
}

let attacks = 0;

/**
 * Lets the page attack, and waits until the embedded AWS has answered and the page has heard of it.
 * @returns what the embedded AWS answered to each request that came of it, and what the page read
 */
async function attack(
  page: Page,
  kind: Attack,
  target: Target,
  where: string,
  body = '',
  headers: Record<string, string> = {},
): Promise<{ statuses: number[]; read: string }> {
  attacks += 1;
  const mark = `attack=${attacks}.`;
  const absolute = where.startsWith('/') ? target.url + where : where;
  const url = `${absolute}${absolute.includes('?') ? '&' : '?'}${mark}`;
  const call = [kind, url, body, headers].map((value) => JSON.stringify(value)).join(', ');
  const [read] = await Promise.all([page.evaluate(`attack(${call})`), target.asked(mark)]);
  const answers = target.answered.filter((answer) => answer.url.includes(mark));
  return { statuses: answers.map(({ status }) => status), read: String(read) };
}

/** The embedded AWS has refused, and the page has read nothing of it. */
const refused = { statuses: [403], read: '' };

const which = () => [['as it is', open] as const, ['that verifies signatures', strict] as const];

describeInChromium(
  'a page that the developer',
  (browser) => {
    describe('visits', () => {
      test.each(UNASKED)('makes no stack and runs no function: %s', async (kind) => {
        const page = await visit(browser(), 'localhost');
        for (const [, target] of which()) {
          const stack = new URLSearchParams(stackWith(target.marker)).toString();
          const made = await attack(page, kind, target, `/?${presigned('cloudformation')}`, stack);
          const ran = await attack(page, kind, target, `${INVOKE}?${presigned('lambda')}`, 'x=1');

          expect([made, ran]).toEqual([refused, refused]);
          expect(await target.harm()).toEqual(NO_HARM);
        }
      });

      test.each(LOADS)('does and reads nothing: %s', async (kind) => {
        const page = await visit(browser(), 'localhost');
        for (const [, target] of which()) {
          const queries = [
            `/?${presigned('cloudformation', stackWith(target.marker))}`,
            `/restapis?${presigned('apigateway')}`,
            `/files/a.txt?${presigned('s3')}`,
            `/?${presigned('sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' })}`,
            '/_aws/health',
          ];
          for (const query of queries)
            expect(await attack(page, kind, target, query)).toEqual(refused);
          expect(await target.harm()).toEqual(NO_HARM);
        }
      });

      test.each(['0.0.0.0', 'localhost', 'a.execute-api.localhost'])(
        'gains nothing by the address %s',
        async (host) => {
          const page = await visit(browser(), '127.0.0.1');
          const url = `http://${host}:${open.port}`;
          const query = `/?${presigned('cloudformation')}`;
          const stack = new URLSearchParams(stackWith(open.marker)).toString();
          const answers = [
            await attack(page, 'fetch no-cors', open, url + query, stack),
            await attack(page, 'form as text', open, url + query, stack),
            await attack(
              page,
              'fetch without Referer',
              open,
              `${url}/files/a.txt?${presigned('s3')}`,
            ),
            await attack(page, 'image', open, `${url}/_aws/health`),
          ];

          for (const answer of answers) expect(answer).toEqual(refused);
          expect(await open.harm()).toEqual(NO_HARM);
        },
      );

      test('is not let send headers, and so signs nothing', async () => {
        const page = await visit(browser(), 'localhost');
        const headers = {
          ...signed('kinesis'),
          'x-amz-target': 'Kinesis_20131202.CreateStream',
          'content-type': 'application/x-amz-json-1.1',
        };
        const body = '{"StreamName":"evil","ShardCount":1}';
        const answer = await attack(page, 'fetch with headers', open, '/', body, headers);

        // Only the browser has asked.
        expect(answer).toEqual(refused);
        expect(await open.harm()).toEqual(NO_HARM);
      });

      test('opens no WebSocket', async () => {
        const page = await visit(browser(), 'localhost');
        const url = open.url.replace('http', 'ws');
        const event = await page.evaluate(
          `new Promise((resolve) => {
          const socket = new WebSocket(${JSON.stringify(url)});
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('error');
        })`,
        );
        expect(event).toBe('error');
      });

      test('gains nothing by windows that a click opens', async () => {
        const page = await visit(browser(), 'localhost');
        const links = [
          [`/?${presigned('cloudformation', stackWith(open.marker))}`, 'GET'],
          [`/?${presigned('cloudformation')}`, 'POST'],
          [`${INVOKE}?${presigned('lambda')}`, 'POST'],
        ] as const;
        for (const [query, method] of links) {
          const button = `<form method="${method}" target="_blank" enctype="text/plain"><button>Win</button></form>`;
          await page.setContent(button);
          await page.evaluate(
            `Object.assign(document.forms[0], { action: ${JSON.stringify(open.url + query)} })`,
          );
          const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('button')]);
          await popup.waitForLoadState();
          expect(await popup.textContent('body')).toMatch(
            /AccessDenied|MissingAuthenticationToken/,
          );
          await popup.close();
        }
        expect(await open.harm()).toEqual(NO_HARM);
      });

      describe('on an open stage without CORS', () => {
        test.each(UNASKED)('writes nothing: %s', async (kind) => {
          const page = await visit(browser(), 'localhost');
          for (const [, target] of which()) {
            for (const body of ['', 'x=1']) {
              const url = `${target.stageUrl}/streams/evil`;
              expect(await attack(page, kind, target, url, body)).toEqual(refused);
            }
            expect(await target.harm()).toEqual(NO_HARM);
          }
        });

        test('reads nothing', async () => {
          const page = await visit(browser(), 'localhost');

          // Reads are served as on AWS, but the browser hides the answer from the page.
          const url = `${open.stageUrl}/streams`;
          for (const kind of ['fetch cors GET', 'script', 'frame'] as const) {
            const answer = await attack(page, kind, open, url);
            expect(answer).toEqual({ statuses: [200], read: '' });
          }
        });
      });

      test('under a rebound name reads nothing, as if it were of the same origin', async () => {
        for (const [, target] of which()) {
          const page = await pageIn(browser());
          await page.goto(`http://${REBOUND}:${target.port}/`);
          const headers = {
            ...signed('kinesis'),
            'x-amz-target': 'Kinesis_20131202.CreateStream',
            'content-type': 'application/x-amz-json-1.1',
          };
          const asked = [
            ['/_aws/health', {}],
            [new URL(`${target.stageUrl}/streams`).pathname, {}],
            [`${new URL(target.stageUrl).pathname}/streams/evil`, { method: 'POST' }],
            ['/', { method: 'POST', headers, body: '{"StreamName":"evil","ShardCount":1}' }],
            [`/files/a.txt?${presigned('s3')}`, {}],
          ];
          for (const [where, init] of asked) {
            const call = `fetch(${JSON.stringify(where)}, ${JSON.stringify(init)})`;
            const answer = await page.evaluate(
              `${call}.then(async (answer) => [answer.status, await answer.text()])`,
            );
            expect(answer).toEqual([403, expect.stringContaining(`--allow-host ${REBOUND}`)]);
          }
          expect(await target.harm()).toEqual(NO_HARM);
        }
      });
    });

    describe('has named', () => {
      test('calls what it likes, and reads the answers', async () => {
        const origin = `http://localhost:${evil.port}`;
        const target = await Target.start({ allowOrigins: [origin] });
        targets.push(target);
        const page = await visit(browser(), 'localhost');
        const headers = {
          ...signed('kinesis'),
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'Kinesis_20131202.ListStreams',
        };
        const listed = await attack(page, 'fetch with headers', target, '/', '{}', headers);
        const made = await attack(
          page,
          'fetch no-cors',
          target,
          `${target.stageUrl}/streams/wanted`,
        );
        const form = `/?${presigned('cloudformation')}`;
        const stack = new URLSearchParams(stackWith(target.marker)).toString();
        const unsigned = await attack(page, 'fetch no-cors', target, form, stack);

        expect(listed).toEqual({
          statuses: [200, 200],
          read: expect.stringContaining('"StreamNames":[]'),
        });
        expect(made.statuses).toEqual([200]);
        expect(unsigned).toEqual(refused);
        expect(await target.harm()).toEqual({ ...NO_HARM, streams: ['wanted'] });
      });

      test('is another one under another name or port', async () => {
        const target = await Target.start({ allowOrigins: [`http://localhost:${evil.port}`] });
        targets.push(target);
        const page = await visit(browser(), '127.0.0.1');
        const answer = await attack(
          page,
          'fetch no-cors',
          target,
          `${target.stageUrl}/streams/evil`,
        );

        expect(answer).toEqual(refused);
        expect(await target.harm()).toEqual(NO_HARM);
      });
    });
  },
  { args: ARGS },
);
