import { outputsOf } from '../outputs';
import type { Run, Step } from '../run';

/** The first deployment, with its verification. */
export const deploy: Step = {
  name: 'deploy',
  title: 'Deploys the stage, which verifies it',
  async run(run) {
    const report = run.evidence.pathOf('deploy-verification.json');
    const output = await run.cli.succeed('deploy', '--report', report);
    run.evidence.writeText('deploy', output);
    run.evidence.redactFile('deploy-verification.json');
    return { said: [`serves ${await urlOf(run)}`] };
  },
};

async function urlOf(run: Run): Promise<string> {
  const { InvokeUrl = 'no URL' } = await outputsOf(run);
  return InvokeUrl;
}
