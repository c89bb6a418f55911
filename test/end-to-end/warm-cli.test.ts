import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inOrder } from 'dev-kit/testing/in-order';
import {
  bareEnvironment,
  type Finished,
  serverless,
  startEmbeddedAws,
  warmServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';

// The warm CLI of the other tests, beside the real one: the same commands, one after another, with the
// same output and exit code, and the same left in the folder and on AWS.

const test = inOrder();

interface Side {
  readonly aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
  readonly folder: string;
  run(args: readonly string[], more?: NodeJS.ProcessEnv): Promise<Finished>;
  close(): Promise<void>;
}

async function side(run: typeof serverless): Promise<Side> {
  const aws = await startEmbeddedAws();
  const { folder, remove } = serviceCopy();
  const environment = {
    ...bareEnvironment(),
    LOCAL_AWS_PORT: String(aws.port),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    SLS_AWS_MONITORING_FREQUENCY: '50',
  };
  return {
    aws,
    folder,
    run: (args, more) => run(folder, args, { ...environment, ...more }),
    async close() {
      await aws.stop();
      remove();
    },
  };
}

let cold: Side;
let warm: Side;
beforeAll(async () => {
  [cold, warm] = await Promise.all([side(serverless), side(warmServerless)]);
});
afterAll(async () => {
  await Promise.all([cold.close(), warm.close()]);
});

/** Without what differs from run to run: names by chance, times, the folder and the port. */
const normal = ({ output }: Finished, { aws, folder }: Side): string =>
  output
    .replaceAll(folder, '<folder>')
    .replaceAll(String(aws.port), '<port>')
    .replace(/\b(verify-[a-z-]+-local)-\w+-\w+/g, '$1-<id>')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uuid>')
    .replace(/execute-api\/\w+/g, 'execute-api/<api>')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/\d+(\.\d+)? ?(ms|s)\b/g, '<ms>')
    .replace(/\bdeployment \w{6,10}\b/g, 'deployment <id>')
    .replace(/\b[a-z0-9]{10}\b/g, (word) => (/\d/.test(word) ? '<id>' : word));

/** Of a file, before a command; it stays. */
type Change = readonly [file: string, from: string, to: string];

/** A command, with more in its environment. */
interface Row {
  readonly args: readonly string[];
  readonly more?: NodeJS.ProcessEnv;
  readonly changes?: readonly Change[];
}

const nobody = {
  AWS_ACCESS_KEY_ID: '',
  AWS_SECRET_ACCESS_KEY: '',
  HOME: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const template = 'templates/PutRecord.request.vtl';
const NO_STREAMS = 'declare({});';
const LATE = "declare({});\nsetTimeout(() => { throw new Error('late'); });";
const EXIT = 'declare({});\nprocess.exit(7);';

/** One for each way in which a command ends, and each that follows what another has left. */
const rows: readonly (readonly [what: string, code: number, row: Row])[] = [
  ['the version', 0, { args: ['--version'] }],
  ['an unknown parameter', 1, { args: ['package', '--param', 'autorization=NONE'] }],
  ['no credentials', 1, { args: ['deploy', '--stage', 'dev'], more: nobody }],
  ['a deploy', 0, { args: ['deploy', '--skip-verify'] }],
  ['a deploy of the same', 0, { args: ['deploy', '--skip-verify'] }],
  ['what is deployed, in full', 0, { args: ['info', '--verbose'] }],
  ['what is deployed, in short', 0, { args: ['info'] }],
  [
    'an error in serverless.ts',
    1,
    { args: ['package'], changes: [['serverless.ts', 'stages: {},', 'stages: nowhere,']] },
  ],
  [
    'an error of syntax',
    1,
    { args: ['package'], changes: [['serverless.ts', 'stages: nowhere,', 'stages: {,']] },
  ],
  [
    'an error that nobody catches, both put right',
    1,
    {
      args: ['package'],
      changes: [
        ['serverless.ts', 'stages: {,', 'stages: {},'],
        ['streams.ts', NO_STREAMS, LATE],
      ],
    },
  ],
  ['an exit of its own', 7, { args: ['package'], changes: [['streams.ts', LATE, EXIT]] }],
  [
    'a deploy of a changed template, all put right',
    0,
    {
      args: ['deploy', '--skip-verify'],
      changes: [
        ['streams.ts', EXIT, NO_STREAMS],
        [template, '"Data"', '"Date"'],
      ],
    },
  ],
  ['a verification that fails', 1, { args: ['verify', '--only', 'PutRecord'] }],
  ['a removal', 0, { args: ['remove'] }],
  ['a stack that is not there', 2, { args: ['verify'] }],
];

test.each(rows)('%s', async (_, code, { args, more, changes = [] }) => {
  const [expected, actual] = await Promise.all(
    [cold, warm].map(async (its) => {
      for (const [name, from, to] of changes) {
        const file = path.join(its.folder, name);
        const text = readFileSync(file, 'utf8');
        expect(text).toContain(from);
        writeFileSync(file, text.replace(from, to));
      }
      const finished = await its.run(args, more);
      return { code: finished.code, output: normal(finished, its) };
    }),
  );
  expect(actual).toEqual(expected);
  expect(actual?.code).toBe(code);
});
