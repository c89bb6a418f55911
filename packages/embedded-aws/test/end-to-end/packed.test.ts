import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { npm, packWorkspace } from 'dev-kit/testing/pack';
import { bareEnvironment, type Running, watch } from 'dev-kit/testing/processes';

// The package as others install it: in an empty folder, without this repository.

const PACKAGE = path.join(__dirname, '..', '..');
const MODULES = path.join(PACKAGE, '..', '..', 'node_modules');
const isWindows = process.platform === 'win32';
const manifest = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
/** All modules but the command, which would start. */
const exported = Object.entries<{ readonly types?: string }>(manifest.exports)
  .filter(([name, { types }]) => types !== undefined && name !== './main')
  .map(([name]) => path.posix.join(manifest.name, name));

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'packed-'));
  await packWorkspace('embedded-aws', folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const tarball = `./${manifest.name}-${manifest.version}.tgz`;
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const installed = (...names: readonly string[]) => path.join(folder, 'node_modules', ...names);

function command(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
  const bin = installed('.bin', manifest.name);
  const env = { ...bareEnvironment(), ...environment };
  return watch(spawn(bin, args, { cwd: folder, env, shell: isWindows }));
}

/** The endpoint that the command prints. */
async function endpointOf(running: Running): Promise<string> {
  await running.printed(/http:\S+\n/);
  return /http:\S+/.exec(running.output())?.[0] ?? '';
}

const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

test('nothing is installed with it but what it names', () => {
  const dependencies = Object.keys(manifest.dependencies).sort();
  const { packages } = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'));
  const { dependencies: named } = packages[`node_modules/${manifest.name}`];

  expect(Object.keys(named).sort()).toEqual(dependencies);
  expect(Object.keys(packages).length).toBeLessThan(15);
});

test('the command answers AWS clients until it is interrupted', async () => {
  const running = command(['--port', '0', '--persist', 'state']);
  const settings = clientOf(await endpointOf(running));
  const kinesis = new KinesisClient(settings);
  await kinesis.send(new CreateStreamCommand({ StreamName: 'orders', ShardCount: 1 }));

  expect(await kinesis.send(new ListStreamsCommand())).toMatchObject({ StreamNames: ['orders'] });
  const cloudFormation = new CloudFormationClient(settings);
  expect(await cloudFormation.send(new ListStacksCommand())).toMatchObject({ StackSummaries: [] });

  running.child.kill('SIGINT');
  expect(await running.code).toBe(0);
});

test.each([
  ['--version', 0, `${manifest.version}\n`],
  ['--help', 0, /^Usage: embedded-aws \[options\]\n[\s\S]+ {2}--persist <folder> +\S/],
  ['--prot=1', 2, "embedded-aws: Unknown option '--prot'. See embedded-aws --help.\n"],
  ['--port=x', 2, "embedded-aws: --port takes a port, 0 (any free one) to 65535, and not 'x'.\n"],
  ['--kinesis={"shards":1}', 2, /^embedded-aws: [^\n]+\n$/],
  ['--allow-host=a:b', 2, /^embedded-aws: --allow-host takes [^\n]+\n$/],
  ['--persist=package.json', 1, /^embedded-aws: [^\n]+\n$/],
])('the command with %s says so in a line and exits with %i', async (option, code, output) => {
  const running = command([option], { LOCAL_AWS_PORT: '0' });

  expect(await running.code).toBe(code);
  if (typeof output === 'string') expect(running.output()).toBe(output);
  else expect(running.output()).toMatch(output);
});

test('a port that is taken is one line and exit code 1', async () => {
  const first = command(['--port', '0']);
  const { port } = new URL(await endpointOf(first));
  const second = command(['--port', port]);

  expect(await second.code).toBe(1);
  expect(second.output()).toBe(
    `embedded-aws: Port ${port} is taken. Choose another with --port.\n`,
  );
  first.child.kill('SIGTERM');
  expect(await first.code).toBe(0);
});

test.each(exported)('%s has the same exports for require and import, and types', (name) => {
  const node = (file: string, text: string): string => {
    writeFileSync(path.join(folder, file), text);
    return execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' });
  };
  const required = node(
    'required.cjs',
    `console.log(Object.keys(require('${name}')).sort().join())`,
  );
  const imported = node(
    'imported.mjs',
    `import { ${required.trim()} } from '${name}'; console.log(typeof ${required.split(',')[0]})`,
  );

  expect(required).toMatch(/\w/);
  expect(imported).toMatch(/^(function|object)\n$/);
});

const samples = Array.from(
  readFileSync(path.join(PACKAGE, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]+?)```/g),
  ([, sample = '']) => sample,
);

test('the samples in README run as they are', async () => {
  // The client that they use; the package does not depend on it.
  symlinkSync(path.join(MODULES, '@aws-sdk'), installed('@aws-sdk'), 'junction');

  expect(samples).toHaveLength(2);
  for (const sample of samples) {
    writeFileSync(path.join(folder, 'sample.mjs'), sample);
    const run = watch(spawn(process.execPath, ['sample.mjs'], { cwd: folder }));
    expect([await run.code, run.output()]).toEqual([0, expect.not.stringContaining('Error')]);
  }
});

const CONSUMER = `
import { type AwsError, createAws, type KinesisOptions, type LocalAws, startLocalAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import { createKinesis, type Fault } from 'embedded-aws/kinesis';
import { resourceType } from 'embedded-aws/resource-types';
import { evaluateMappingTemplate } from 'embedded-aws/velocity';

const fault: Fault = { delayMs: 5 };
const options: KinesisOptions = { createMs: 1, faults: () => fault };
export const started: Promise<LocalAws> = startLocalAws({ port: 0, kinesis: options });
export const handler = answeredBy((request) => createAws().handle(request));
export const name: string = createKinesis(options).signingName;
export const properties: string[] = Object.keys(resourceType('AWS::Kinesis::Stream')?.properties ?? {});
export const codeOf = (error: AwsError): string => error.code;
export const text: string = evaluateMappingTemplate('$input.body', {
  body: '{}',
  params: { path: {}, querystring: {}, header: {} },
  context: {},
  stageVariables: {},
}).text;
// @ts-expect-error: a port is a number
startLocalAws({ port: 'any' });
`;

test.each([
  ['nodenext', 'nodenext'],
  ['preserve', 'bundler'],
])(
  'its types resolve under strict TypeScript: module %s, resolution %s',
  async (module, resolution) => {
    const project = path.join(folder, module);
    mkdirSync(project);
    writeFileSync(path.join(project, 'consumer.ts'), CONSUMER);
    const config = {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        target: 'es2023',
        module,
        moduleResolution: resolution,
        types: ['node'],
        typeRoots: [path.join(MODULES, '@types')],
      },
    };
    writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(config));
    const tsc = path.join(MODULES, 'typescript', 'bin', 'tsc');

    const compiled = watch(spawn(process.execPath, [tsc, '-p', project], { cwd: folder }));
    expect([await compiled.code, compiled.output()]).toEqual([0, '']);
  },
);
