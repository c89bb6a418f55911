import { answerOf, difference } from './engine';
import { type Case, Oracle } from './oracle';
import { Random } from './random';
import { PAYLOAD_TEMPLATES, randomPayload } from './random-payloads';
import { randomRegex } from './random-regexes';
import { TemplateGenerator } from './random-templates';
import { BODY } from './vocabulary';

/*
 * Compares the engine with Apache Velocity 1.7 on random templates. Needs Java (a JDK) and Debian's
 * packages `velocity` and `libjsonpath-java`; runs only when asked:
 *
 *   DIFFERENTIAL=1 npx jest --config packages/embedded-aws/test/differential/velocity/jest.config.cjs
 *
 * DIFFERENTIAL_CASES is how many cases of each kind (default 5000), DIFFERENTIAL_SEED where the
 * random numbers start (default 1).
 */
const CASES = Number(process.env.DIFFERENTIAL_CASES ?? 5000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

/** Differences to show before giving up. */
const SHOWN = 5;

const SUBJECTS = [
  "$input.path('$.s')",
  "$input.path('$.u')",
  "'aaaa'",
  "'llAl o\nW.é-'",
  "''",
] as const;

/** A template that uses a random regular expression in a random method. */
function regexTemplate(random: Random): string {
  const regex = randomRegex(random).replaceAll("'", "''");
  const call = random.pick([
    `replaceAll('${regex}', '<$0>')`,
    `replaceFirst('${regex}', '[$1]')`,
    `matches('${regex}')`,
    `split('${regex}')`,
    `split('${regex}', 2)`,
    `split('${regex}', -1)`,
  ]);
  return `#set($s = ${random.pick(SUBJECTS)})#set($v = $s.${call})#foreach($p in $v)($p)#end #if($v.size() == '')$v#end`;
}

const KINDS: Readonly<Record<string, (random: Random) => () => Case>> = {
  templates: (random) => {
    const generator = new TemplateGenerator(random);
    return () => ({ template: generator.template(), body: BODY });
  },
  payloads: (random) => () => ({
    template: random.pick(PAYLOAD_TEMPLATES),
    body: randomPayload(random),
  }),
  'regular expressions': (random) => () => ({ template: regexTemplate(random), body: BODY }),
};

describe('the engine and Apache Velocity 1.7', () => {
  let oracle: Oracle;

  beforeAll(() => {
    if (process.env.DIFFERENTIAL !== '1') {
      throw new Error('The differential test runs only when asked: set DIFFERENTIAL=1');
    }
    oracle = Oracle.start();
  }, 60_000);

  afterAll(() => oracle?.stop());

  it.each(Object.entries(KINDS))(
    'agree on random %s',
    async (_, generate) => {
      const next = generate(new Random(SEED));
      const differences: string[] = [];
      let rendered = 0;
      for (let i = 0; i < CASES && differences.length < SHOWN; i++) {
        const given = next();
        const expected = await oracle.ask(given);
        if ('text' in expected) rendered++;
        const found = difference(expected, answerOf(given));
        if (found !== undefined) differences.push(`${JSON.stringify(given)}\n${found}`);
      }

      expect(differences).toEqual([]);
      // Errors agree easily: a good part of the cases must have rendered.
      expect(rendered).toBeGreaterThan(CASES / 4);
    },
    24 * 60 * 60 * 1000,
  );
});
