import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bareEnvironment, freePort, serverless, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';

// Mistakes and mishaps of every day, as the real CLI tells of them: a line that says what to do.

const service = serviceCopy();
const home = mkdtempSync(path.join(tmpdir(), 'home-'));
let aws: Server;
let endpoint: string;

beforeAll(async () => {
  aws = createServer((request, response) => {
    request.resume();
    const isJson = /\/(kinesis|apigateway)\/aws4_request/.test(request.headers.authorization ?? '');
    const [name, message] = ['ExpiredToken', 'The security token is expired'];
    response.writeHead(403, isJson ? { 'x-amzn-errortype': name } : {});
    response.end(
      isJson
        ? JSON.stringify({ message })
        : `<ErrorResponse><Error><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
});

afterAll(() => {
  aws.close();
  service.remove();
  rmSync(home, { recursive: true });
});

/** @returns what follows `Error:` */
async function failure(command: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const given = { ...bareEnvironment(), HOME: home, ...environment };
  const { code, output } = await warmServerless(service.folder, command.split(' '), given);
  expect(code).not.toBe(0);
  expect(output).not.toContain('Warning');
  return output.slice(output.indexOf('Error:')).trimEnd().split('\n').slice(1);
}

const SIGNED = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
// Whichever call of AWS a command makes first, by the framework or by a plugin.

test.each(['deploy', 'verify', 'remove', 'records --stream orders'])(
  '%s: expired credentials',
  async (command) => {
    expect(
      await failure(`${command} --stage dev`, { ...SIGNED, AWS_ENDPOINT_URL: endpoint }),
    ).toEqual([expect.stringMatching(/AWS rejects the credentials \(.*expired\)\. .*sso login/)]);
  },
);

test.each(['deploy', 'sweep', 'info'])('%s: no network', async (command) => {
  const nowhere = `http://127.0.0.1:${await freePort()}`;

  expect(await failure(`${command} --stage dev`, { ...SIGNED, AWS_ENDPOINT_URL: nowhere })).toEqual(
    [
      expect.stringMatching(
        /^(AWS|CloudFormation|Kinesis) does not answer \(.*ECONNREFUSED.*\)\. .*the network/,
      ),
    ],
  );
});

test.each([
  ['serverless.ts', 'const api = ', 'const api = = ', 'Expression expected'],
  ['serverless.ts', 'const api = ', 'const api = nowhere || ', 'nowhere is not defined'],
  [
    'serverless.ts',
    "'./resources/service'",
    "'./resources/servant'",
    "Cannot find module './resources/servant'",
  ],
  ['resources/alarms.ts', 'export ', 'expert ', 'Expected'],
  ['hooks/conditions.ts', 'export ', 'expert ', 'Expected'],
])('a mistake in %s', async (name, before, after, reason) => {
  const file = path.join(service.folder, name);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(before, after));

  const told = await failure('package');

  writeFileSync(file, text);
  expect(told).toEqual([expect.stringMatching(new RegExp(`${name}(:\\d+:\\d+)?: .*${reason}`))]);
});

test('a home that cannot be written is none of its business', async () => {
  const environment = { ...bareEnvironment(), HOME: '/dev/null' };
  const { code, output } = await serverless(service.folder, ['package'], environment);

  expect(output).not.toContain('Error');
  expect(code).toBe(0);
});

test('.serverless cannot be written', async () => {
  const folder = path.join(service.folder, '.serverless');
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(folder, 'a file');

  expect(await failure('package')).toEqual([
    expect.stringMatching(
      /^There is a file where a folder is needed \(.*\.serverless'?\)\. Move it/,
    ),
  ]);
  rmSync(folder);
});
