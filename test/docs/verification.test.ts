import { readFileSync } from 'node:fs';
import path from 'node:path';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { EXIT_CODES } from '../../hooks/exit-code';
import type { Serverless, Utils } from '../../hooks/framework';
import SweepPlugin from '../../hooks/sweep';
import VerifyPlugin from '../../hooks/verify';
import { checks } from '../../hooks/verify/checks';
import { EMBEDDED_PACE } from '../../hooks/verify/pace';
import { preflight } from '../../hooks/verify/preflight';
import { failure } from '../../hooks/verify/report';
import type { Checks } from '../../hooks/verify/run-checks';
import { throwAwayName } from '../../hooks/verify/throw-away-stream';
import { type Report, verify } from '../../hooks/verify/verify';
import type { ParameterName } from '../../resources/parameters';
import { ACCOUNT, deployInProcess, type InProcessStage } from '../support/in-process-stage';

// The policy of docs/verification.md, tried out: an IAM user who has it, and nothing else, verifies a
// stage on an embedded AWS in this process; without any one of its actions he cannot.

const DOCUMENT = readFileSync(path.join(__dirname, '..', '..', 'docs', 'verification.md'), 'utf8');
interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
}

interface Policy {
  readonly Statement: readonly Statement[];
}

const [, printed = ''] = /```json\n([\s\S]+?)```/.exec(DOCUMENT) ?? [];
const policy = JSON.parse(printed) as Policy;

/** The policy for this stage, with an action left out. */
function policyFor(
  { restApiId }: InProcessStage,
  without?: { Sid: string; action: string },
): string {
  const statements = policy.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter(
      (action) => statement.Sid !== without?.Sid || action !== without.action,
    ),
  }));
  return JSON.stringify({ ...policy, Statement: statements.filter(({ Action }) => Action.length) })
    .replaceAll('123456789012', ACCOUNT)
    .replaceAll('abc1234567', restApiId);
}

/** What the CLI does for `verify`. @throws HookError when it cannot start */
async function verifyAs(
  stage: InProcessStage,
  credentials: { accessKeyId: string; secretAccessKey: string },
  chosen: Checks,
): Promise<Report> {
  const config = stage.sdk(credentials);
  const kinesis = new KinesisClient(config);
  const apiGateway = new APIGatewayClient(config);
  const target = await stage.target(credentials);
  const { sign } = await preflight(target, { kinesis, apiGateway });
  return verify({
    target,
    checks: chosen,
    kinesis,
    apiGateway,
    iam: new IAMClient(config),
    sign,
    stream: throwAwayName(target.parameters.streams, target.stage),
    pace: { ...EMBEDDED_PACE, streamMs: 2_000 },
    keep: false,
    signal: new AbortController().signal,
    transport: stage.transport,
    told: () => {},
    progress: () => {},
  });
}

/** Everything that a run complains of, its refusal to start included. */
async function complaints(run: Promise<Report>): Promise<string[]> {
  try {
    const report = await run;
    const told = report.results.flatMap(({ check, outcome }) => {
      switch (outcome.status) {
        case 'failed':
          return [`${check.title}: ${failure(outcome, report.target).join('\n')}`];
        case 'unasked':
        case 'not run':
          return [`${check.title}: ${outcome.because}`];
        default:
          return [];
      }
    });
    const { teardown } = report;
    return typeof teardown === 'string' ? told : [...told, String(teardown.failed)];
  } catch (error) {
    return [String(error)];
  }
}

/** Where each statement is needed; the others are needed on every stage. */
const NEEDED_WHERE: Readonly<Record<string, Partial<Record<ParameterName, string>>>> = {
  'kinesis:CreateStream': { manageStreams: 'false' },
  'kinesis:DeleteStream': { manageStreams: 'false' },
  ReadTheKey: { authorization: 'API_KEY' },
};

const deployed = new Map<string, Promise<InProcessStage>>();

function stageWith(values: Partial<Record<ParameterName, string>>): Promise<InProcessStage> {
  const name = JSON.stringify(values);
  const stage = deployed.get(name) ?? deployInProcess(values);
  deployed.set(name, stage);
  return stage;
}

test.each([{}, { manageStreams: 'false' }, { authorization: 'API_KEY' }])(
  'with the policy a stage with %j is verified, and all checks pass',
  async (values) => {
    const stage = await stageWith(values);
    const credentials = await stage.userWith(policyFor(stage));

    expect(await complaints(verifyAs(stage, credentials, checks))).toEqual([]);
  },
);

const actions = policy.Statement.flatMap(({ Sid, Action }) =>
  Action.map((action) => ({ Sid, action })),
);

// The record of 1 MiB takes longer than all others together and needs no permission of its own.
const { LargeRecord: _, ...quick } = checks;

test.each(actions)('without $action of $Sid it says that it is missing', async (without) => {
  const stage = await stageWith(NEEDED_WHERE[without.Sid] ?? NEEDED_WHERE[without.action] ?? {});
  const credentials = await stage.userWith(policyFor(stage, without));

  const told = await complaints(verifyAs(stage, credentials, quick));

  expect(told.join('\n')).toContain(`not authorized to perform: ${without.action}`);
});

test('the document names every option', () => {
  const given = [{} as Serverless, {}, {} as Utils] as const;
  const commands = {
    ...new VerifyPlugin(...given).commands,
    ...new SweepPlugin(...given).commands,
  };
  const options = Object.values(commands).flatMap(({ options = {} }) => Object.keys(options));

  expect(options.length).toBeGreaterThan(5);
  for (const option of options) expect(DOCUMENT).toContain(`--${option}`);
});

test('the document names every exit code', () => {
  const table = DOCUMENT.slice(DOCUMENT.indexOf('### Exit codes'));
  for (const code of Object.values(EXIT_CODES)) expect(table).toContain(`| ${code} |`);
});
