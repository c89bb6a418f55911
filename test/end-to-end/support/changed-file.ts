import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Changes a file of a service while something is done.
 * @param folder the service's
 * @param file its path in there, with slashes
 */
export async function withChangedFile<T>(
  folder: string,
  file: string,
  change: (text: string) => string,
  act: () => Promise<T>,
): Promise<T> {
  const name = path.join(folder, ...file.split('/'));
  const original = readFileSync(name, 'utf8');
  const text = change(original);
  if (text === original) throw new Error(`${file} has nothing to change.`);
  writeFileSync(name, text);
  try {
    return await act();
  } finally {
    writeFileSync(name, original);
  }
}
