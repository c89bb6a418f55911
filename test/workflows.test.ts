import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';

// A few words in a workflow determine what it may do; these tests pin them down.

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': unknown };
  readonly 'runs-on'?: string;
  readonly container?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly (number | string)[]>> };
  readonly needs?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: object } | null>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = path.join(__dirname, '..', '.github', 'workflows');
const files = readdirSync(FOLDER);
const textOf = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');
const workflow = (file: string) => load(textOf(file)) as Workflow;
const jobs = files.flatMap((file) =>
  Object.entries(workflow(file).jobs).map(([name, job]) => ({ name: `${file}: ${name}`, job })),
);

function stepsOf(file: string, job: string): readonly Step[] {
  return workflow(file).jobs[job]?.steps ?? [];
}

test('there are checks, a deployment, a proof and a removal', () => {
  expect(files).toEqual(['ci.yml', 'deploy.yml', 'prove.yml', 'remove.yml']);
});

describe.each(files)('%s', (file) => {
  test('takes every action at a commit, with the version beside it', () => {
    const uses = textOf(file)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line));

    expect(uses).toHaveLength(
      jobs
        .filter(({ name }) => name.startsWith(file))
        .flatMap(({ job }) => job.steps)
        .filter((step) => step.uses).length,
    );
    for (const line of uses)
      expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('may read the repository and, unless a job says more, nothing else', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
  });
});

test('the same action is at the same commit everywhere', () => {
  const commits = new Map<string, Set<string>>();
  for (const { uses } of jobs.flatMap(({ job }) => job.steps)) {
    const [action = '', commit = ''] = uses?.split('@') ?? [];
    commits.set(action, (commits.get(action) ?? new Set()).add(commit));
  }
  expect([...commits.values()].filter(({ size }) => size !== 1)).toEqual([]);
});

describe.each(jobs)('$name', ({ job }) => {
  test("has no expression in a script: an input's text would be run", () => {
    for (const { run = '' } of job.steps) expect(run).not.toContain('${{');
  });

  test('leaves no token in the checkout', () => {
    for (const step of job.steps) {
      if (!step.uses?.startsWith('actions/checkout@')) continue;
      expect(step.with?.['persist-credentials']).toBe(false);
    }
  });

  test('may ask for a token of AWS only where it goes to AWS, in an environment', () => {
    const goesToAws = job.steps.some(({ uses = '' }) => uses.includes('configure-aws-credentials'));

    expect(job.permissions?.['id-token']).toBe(goesToAws ? 'write' : undefined);
    // A proof has no stage of yours: its environment is its own.
    const environments = goesToAws ? ['${{ inputs.stage }}', 'prove'] : [undefined];
    expect(environments).toContain(job.environment);
    const { 'id-token': _, ...others } = job.permissions ?? {};
    expect(Object.values(others).filter((access) => access !== 'read')).toEqual([]);
  });
});

test('the tests run on every Node that the project supports', () => {
  const { test: job } = workflow('ci.yml').jobs;

  expect(job?.strategy?.matrix.node).toEqual([20, 22, 24]);
  expect(job?.steps.map(({ run }) => run)).toEqual(expect.arrayContaining(['npm ci', 'npm test']));
});

test('what .ci/run installs of other lock files and of Python, CI installs', () => {
  const own = readFileSync(path.join(__dirname, '..', '.ci', 'run'), 'utf8');
  const runs = stepsOf('ci.yml', 'test')
    .map(({ run = '' }) => run)
    .join('\n');
  const installed = Array.from(
    own.matchAll(/--prefix \S+|\S+\/requirements\.txt/g),
    ([text]) => text,
  );

  expect(installed.length).toBeGreaterThan(3);
  for (const each of installed) expect(runs).toContain(each);
});

const START = 'node .ci/start-until-ready.mjs 300 npm start';

test('on Windows, macOS and ARM it installs, starts, and runs the unit tests, in the shell of each', () => {
  const { elsewhere } = workflow('ci.yml').jobs;

  expect(elsewhere?.strategy?.matrix.system).toEqual([
    'windows-latest',
    'macos-latest',
    'ubuntu-24.04-arm',
  ]);
  expect(elsewhere?.['runs-on']).toBe('${{ matrix.system }}');
  const runs = elsewhere?.steps.flatMap(({ run }) => run ?? []) ?? [];
  expect(runs.slice(-3)).toEqual(['npm ci', START, 'npm run test:unit']);
  // One command a step: nothing that shells write in different ways.
  for (const run of runs) expect(run).toMatch(/^(npm|node) [\w ./:-]+$/);
  expect(textOf('ci.yml')).not.toContain('shell:');
});

test('on Alpine it installs and starts', () => {
  const { alpine } = workflow('ci.yml').jobs;

  expect(alpine?.container).toMatch(/^node:\d+-alpine$/);
  expect(alpine?.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', START]);
});

test('the unit tier of every package is what CI runs elsewhere', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8'));
  const { projects } = require('../jest.config.cjs');
  const units = projects
    .map(({ displayName }: { displayName: string }) => displayName)
    .filter((name: string) => name.endsWith('unit'));

  expect(units).toHaveLength(3);
  for (const name of units) {
    expect(scripts['test:unit']).toMatch(new RegExp(`(?:^|["\\s])${name}(?:["\\s]|$)`));
  }
});

test('deployment and removal of a stage wait for each other, and are never cut off', () => {
  for (const [file, name] of [
    ['deploy.yml', 'deploy'],
    ['remove.yml', 'remove'],
  ] as const) {
    const job = workflow(file).jobs[name];
    expect(job?.concurrency).toEqual({
      group: 'stage-${{ inputs.stage }}',
      'cancel-in-progress': false,
    });
  }
});

test('a deployment can be called by other workflows and by hand', () => {
  const { on } = workflow('deploy.yml');
  expect(Object.keys(on)).toEqual(['workflow_call', 'workflow_dispatch']);
  expect(on.workflow_call?.inputs).toEqual(on.workflow_dispatch?.inputs);
});

test('a deployment is verified, and taken back when that fails', () => {
  const run = stepsOf('deploy.yml', 'deploy').find(({ run = '' }) => run.includes(' deploy '))?.run;
  expect(run).toContain('--on-failure rollback');
  expect(run).toContain('--report verify.xml,verify.json');
  expect(run).not.toContain('--skip-verify');
});

test('whatever became of it, the report is kept and the leftovers are swept', () => {
  const steps = stepsOf('deploy.yml', 'deploy');
  const deployed = steps.findIndex(({ run = '' }) => run.includes(' deploy '));
  const after = steps.slice(deployed + 1);

  expect(after).toHaveLength(2);
  const [upload, sweep] = after;
  expect(upload?.uses).toContain('upload-artifact');
  expect(upload?.with?.path).toContain('verify.xml');
  expect(sweep?.run).toMatch(/serverless sweep .*--delete/);
  expect(after.map((step) => step.if)).toEqual(['always()', 'always()']);
});

test('a removal is started by hand only, and after the name was typed twice', () => {
  const { on, jobs: removal } = workflow('remove.yml');

  expect(Object.keys(on)).toEqual(['workflow_dispatch']);
  expect(removal.confirm?.steps[0]?.run).toContain('[ "$STAGE" != "$CONFIRM" ]');
  expect(removal.remove?.needs).toBe('confirm');
});

test('a proof is started by hand only, names its account, and cleans up whatever became of it', () => {
  const { on } = workflow('prove.yml');
  const steps = stepsOf('prove.yml', 'prove');
  const [prove, cleanUp] = steps.filter(({ run = '' }) => run.includes('npm run prove'));

  expect(Object.keys(on)).toEqual(['workflow_dispatch']);
  expect(workflow('prove.yml').jobs.prove?.environment).toBe('prove');
  expect(workflow('prove.yml').jobs.prove?.concurrency?.['cancel-in-progress']).toBe(false);
  for (const step of [prove, cleanUp]) {
    expect(step?.run).toContain('--from-environment');
    expect(step?.run).toContain('--account "$ACCOUNT"');
    expect(step?.run).toContain('--id gh');
  }
  expect(cleanUp?.run).toContain('--clean-up');
  expect(cleanUp?.if).toBe('always()');
  expect(steps.at(-1)?.uses).toContain('upload-artifact');
  expect(steps.at(-1)?.if).toBe('always()');
});
