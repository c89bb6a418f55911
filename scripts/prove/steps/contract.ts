import path from 'node:path';
import { reasonIn } from '../command-line';
import { outputOf } from '../outputs';
import { StepFailure } from '../prove-error';
import type { Run, Step } from '../run';

/** The line that Jest prints when every test passed. */
const TALLY = /^Tests: +(.*)$/m;
const ATTEMPTS = 2;

/** The contract suite: every endpoint, every status that can be had without making AWS fail. */
export const contract: Step = {
  name: 'contract',
  title: 'Runs the contract suite',
  async run(run) {
    for (let attempt = 1; ; attempt += 1) {
      const { code, output } = await suite(run);
      run.signal.throwIfAborted();
      run.evidence.writeText('contract', output);
      if (code === 0) return { said: [TALLY.exec(output)?.[1] ?? 'passed'] };
      // One attempt more: the suite does not repeat what the network swallowed.
      if (attempt === ATTEMPTS) throw new StepFailure(`The suite failed:\n${reasonIn(output)}`);
      run.say('The suite failed; it is run once more.');
    }
  },
};

async function suite(run: Run) {
  const { root, choices } = run;
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = path.join(root, 'test', 'contract', 'jest.config.cjs');
  const only = choices.contract === undefined ? [] : ['-t', `^${choices.contract} `];
  return run.cli.node([jest, '--config', config, '--verbose', ...only], {
    CONTRACT_INVOKE_URL: await outputOf(run, 'InvokeUrl'),
    CONTRACT_RUN: contractRun(run),
  });
}

/** Names the suite's streams after the run, `contract-<this>-…`, so that what is left is found. */
export const contractRun = ({ stage }: Pick<Run, 'stage'>): string => stage;
