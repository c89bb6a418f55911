import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StepFailure } from '../prove-error';
import type { Run, Step } from '../run';
import { Traffic, type Written } from '../traffic';

const TEMPLATE = path.join('templates', 'PutRecord.request.vtl');

/** A deployment with a broken template, under traffic: verified and refused before the stage moves. */
export const shadow: Step = {
  name: 'shadow',
  title: 'Deploys a broken template under traffic, then the mended one',
  async run(run) {
    const traffic = await Traffic.open(run);
    const { written: before } = await traffic.during(async () => {});
    const broken = await traffic.during(() => withBroken(run));
    run.evidence.writeText('shadow', broken.result.output);
    const refused = /Verification failed/.test(broken.result.output) && broken.result.code === 1;
    if (!refused) {
      throw new StepFailure(`The broken template was not refused (exit ${broken.result.code}).`);
    }
    const live = before.find(({ deploymentId }) => deploymentId !== undefined)?.deploymentId;
    const others = different(broken.written, live);
    const mended = await traffic.during(() => run.cli.succeed('deploy'));
    const written = [...before, ...broken.written, ...mended.written];
    const wrong = written.filter(({ status }) => status !== undefined && status !== 200);
    const stored = await traffic.stored();
    const lost = written.filter(
      ({ sequenceNumber }) => sequenceNumber !== undefined && !stored.has(sequenceNumber),
    );
    run.evidence.write('shadow', { written, others, wrong, lost });
    await traffic.close();
    if (others.length > 0) {
      throw new StepFailure(
        `The live stage moved: ${others.length} of ${broken.written.length} answers were another deployment's.`,
      );
    }
    if (wrong.length > 0) {
      throw new StepFailure(`${wrong.length} of ${written.length} writes were refused.`);
    }
    if (lost.length > 0) throw new StepFailure(`${lost.length} accepted records were lost.`);
    return { said: [`${written.length} writes, none refused by the live stage, none lost`] };
  },
};

/** Answers that do not come from the deployment that was live; those that never came say nothing. */
const different = (written: readonly Written[], live: string | undefined): Written[] =>
  written.filter(({ deploymentId }) => deploymentId !== undefined && deploymentId !== live);

async function withBroken(run: Run) {
  const file = path.join(run.checkout, TEMPLATE);
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, brokenOf(whole));
  try {
    return await run.cli.serverless('deploy');
  } finally {
    writeFileSync(file, whole);
  }
}

/** Renders no JSON any more; CloudFormation does not notice. @throws StepFailure if nothing changes */
function brokenOf(template: string): string {
  const broken = template.replace('"PartitionKey":', '"PartitionKey"');
  if (broken === template) throw new StepFailure(`${TEMPLATE} has no "PartitionKey": to break.`);
  return broken;
}
