import { differences } from './compare';
import { KNOWN } from './known-differences';
import { Oracle } from './oracle';
import { SCENARIOS } from './scenarios';
import { embeddedKinesis, Stage } from './target';

/*
 * Compares the embedded Kinesis with kinesis-local, another stand-in for AWS: errors by status and
 * type, successes by content. Where they differ, known-differences.ts says who is right and why.
 * Installs kinesis-local into a folder of its own; runs only when asked: npm run test:differential -w embedded-aws
 */

let oracle: Oracle;

beforeAll(async () => {
  oracle = await Oracle.start();
});

afterAll(() => oracle?.stop());

const found = new Set<string>();
let answers = 0;

test.each(Object.entries(SCENARIOS))('%s', async (title, play) => {
  const embedded = new Stage(embeddedKinesis());
  const other = new Stage(oracle.send);

  await play(embedded);
  await play(other);

  const unknown = differences(embedded.steps, other.steps).filter(({ step }) => {
    const key = `${title}: ${step}`;
    found.add(key);
    return !Object.hasOwn(KNOWN, key);
  });
  answers += embedded.steps.length;
  expect(unknown).toEqual([]);
});

test('every difference that is known is still there', () => {
  console.log(`${answers} answers compared, ${found.size} differ, all known.`);
  expect(Object.keys(KNOWN).filter((key) => !found.has(key))).toEqual([]);
});
