/** Features of an operating system that some tests need, and the systems that have them. */
const FEATURES = {
  /** `kill(-pid)` ends a process with all that it has started. Windows has no process groups. */
  'process groups': (system) => system !== 'win32',
  /** The memory of another process, in /proc. */
  'process memory': (system) => system === 'linux',
  /** Windows has one only with Git or WSL, and its `PATH` has other separators. */
  'a POSIX shell': (system) => system !== 'win32',
  /** Windows asks for a privilege to make a link that is no junction. */
  'symbolic links': (system) => system !== 'win32',
} as const satisfies Readonly<Record<string, (system: NodeJS.Platform) => boolean>>;

export type Feature = keyof typeof FEATURES;

/** True if a system has a feature. */
export function has(feature: Feature, system: NodeJS.Platform = process.platform): boolean {
  return FEATURES[feature](system);
}

/**
 * `test`, or `test.skip` on systems without the feature: the only way for a test to be left out on a
 * system. The tests that may use it are listed in test/systems.test.ts.
 */
export function testWith(feature: Feature): jest.It {
  return has(feature) ? test : test.skip;
}
