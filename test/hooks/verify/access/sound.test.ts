import { failure } from '../../../../hooks/verify/report';
import type { Report } from '../../../../hooks/verify/verify';
import { deployStage, type StageOptions } from '../../../faults/stage';
import { type VerifyOptions, verifyStage } from '../../../faults/verify-fault';
import {
  authorizerCode,
  BY_FUNCTION,
  BY_SCOPE,
  BY_USER_POOL,
  functionTokens,
  poolTokens,
  scopeTokens,
} from '../../../support/token-stages';

// A sound stage passes, whoever it lets in; and without a token, what is not known is said.

const run = async (stage: StageOptions, options: VerifyOptions = {}): Promise<Report> =>
  verifyStage(await deployStage(stage), options);

/** Everything that a report complains of. */
const complaints = ({ results, target }: Report) =>
  results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    const said = outcome.status === 'failed' ? failure(outcome, target) : [outcome.because];
    return [[name, outcome.status, ...said].join('\n')];
  });

const statusOf = ({ results }: Report, name: string) =>
  results.find((each) => each.name === name)?.outcome;

describe('A stage that asks for', () => {
  it.each([
    ['tokens of a user pool', { parameters: BY_USER_POOL }, poolTokens],
    ['scopes', { parameters: BY_SCOPE }, scopeTokens],
    ['an authorizer', { parameters: BY_FUNCTION, authorizer: authorizerCode() }, functionTokens],
  ] as const)('%s passes', async (_, stage, tokens) => {
    const report = await run(stage, { environment: await tokens() });
    expect(complaints(report)).toEqual([]);
    console.log(report.results.filter(({ name }) => name.includes('access/')).map(({ name, outcome }) => `${name} ${outcome.status} ${(outcome as any).ms ?? (outcome as any).because} ${(outcome as any).notes ?? ''}`).join('\n'), report.ms);
    expect(statusOf(report, 'access/write/LetIn')).toMatchObject({ status: 'passed' });
  });
});
