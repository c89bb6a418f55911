import { existsSync } from 'node:fs';
import path from 'node:path';
import { compareRecordings } from '../scripts/recordings/comparison';
import { comparisonText } from '../scripts/recordings/text';

// Recordings of other projects, under their own licences: stored beside the repository, not in it.
const FOLDER = path.join(__dirname, '..', '..', '..', '..', 'shared', 'aws', 'recordings');

describe('the shapes of answers that were recorded on AWS', () => {
  if (existsSync(FOLDER)) {
    test('are those of our answers, member by member', async () => {
      const comparison = await compareRecordings(FOLDER);
      const { differences, assignment } = comparison;

      expect(assignment.objects.length).toBeGreaterThan(1000);
      // Says what differs in the failure's text.
      if (differences.length > 0) throw new Error(comparisonText(comparison, false));
    }, 60_000);
  } else if (process.env.CI) {
    test('are there', () => {
      throw new Error(`The recordings are missing: ${FOLDER}`);
    });
  } else {
    test.skip.each(['recordings'])(
      'are those of our answers (not run: the %s are not there)',
      () => {
        throw new Error('Not run');
      },
    );
  }
});
