import { createInterface } from 'node:readline/promises';
import { ProveError } from './prove-error';

/**
 * Asks for the account's id, which nobody types by accident.
 * @throws ProveError where it is not given, and where nobody can be asked
 */
export async function confirm(account: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new ProveError(
      'Nothing was made: this is no terminal, so nobody can confirm it. Pass --yes to go on.',
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question("Type the account's id to go on: ");
  terminal.close();
  if (typed.trim() !== account) throw new ProveError('Nothing was made.');
}
