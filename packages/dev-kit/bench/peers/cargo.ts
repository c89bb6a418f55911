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
    const problem = await cargoInstall(name, version, progress);
    if (problem === undefined) markInstalled(name, version);
    else absent.set(name, problem);
  }
  return absent;
}

/** @returns why it cannot be installed here */
export async function cargoInstall(
  name: PeerName,
  version: string,
  progress: (what: string) => void,
  call = run,
): Promise<string | undefined> {
  const { ok: hasCargo } = await call('cargo', ['--version']);
  if (!hasCargo) return 'it needs cargo: install Rust (https://rustup.rs)';
  progress(`Building ${name} ${version} into bench/.peers, which takes some minutes`);
  const root = path.join(PEERS_FOLDER, name);
  const options = ['--version', version, '--root', root, '--locked', '--quiet'];
  const { ok, output } = await call('cargo', ['install', ...options, name]);
  return ok ? undefined : `cargo could not install it: ${lastLine(output)}`;
}
