import { firstFailed } from '../../../src/lambda/event-source/partial-response';

const BATCH = ['10', '11', '12', '13'];

describe('a report of failed records', () => {
  test.each([
    ['an empty text', ''],
    ['an empty list', []],
    ['null', null],
    ['nothing', {}],
    ['no failures', { batchItemFailures: [] }],
    ['failures that are null', { batchItemFailures: null }],
    ['other members', { statusCode: 200 }],
  ])('says that all is well: %s', (_what, result) => {
    expect(firstFailed(JSON.stringify(result), BATCH)).toBe(4);
  });

  test.each([
    ['an empty identifier', [{ itemIdentifier: '' }]],
    ['null', [{ itemIdentifier: null }]],
    ['a number', [{ itemIdentifier: 11 }]],
    ['what is not in the batch', [{ itemIdentifier: '9' }]],
    ['one that is, and one that is not', [{ itemIdentifier: '11' }, { itemIdentifier: '9' }]],
    ['another member', [{ identifier: '11' }]],
    ['a bare text', ['11']],
    ['no list', '11'],
  ])('says that all failed: %s', (_what, batchItemFailures) => {
    expect(firstFailed(JSON.stringify({ batchItemFailures }), BATCH)).toBe(0);
  });

  test.each([
    [['12'], 2],
    [['13', '11', '12'], 1],
    [['10'], 0],
  ])('names the first that is delivered again: %j', (failed, position) => {
    const batchItemFailures = failed.map((itemIdentifier) => ({ itemIdentifier }));

    expect(firstFailed(JSON.stringify({ batchItemFailures }), BATCH)).toBe(position);
  });
});
