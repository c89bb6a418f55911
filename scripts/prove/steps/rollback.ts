import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { outputOf } from '../outputs';
import { StepFailure } from '../prove-error';
import type { Run, Step } from '../run';

const CHANGED = '600';

/** Goes back to an earlier deployment by the framework's own command. */
export const rollback: Step = {
  name: 'rollback',
  title: 'Deploys a change, rolls it back, and verifies',
  async run(run) {
    const { before, previous } = await run.memory.once('rollback', () => start(run));
    await run.cli.succeed('deploy', '--skip-verify', '--param', `throttleRate=${CHANGED}`);
    const changed = await rateOf(run);
    const output = await run.cli.succeed('rollback', '--timestamp', previous);
    run.evidence.writeText('rollback', output);
    const after = await rateOf(run);
    if (String(changed) !== CHANGED || after !== before) {
      throw new StepFailure(`throttleRate went from ${before} to ${changed} and to ${after}.`);
    }
    await run.cli.succeed('verify');
    return {};
  },
};

/** The stage's rate, and the deployment that it has it from. */
async function start(run: Run) {
  const before = await rateOf(run);
  const previous = timestampsOf(await run.cli.succeed('deploy list')).at(-1);
  if (previous === undefined) throw new StepFailure('deploy list names no deployment.');
  return { before, previous };
}

/** @param output of `serverless deploy list`, the newest last */
const timestampsOf = (output: string): string[] =>
  Array.from(output.matchAll(/Timestamp: (\d+)/g), ([, timestamp = '']) => timestamp);

async function rateOf(run: Run): Promise<number | undefined> {
  const { methodSettings } = await run.clients.apiGateway.send(
    new GetStageCommand({
      restApiId: await outputOf(run, 'RestApiId'),
      stageName: run.stage,
    }),
  );
  return methodSettings?.['*/*']?.throttlingRateLimit;
}
