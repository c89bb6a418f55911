type Body<Args extends readonly unknown[] = []> = (...args: Args) => unknown;

/** Declares tests as Jest's own `test` does. */
interface TestInOrder {
  (name: string, body: Body, timeoutMs?: number): void;
  each<Row extends readonly unknown[] | readonly [unknown]>(
    rows: readonly Row[],
  ): (name: string, body: Body<[...Row]>, timeoutMs?: number) => void;
  each<Row>(rows: readonly Row[]): (name: string, body: Body<[Row]>, timeoutMs?: number) => void;
  /** Declares a step that is not a test, such as starting a server, which the tests below it need. */
  before(body: Body): void;
}

/** The part of Jest's `test` that a story uses. */
interface JestTest {
  (name: string, body: () => Promise<void>, timeoutMs?: number): void;
  each(
    rows: readonly unknown[],
  ): (name: string, body: (...row: unknown[]) => unknown, timeoutMs?: number) => void;
}

/**
 * `test` for a story: tests that build on each other. Whichever of them Jest begins with, because it
 * shuffles them or was told to run it alone, those before it in the file have been run once, and only
 * once. Each reports its own failure; those after it go on, as they do without this.
 * @param jestTest declares a test
 * @example const test = inOrder();
 */
export function inOrder(jestTest: JestTest = test): TestInOrder {
  const steps: { readonly isTest: boolean; readonly run: () => Promise<void> }[] = [];

  /** @returns the body of the test: all up to this one */
  function step(body: Body, isTest = true): () => Promise<void> {
    const index = steps.length;
    let ended: Promise<void> | undefined;
    const run = () => {
      ended ??= (async () => void (await body()))();
      return ended;
    };
    steps.push({ isTest, run });
    return async () => {
      for (const earlier of steps.slice(0, index)) {
        if (earlier.isTest) await earlier.run().catch(() => {});
        else await earlier.run();
      }
      await run();
    };
  }

  function each(rows: readonly unknown[]) {
    return (name: string, body: Body<unknown[]>, timeoutMs?: number) => {
      const cases = rows.map((row) => {
        const args: readonly unknown[] = Array.isArray(row) ? row : [row];
        return { args, run: step(() => body(...args)) };
      });
      const runOf = (given: readonly unknown[]) => {
        const found = cases.find(({ args }) => args.every((arg, at) => Object.is(arg, given[at])));
        if (found === undefined) throw new TypeError(`'${name}' got a row that is not its own.`);
        return found.run();
      };
      jestTest.each([...rows])(name, (...given: unknown[]) => runOf(given), timeoutMs);
    };
  }

  const inOrderTest = (name: string, body: Body, timeoutMs?: number) =>
    jestTest(name, step(body), timeoutMs);
  const before = (body: Body) => void step(body, false);
  return Object.assign(inOrderTest, { each, before });
}
