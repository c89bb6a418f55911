import { compareRecordings } from '../scripts/recordings/comparison';
import { comparisonText } from '../scripts/recordings/text';
import { describeRecorded, RECORDINGS } from './support/recordings';

describeRecorded('the shapes of answers that were recorded on AWS', () => {
  test('are those of our answers, member by member', async () => {
    const comparison = await compareRecordings(RECORDINGS);
    const { differences, assignment } = comparison;

    expect(assignment.objects.length).toBeGreaterThan(1000);
    // Says what differs in the failure's text.
    if (differences.length > 0) throw new Error(comparisonText(comparison, false));
  }, 60_000);
});
