import { GetApiKeysCommand, GetUsagePlansCommand } from '@aws-sdk/client-api-gateway';
import { checksOf } from '../../../../hooks/verify/checks';
import { failure, notRunLines, withoutTokenLine } from '../../../../hooks/verify/report';
import { githubSummary } from '../../../../hooks/verify/reports/github';
import { jsonReport } from '../../../../hooks/verify/reports/json';
import { junitReport } from '../../../../hooks/verify/reports/junit';
import { verdictOf } from '../../../../hooks/verify/reports/summary';
import { only } from '../../../../hooks/verify/run-checks';
import type { Report } from '../../../../hooks/verify/verify';
import { deployStage, type StageOptions } from '../../../faults/stage';
import { type VerifyOptions, verifyStage } from '../../../faults/verify-fault';
import {
  authorizerCode,
  BY_FUNCTION,
  BY_SCOPE,
  BY_USER_POOL,
  functionTokens,
  GOOD_WORD,
  POOL_ARN,
  poolTokens,
  scopeTokens,
  testPools,
} from '../../../support/token-stages';

// A sound stage passes, whoever it lets in; and without a token, what is not known is said.

// The embedded AWS says why authorizers fail.
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
});

const run = async (stage: StageOptions, options: VerifyOptions = {}): Promise<Report> =>
  verifyStage(await deployStage(stage), options);

/** Everything that a report complains of. */
const complaints = ({ results, target }: Report) =>
  results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    const said = outcome.status === 'failed' ? failure(outcome, target) : [outcome.because];
    return [[name, outcome.status, ...said].join('\n')];
  });

/** Who comes in, and one thing that is done behind the door. */
const ACCESS = only(
  checksOf([]),
  Object.keys(checksOf([])).filter((name) => /^(access\/.*|.*Closed|PutRecord|Steady)$/.test(name)),
);

const outcomeOf = ({ results }: Report, name: string) =>
  results.find((each) => each.name === name)?.outcome;

const statusesOf = ({ results }: Report, pattern: RegExp) =>
  Object.fromEntries(
    results
      .filter(({ name }) => pattern.test(name))
      .map(({ name, outcome }) => [name, outcome.status]),
  );

const reportsOf = (report: Report) =>
  [jsonReport(report), junitReport(report), githubSummary(report)].join('\n');

describe('A stage that asks for', () => {
  it.each([
    ['tokens of a user pool', { parameters: BY_USER_POOL }, poolTokens],
    ['scopes', { parameters: BY_SCOPE }, scopeTokens],
    ['an authorizer', { parameters: BY_FUNCTION, authorizer: authorizerCode() }, functionTokens],
  ] as const)('%s passes, and no report has a token', async (_, stage, tokens) => {
    const environment = await tokens();
    const report = await run(stage, {
      environment,
      ...(stage.parameters === BY_SCOPE && { checks: ACCESS }),
    });
    expect(complaints(report)).toEqual([]);
    expect(verdictOf(report)).toBe('passed');
    expect(outcomeOf(report, 'access/write/LetIn')).toMatchObject({ status: 'passed' });
    expect(outcomeOf(report, 'access/read/Expired')).toMatchObject({ status: 'passed' });
    for (const token of Object.values(environment)) expect(reportsOf(report)).not.toContain(token);
  });

  it('another thing for reading than for writing, and of streams, passes', async () => {
    const { own } = await testPools();
    const report = await run(
      {
        parameters: { ...BY_USER_POOL, readAuthorization: 'NONE' },
        streams: {
          orders: {
            testRecords: true,
            authorization: { type: 'COGNITO', userPoolArns: [POOL_ARN], scopes: ['orders/write'] },
          },
          clicks: { testRecords: true, authorization: 'NONE' },
          visits: { testRecords: true },
        },
      },
      {
        environment: {
          API_TOKEN: await own.idToken(),
          API_TOKEN_EVENTS_ORDERS: await own.accessToken('orders/write'),
        },
      },
    );
    expect(complaints(report)).toEqual([]);
    expect(statusesOf(report, /^(access\/read|events\/clicks)\/(LetIn|Nonsense)$/)).toEqual({
      'access/read/LetIn': 'skipped',
      'access/read/Nonsense': 'skipped',
    });
    expect(statusesOf(report, /^events\/orders\/(LetIn|Forged|Stored)$/)).toEqual({
      'events/orders/LetIn': 'passed',
      'events/orders/Forged': 'passed',
      'events/orders/Stored': 'passed',
    });
  });

  it('an authorizer that fails for what it does not know passes, and is told of', async () => {
    const authorizer = authorizerCode().replace("new Error('Unauthorized')", "new Error('Whoops')");
    const report = await run(
      { parameters: BY_FUNCTION, authorizer },
      { environment: await functionTokens(), checks: ACCESS },
    );
    expect(complaints(report)).toEqual([]);
    const { notes } = outcomeOf(report, 'access/write/Nonsense') as { notes?: string[] };
    expect(notes?.join()).toContain('get a 500: the authorizer fails instead of refusing them');
  });

  it("an authorizer that goes by the caller's address too is not blamed for mixing callers up", async () => {
    const authorizer = authorizerCode({
      knows: "word === good && event.requestContext.identity.sourceIp === '127.0.0.1'",
    });
    const report = await run(
      { parameters: { ...BY_FUNCTION, authorizerType: 'REQUEST' }, authorizer },
      {
        environment: {
          API_TOKEN: JSON.stringify({
            headers: { Authorization: GOOD_WORD, 'X-Trace': 'trace-1' },
          }),
        },
        checks: only(checksOf([]), ['access/write/MixUp']),
      },
    );
    expect(outcomeOf(report, 'access/write/MixUp')).toMatchObject({
      status: 'skipped',
      because: expect.stringContaining("refuses the run's own token too"),
    });
  });

  it('a function about everybody, which fails for whom it does not know, passes', async () => {
    const authorizer = authorizerCode().replace("new Error('Unauthorized')", "new Error('Whoops')");
    const parameters = {
      ...BY_FUNCTION,
      authorizerType: 'REQUEST',
      identitySource: '',
      authorizerTtlSeconds: '0',
      readAuthorization: 'NONE',
    };
    const report = await run(
      { parameters, authorizer },
      { environment: await functionTokens(), checks: ACCESS },
    );
    expect(complaints(report)).toEqual([]);
    expect(outcomeOf(report, 'PutRecordClosed')).toMatchObject({ status: 'passed' });
  });

  it('keys passes, with a key and a plan of the run, of which nothing stays', async () => {
    const stage = await deployStage({ parameters: { authorization: 'API_KEY' } });
    const counts = async () => [
      (await stage.apiGateway.send(new GetApiKeysCommand({}))).items?.length,
      (await stage.apiGateway.send(new GetUsagePlansCommand({}))).items?.length,
    ];
    const before = await counts();
    const report = await verifyStage(stage, {
      checks: only(checksOf([]), ['access/write/Keys', 'access/read/Keys']),
    });
    expect(statusesOf(report, /Keys/)).toEqual({
      'access/write/Keys': 'passed',
      'access/read/Keys': 'passed',
    });
    expect(
      report.results.flatMap(({ outcome }) => ('notes' in outcome ? outcome.notes : [])),
    ).toEqual([]);
    expect(await counts()).toEqual(before);
  });
});

describe('Without a token', () => {
  const stage = { parameters: { ...BY_USER_POOL, readAuthorization: 'AWS_IAM' } };

  it('a run asks what needs none, and is incomplete', async () => {
    const report = await run(stage);
    expect(verdictOf(report)).toBe('incomplete');
    expect(
      statusesOf(report, /^(PutRecordClosed|access\/write\/(LetIn|Nonsense|Forged))$/),
    ).toEqual({
      PutRecordClosed: 'passed',
      'access/write/LetIn': 'not run',
      'access/write/Nonsense': 'passed',
      'access/write/Forged': 'passed',
    });
    // Reading has another entrance, and what is deployed needs none.
    expect(statusesOf(report, /^(DescribeStream|Drift|PutRecord|UnknownRoute|Steady)$/)).toEqual({
      Drift: 'passed',
      DescribeStream: 'passed',
      PutRecord: 'not run',
      UnknownRoute: 'passed',
      Steady: 'passed',
    });
    expect(notRunLines(report.results)).toMatch(
      /Not run: \d+ checks\. There is no token for the write entrance \(COGNITO\): set API_TOKEN, or pass --token-command\./,
    );
    expect(report.results.some(({ outcome }) => outcome.status === 'failed')).toBe(false);
  });

  it('where that is known, it passes, and says how little it knows', async () => {
    const report = await run(stage, { withoutToken: true });
    expect(verdictOf(report)).toBe('passed');
    expect(outcomeOf(report, 'PutRecord')).toEqual({
      status: 'skipped',
      because: 'no token for the write entrance',
      lacksToken: true,
    });
    expect(withoutTokenLine(report.results)).toMatch(/^\d+ of \d+ checks were not asked/);
    expect(JSON.parse(jsonReport(report)).withoutToken).toBeGreaterThan(20);
    expect(githubSummary(report)).toMatch(/checks were not asked, for want of a token/);
    expect(junitReport(report)).toMatch(/checks were not asked, for want of a token/);
  });
});

test('a token that cannot be good is refused before the first check', async () => {
  const { other } = await testPools();
  const environment = { API_TOKEN: await other.idToken() };
  await expect(run({ parameters: BY_USER_POOL }, { environment })).rejects.toMatchObject({
    code: 'TOKEN_UNFIT',
    message: expect.stringContaining('its issuer is'),
  });
});
