import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SRC = path.join(__dirname, '..', 'src');

/** The root files wire the rooms to each other, so they may import any. */
const WIRING = [
  'aws.ts',
  'command-line.ts',
  'in-process.ts',
  'index.ts',
  'main.ts',
  'start-message.ts',
];

/**
 * The rooms that each room may import, beside itself and `core`. Services know each other only where
 * AWS has one ask the other: policies are IAM's language, Lambda's code is an object of S3,
 * and its events are records of Kinesis.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  state: [],
  'java-regex': [],
  velocity: ['java-regex'],
  server: ['state'],
  iam: ['state'],
  sts: ['iam'],
  s3: ['iam', 'state'],
  sns: ['iam', 'state'],
  lambda: ['iam', 'kinesis', 's3', 'state'],
  kinesis: ['state'],
  logs: ['state'],
  cloudwatch: ['state'],
  events: ['state'],
  wafv2: ['state'],
  ecr: [],
  apigateway: ['iam', 'java-regex', 'state'],
  cloudformation: ['java-regex', 'state'],
  // The data plane serves what the control plane stores.
  'execute-api': ['apigateway', 'iam', 'java-regex', 'server', 'velocity'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const roomOf = (file: string): string => file.split(path.sep)[0] ?? '';

/** The files and folders of the package that a file imports. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(SRC, file), 'utf8');
  return Array.from(text.matchAll(/(?:from |import\()'(\.[^']*)'/g), ([, specifier = '']) =>
    path.join(path.dirname(file), specifier),
  );
}

test('every room is in the table', () => {
  const rooms = new Set(files.map(roomOf));

  expect([...rooms].sort()).toEqual([...WIRING, ...Object.keys(MAY_IMPORT)].sort());
});

test('rooms import only what they may', () => {
  const forbidden = files
    .filter((file) => !WIRING.includes(file))
    .flatMap((file) => {
      const room = roomOf(file);
      const allowed = [room, 'core', ...(MAY_IMPORT[room] ?? [])];
      return importsOf(file)
        .filter((imported) => !allowed.includes(roomOf(imported)))
        .map((imported) => `${file} imports ${imported}`);
    });

  expect(forbidden).toEqual([]);
});

test('what rooms may import has no circle', () => {
  const remaining = new Map(Object.entries(MAY_IMPORT));
  for (let found = true; found; ) {
    found = false;
    for (const [room, imported] of remaining) {
      if (imported.some((other) => remaining.has(other))) continue;
      remaining.delete(room);
      found = true;
    }
  }

  expect([...remaining.keys()]).toEqual([]);
});
