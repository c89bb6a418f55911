import type fs from 'node:fs';
import type path from 'node:path';

/**
 * Loads a module that builds paths as on Windows. Its files are this system's: their names reach it
 * with slashes.
 */
export function loadedOnWindows<Module>(load: () => Module): Module {
  const { win32 } = jest.requireActual<typeof path>('node:path');
  let loaded: Module | undefined;
  jest.isolateModules(() => {
    jest.doMock('node:path', () => ({ ...win32, default: win32, __esModule: true }));
    jest.doMock('node:fs', () => {
      const real = jest.requireActual<typeof fs>('node:fs');
      const { readdirSync, readFileSync, statSync, existsSync } = real;
      const translated = Object.fromEntries(
        Object.entries({ readdirSync, readFileSync, statSync, existsSync }).map(([name, act]) => [
          name,
          (file: string, ...rest: unknown[]) =>
            (act as (...call: unknown[]) => unknown)(file.replaceAll('\\', '/'), ...rest),
        ]),
      );
      return { ...real, ...translated };
    });
    loaded = load();
  });
  jest.dontMock('node:path').dontMock('node:fs');
  if (loaded === undefined) throw new Error('Nothing was loaded.');
  return loaded;
}
