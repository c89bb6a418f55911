import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import type { Target } from '../../../../hooks/stage/target';
import { type Check, CheckFailure } from '../../../../hooks/verify/check';
import { githubSummary } from '../../../../hooks/verify/reports/github';
import { jsonReport } from '../../../../hooks/verify/reports/json';
import { junitReport } from '../../../../hooks/verify/reports/junit';
import { reportFiles, writeReports } from '../../../../hooks/verify/reports/write';
import type { Outcome } from '../../../../hooks/verify/run-checks';
import { emptyTally } from '../../../../hooks/verify/tally';
import type { Report } from '../../../../hooks/verify/verify';

/** Text that a hostile stream or gateway could put into an answer. */
const HOSTILE = '<b>&"\' ]]> \u0000\u0007 \ud800 ``` | 漢 🎉';

const check = (title: string): Check => ({
  title,
  writes: false,
  requires: [],
  provides: [],
  run: async () => ({}),
});

const failed: Outcome = {
  status: 'failed',
  ms: 12.4,
  error: new CheckFailure(`wrong: ${HOSTILE}`),
  log: ['API Gateway says', HOSTILE],
};

function report(teardown: Report['teardown'] = 'complete', outcomes: Outcome[] = []): Report {
  const all: Outcome[] = [
    { status: 'passed', ms: 3 },
    { status: 'blocked', because: 'the first failed' },
    { status: 'skipped', because: 'open stage' },
    ...outcomes,
  ];
  return {
    target: {
      stage: 'dev',
      region: 'eu-west-1',
      invokeUrl: 'https://api.example/dev',
      deploymentId: 'abc123',
      parameters: { authorization: 'NONE' },
    } as Target,
    stream: 'verify-dev-1',
    startedAt: new Date(0),
    ms: 1_234_567.8,
    results: all.map((outcome, index) => ({
      name: `Check${index}`,
      check: check(`the check ${index} <${outcome.status}>`),
      outcome,
    })),
    interrupted: false,
    tally: { ...emptyTally(), sent: 10, faulty: 1 },
    teardown,
  };
}

const schema = readFileSync(path.join(__dirname, 'junit.xsd'), 'utf8');

async function errorsOf(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml, schema });
  return errors.map(({ message }) => message);
}

test.each([
  ['a run that passed', report()],
  ['one that failed, with hostile text', report('complete', [failed])],
  ['one whose stream could not be deleted', report({ failed: new Error(HOSTILE) })],
  ['one without checks', { ...report(), results: [] }],
])("JUnit: %s is valid against Jenkins' schema", async (_, one) => {
  expect(await errorsOf(junitReport(one))).toEqual([]);
});

test('JUnit: the schema finds what is wrong', async () => {
  const xml = junitReport(report()).replace(' failures="0"', '');
  expect(await errorsOf(xml)).not.toEqual([]);
});

test('JUnit: what was left out or skipped is counted as skipped, a stream left as an error', () => {
  const xml = junitReport(report({ failed: 'no' }, [failed]));
  expect(xml).toContain('tests="4" failures="1" errors="1" skipped="2"');
  expect(xml).toContain('<skipped message="open stage"/>');
});

const incomplete: Outcome[] = [
  { status: 'passed', ms: 1, notes: [`7 of 110 ${HOSTILE}`] },
  { status: 'unasked', ms: 2, because: `Kinesis does not answer ${HOSTILE}` },
  { status: 'not run', because: `Kinesis does not answer ${HOSTILE}` },
];

test('JUnit: what could not be asked is an error, what was not run for it is skipped', async () => {
  const xml = junitReport(report('complete', incomplete));
  expect(await errorsOf(xml)).toEqual([]);
  expect(xml).toContain('tests="6" failures="0" errors="1" skipped="3"');
  expect(xml).toContain('<error message="Kinesis does not answer');
  expect(xml).toContain('<skipped message="not run: Kinesis does not answer');
  expect(xml).toMatch(/<system-out>the check 3 .+: 7 of 110/);
});

test('JSON: a run with holes is incomplete, and says why', () => {
  const json = JSON.parse(jsonReport(report('complete', incomplete)));
  expect(json).toMatchObject({
    verdict: 'incomplete',
    cause: `Kinesis does not answer ${HOSTILE}`,
    counts: { passed: 2, failed: 0, unasked: 1, notRun: 1 },
  });
  expect(json.checks.slice(3)).toMatchObject([
    { status: 'passed', notes: [`7 of 110 ${HOSTILE}`] },
    { status: 'unasked', because: json.cause },
    { status: 'not run', because: json.cause },
  ]);
});

test('JSON: a fault outweighs what could not be asked', () => {
  const json = JSON.parse(jsonReport(report('complete', [failed, ...incomplete])));
  expect(json.verdict).toBe('failed');
});

test('GitHub: the cause is told once, and fenced', () => {
  const markdown = githubSummary(report('complete', incomplete));
  expect(markdown).toContain('stage dev: incomplete');
  expect(markdown).toContain('1 could not be checked, 1 not run');
  expect(markdown.match(/Kinesis does not answer/g)).toHaveLength(1);
});

test('JSON: all that a program asks for', () => {
  const json = JSON.parse(jsonReport(report({ failed: new Error('no') }, [failed])));
  expect(json).toMatchObject({
    verdict: 'failed',
    stage: 'dev',
    deploymentId: 'abc123',
    startedAt: '1970-01-01T00:00:00.000Z',
    counts: { passed: 1, failed: 1, blocked: 1, skipped: 1 },
    requests: { sent: 10, faulty: 1 },
    throwAwayStream: { name: 'verify-dev-1', teardown: 'incomplete', error: 'Error: no' },
  });
  expect(json.checks[3]).toMatchObject({
    status: 'failed',
    failure: [`wrong: ${HOSTILE}`, 'API Gateway says', HOSTILE],
  });
});

test('GitHub: no answer can break out of its fence or its cell', () => {
  const markdown = githubSummary(report('complete', [failed]));
  expect(markdown).toContain('### Verification of stage dev: failed');
  const [fence = ''] = /^`+text$/m.exec(markdown) ?? [];
  expect(fence.length).toBeGreaterThan('```text'.length);
  expect(markdown).toContain('the check 3 &lt;failed>');
});

test.each([
  [undefined, []],
  ['a.json,b/c.xml', ['a.json', 'b/c.xml']],
])('--report %s', (option, files) => {
  expect(reportFiles(option)).toEqual(files);
});

test('a report that cannot be written is told, and the others are written all the same', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  // Where GitHub runs this, the summary of its step is no place for it.
  const environment = jest.replaceProperty(process, 'env', { ...process.env });
  delete process.env.GITHUB_STEP_SUMMARY;
  const [lost, kept] = [path.join(folder, 'gone', 'a.json'), path.join(folder, 'b.xml')];

  const problems = await writeReports(report(), [lost, kept]);

  environment.restore();
  expect(problems).toEqual([expect.stringContaining(`The report ${lost} could not be written`)]);
  expect(await errorsOf(readFileSync(kept, 'utf8'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
