import { readFileSync } from 'node:fs';
import path from 'node:path';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { runCanary } from '../../hooks/canary/run';
import { environmentOf } from '../../hooks/canary/target';
import type { Serverless, Utils } from '../../hooks/framework';
import { EXIT_CODES } from '../../hooks/process/exit-code';
import type { Target } from '../../hooks/stage/target';
import { throwAwayName } from '../../hooks/stage/throw-away-name';
import SweepPlugin from '../../hooks/sweep';
import VerifyPlugin from '../../hooks/verify';
import { checks } from '../../hooks/verify/checks';
import { eventChecks } from '../../hooks/verify/events';
import { EMBEDDED_PACE } from '../../hooks/verify/pace';
import { preflight } from '../../hooks/verify/preflight';
import { failure } from '../../hooks/verify/report';
import type { Checks, Result } from '../../hooks/verify/run-checks';
import { findLeftovers } from '../../hooks/verify/sweep';
import { type Report, verify } from '../../hooks/verify/verify';
import type { ParameterName } from '../../resources/parameters';
import type { Streams } from '../../resources/streams/declaration';
import { ACCOUNT, deployInProcess, type InProcessStage } from '../support/in-process-stage';
import { authorizerCode, BY_FUNCTION, makeAuthorizer } from '../support/token-stages';
import { allowAccessLogs, WHOLE, withFrameworksOwn } from '../support/whole-stack';

// The policy of docs/verification.md, tried out: an IAM user who has it, and nothing else, verifies
// a stage on an embedded AWS in this process; without any one of its actions he cannot.

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

/**
 * Runs what the CLI runs for `verify`.
 * @param until is true for the result with which the run has shown what it is to show
 * @throws HookError if it cannot start
 */
async function verifyAs(
  stage: InProcessStage,
  credentials: { accessKeyId: string; secretAccessKey: string },
  chosen: Checks,
  until: (complaint: string) => boolean = () => false,
): Promise<Report> {
  const config = stage.sdk(credentials);
  const kinesis = new KinesisClient(config);
  const apiGateway = new APIGatewayClient(config);
  const target = await stage.target(credentials);
  const ways = await preflight(target, { kinesis, apiGateway });
  const shown = new AbortController();
  return verify({
    target,
    checks: chosen,
    kinesis,
    apiGateway,
    iam: new IAMClient(config),
    ...ways,
    stream: throwAwayName(target),
    pace: { ...EMBEDDED_PACE, streamMs: 2_000 },
    keep: false,
    signal: shown.signal,
    direct: stage.direct,
    onResult(result) {
      if (complaintsOf(result, target).some(until)) shown.abort();
    },
    progress: () => {},
  });
}

function complaintsOf({ check, outcome }: Result, target: Target): string[] {
  switch (outcome.status) {
    case 'failed':
      return [`${check.title}: ${failure(outcome, target).join('\n')}`];
    case 'unasked':
    case 'not run':
      return [`${check.title}: ${outcome.because}`];
    default:
      return [];
  }
}

/** Everything that a run complains of, its refusal to start included. */
async function complaints(run: Promise<Report>): Promise<string[]> {
  try {
    const report = await run;
    const told = report.results.flatMap((result) => complaintsOf(result, report.target));
    const { teardown } = report;
    return typeof teardown === 'string' ? told : [...told, String(teardown.failed)];
  } catch (error) {
    return [String(error)];
  }
}

/** The key of the printed policy. */
const ENCRYPTED = {
  kmsKeyArns: `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`,
};

const NARROW = { ...ENCRYPTED, streams: 'orders', manageStreams: 'false' };

const DOMAIN = {
  domainName: 'api.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/x',
};

/** The complaints of a sweep that finds a stream. */
async function complaintsOfSweep(
  stage: InProcessStage,
  credentials: { accessKeyId: string; secretAccessKey: string },
): Promise<string[]> {
  const owner = await stage.target();
  const StreamName = throwAwayName(owner);
  await new KinesisClient(stage.sdk()).send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const kinesis = new KinesisClient(stage.sdk(credentials));
  const signal = AbortSignal.timeout(20_000);
  return findLeftovers({ kinesis, owner, olderThanMs: 0, signal }).then(
    ({ old }) => old.map(({ name }) => name),
    (error: unknown) => [String(error)],
  );
}

/** Where each statement is needed; the others are needed on every stage that the CLI deploys. */
const NEEDED_WHERE: Readonly<Record<string, Partial<Record<ParameterName, string>>>> = {
  ReadWhatWatches: WHOLE,
  ReadTheBucket: WHOLE,
  ReadTheCanary: WHOLE,
  ReadTheSchedule: WHOLE,
  ReadTheDomain: DOMAIN,
  'kinesis:CreateStream': { manageStreams: 'false' },
  'kinesis:DeleteStream': { manageStreams: 'false' },
  ReadTheKey: { authorization: 'API_KEY' },
  ReadTheAuthorizer: BY_FUNCTION,
  EncryptStreams: ENCRYPTED,
  'kinesis:StartStreamEncryption': ENCRYPTED,
};

/** With the framework's own resources where the stage has logs and a canary. */
function whole(values: Partial<Record<ParameterName, string>>): Parameters<typeof deployInProcess> {
  if (values === BY_FUNCTION) {
    const withAuthorizer = async (config: ReturnType<InProcessStage['sdk']>) => {
      await makeAuthorizer(config, authorizerCode());
      return BY_FUNCTION;
    };
    return [withAuthorizer];
  }
  if (values !== WHOLE) return [values];
  const prepared = async (config: ReturnType<InProcessStage['sdk']>) => {
    await allowAccessLogs(config);
    return values;
  };
  return [prepared, withFrameworksOwn];
}

/** The streams that the stack declares, where a statement is about those. */
const DECLARED_WHERE: Readonly<Record<string, Streams>> = {
  DeclaredStreams: { orders: { consumers: ['billing'] } },
  TestRecords: { orders: { testRecords: true, senders: ['json'] } },
};

const deployed = new Map<string, Promise<InProcessStage>>();

function stageWith(
  values: Partial<Record<ParameterName, string>>,
  streams: Streams = {},
): Promise<InProcessStage> {
  const name = JSON.stringify([values, streams]);
  const [given, damage] = whole(values);
  const stage = deployed.get(name) ?? deployInProcess(given, damage, {}, undefined, streams);
  deployed.set(name, stage);
  return stage;
}

test.each([{}, { manageStreams: 'false' }, { authorization: 'API_KEY' }, NARROW, DOMAIN, WHOLE])(
  'with the policy a stage with %j is verified, and all checks pass',
  async (values) => {
    const stage = await stageWith(values);
    const credentials = await stage.userWith(policyFor(stage));

    expect(await complaints(verifyAs(stage, credentials, checks))).toEqual([]);
  },
);

test.each(Object.entries(DECLARED_WHERE))(
  'with the policy declared streams are verified, and all checks pass: %s',
  async (_, streams) => {
    const stage = await stageWith({}, streams);
    const credentials = await stage.userWith(policyFor(stage));
    const { Drift } = checks;
    const chosen = { Drift, ...eventChecks((await stage.target()).streams) };

    expect(await complaints(verifyAs(stage, credentials, chosen))).toEqual([]);
  },
);

const actions = policy.Statement.flatMap(({ Sid, Action }) =>
  Action.map((action) => ({ Sid, action })),
);

/** AWS's words for a missing action, where they differ from those for all others. */
const SAYS: Readonly<Record<string, string>> = {
  'kms:Decrypt': 'not authorized to decrypt records in stream',
};

/** Statement with the permissions that only sweeps need. */
const SWEEPS = 'SweepStreams';

// Large ones take longer than all others together and need no permission of their own.
const { LargeRecord: _, FullBatch: __, PartialBatch: ___, ...quick } = checks;

test.each(actions)('without $action of $Sid it says that it is missing', async (without) => {
  const streams = DECLARED_WHERE[without.Sid];
  const values = NEEDED_WHERE[without.Sid] ?? NEEDED_WHERE[without.action] ?? {};
  const stage = await stageWith(values, streams);
  const chosen = streams
    ? { Drift: checks.Drift, ...eventChecks((await stage.target()).streams) }
    : quick;
  const credentials = await stage.userWith(policyFor(stage, without));

  const { [without.action]: says = `not authorized to perform: ${without.action}` } = SAYS;

  const told =
    without.Sid === SWEEPS
      ? await complaintsOfSweep(stage, credentials)
      : await complaints(
          verifyAs(stage, credentials, chosen, (complaint) => complaint.includes(says)),
        );

  expect(told.join('\n')).toContain(says);
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

test("the document's numbers of a canary's requests are those of a run", async () => {
  const stage = await stageWith({ canary: 'rate(5 minutes)' });
  const lines: string[] = [];
  const config = stage.sdk();
  await runCanary(
    { ...environmentOf(await stage.target()), AWS_REGION: config.region },
    {
      kinesis: new KinesisClient(config),
      apiGateway: new APIGatewayClient(config),
      iam: new IAMClient(config),
    },
    (line) => lines.push(line),
    stage.transport,
    EMBEDDED_PACE,
  );
  const minutes = lines.map((line) => JSON.parse(line)).filter((line) => 'Requests' in line);
  const sum = (name: string) => minutes.reduce((total, minute) => total + minute[name], 0);

  const [, requests] =
    /about (\d+) requests to the API, three quarters of which are refused/.exec(DOCUMENT) ?? [];
  // Roughly: an endpoint more adds a dozen.
  expect(Math.abs(sum('Requests') / Number(requests) - 1)).toBeLessThan(0.25);
  expect(Math.abs(sum('ClientErrors') / sum('Requests') - 0.75)).toBeLessThan(0.1);
});

test('the document names every exit code', () => {
  const table = DOCUMENT.slice(DOCUMENT.indexOf('### Exit codes'));
  for (const code of Object.values(EXIT_CODES)) expect(table).toContain(`| ${code} |`);
});
