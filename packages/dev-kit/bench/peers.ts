import { createRequire } from 'node:module';
import path from 'node:path';
import { installFromCargo } from './peers/cargo';
import { installFromNpm } from './peers/npm';
import { PEERS_FOLDER, type PeerName } from './peers/pinned';
import { installFromPip } from './peers/pip';

export { cargoProgram } from './peers/cargo';
export { PEERS, PEERS_FOLDER, type PeerName } from './peers/pinned';
export { pipProgram } from './peers/pip';

/** Peers that are not measured, and why: what to install for them. */
export type Absent = ReadonlyMap<PeerName, string>;

/**
 * Installs peers into a folder of their own, unless they are already installed.
 * @returns those whose tools (cargo, Python) this machine does not have
 * @throws BenchError if npm fails, for example without a network
 */
export async function installPeers(
  names: ReadonlySet<PeerName>,
  progress: (what: string) => void,
): Promise<Absent> {
  await installFromNpm(names, progress);
  return new Map([
    ...(await installFromCargo(names, progress)),
    ...(await installFromPip(names, progress)),
  ]);
}

/** Loads what a peer exports. @throws Error when it is not installed */
export function loadPeer(name: PeerName): unknown {
  return createRequire(path.join(PEERS_FOLDER, 'package.json'))(name);
}
