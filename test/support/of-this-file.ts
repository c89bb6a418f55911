/**
 * What replaces something for the tests of this file: files that follow find the real thing.
 * @returns the same
 */
export function ofThisFile<Mock extends { restore(): void }>(mock: Mock): Mock {
  afterAll(() => mock.restore());
  return mock;
}
