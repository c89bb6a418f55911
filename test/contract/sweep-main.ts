import { stageApi } from './stage';
import { sweep } from './sweep';

/** The process that deletes the streams of an interrupted run. */
async function main(): Promise<void> {
  const { CONTRACT_RUN: run } = process.env;
  if (!run) throw new Error('CONTRACT_RUN names no run whose streams to delete.');
  console.log('Interrupted. Deleting the streams that were made.');
  await sweep(await stageApi(process.env), run);
}

// A second Ctrl-C must not cut this off.
process.on('SIGINT', () => {});
main().catch((error: unknown) => {
  console.error(`Streams may be left behind: ${error}`);
  process.exitCode = 1;
});
