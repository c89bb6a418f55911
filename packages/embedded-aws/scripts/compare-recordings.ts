/**
 * Compares the shapes of answers recorded on AWS with those of the embedded AWS: which members are
 * always, sometimes or never there, of which type, empty or absent.
 *
 *   npm run compare:recordings -- <folder with recordings, or a checkout of localstack/localstack>
 *
 * `--all` lists the recorded values that could not be assigned to a structure, too.
 * The exit code is 1 when something differs that recordings/accepted.ts does not explain.
 */
import { parseArgs } from 'node:util';
import { compareRecordings } from './recordings/comparison';
import { comparisonText } from './recordings/text';

async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { values, positionals } = parseArgs({
    options: { all: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error('Name the folder: npm run compare:recordings -- <folder with recordings>');
    process.exit(2);
  }
  const comparison = await compareRecordings(folder);
  console.log(comparisonText(comparison, values.all));
  process.exit(comparison.differences.length > 0 ? 1 : 0);
}

void main();
