import path from 'node:path';
import { lastLine, run } from '../processes/run';
import { PEERS_FOLDER, type PeerName, peersFrom } from './pinned';
import { isInstalled, markInstalled } from './stamp';

/** A program that cargo installed for the bench. */
export const cargoProgram = (name: PeerName): string => path.join(PEERS_FOLDER, name, 'bin', name);

/**
 * Builds the peers that are Rust programs, which takes minutes, once.
 * @returns those that cannot be had here, and why
 */
export async function installFromCargo(
  wanted: Iterable<PeerName>,
  progress: (what: string) => void,
): Promise<ReadonlyMap<PeerName, string>> {
  const absent = new Map<PeerName, string>();
  for (const [name, { version }] of peersFrom(wanted, 'cargo')) {
    if (isInstalled(name, version)) continue;
    if (!(await run('cargo', ['--version'])).ok) {
      absent.set(name, 'it needs cargo: install Rust (https://rustup.rs)');
      continue;
    }
    progress(`Building ${name} ${version} into bench/.peers, which takes some minutes`);
    const root = path.join(PEERS_FOLDER, name);
    const { ok, output } = await run('cargo', [
      'install',
      ...['--version', version, '--root', root, '--locked', '--quiet', name],
    ]);
    if (ok) markInstalled(name, version);
    else absent.set(name, `cargo could not install it: ${lastLine(output)}`);
  }
  return absent;
}
