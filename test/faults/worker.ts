import type { Job, Told } from './pool';

const [, , job = ''] = process.argv;
const { run } = require(job) as Job;

const tell = (told: Told) => process.send?.(told);

/** A result for each thing that the parent names. */
process.on('message', async (name: string) => {
  try {
    tell({ name, result: await run(name) });
  } catch (error) {
    tell({ name, reason: (error instanceof Error && error.stack) || String(error) });
  }
});
