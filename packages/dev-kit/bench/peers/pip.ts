import path from 'node:path';
import { lastLine, run } from '../processes/run';
import { PEERS_FOLDER, type Peer, type PeerName, peersFrom } from './pinned';
import { isInstalled, markInstalled } from './stamp';

const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

/** A program in a peer's own Python environment: `python`, or one of the peer's. */
export const pipProgram = (name: PeerName, program: string): string =>
  path.join(PEERS_FOLDER, name, BIN, program);

/**
 * Installs the peers that are Python packages, each into an environment of its own.
 * @returns those that cannot be had here, and why
 */
export async function installFromPip(
  wanted: Iterable<PeerName>,
  progress: (what: string) => void,
): Promise<ReadonlyMap<PeerName, string>> {
  const absent = new Map<PeerName, string>();
  for (const [name, peer] of peersFrom(wanted, 'pip')) {
    if (isInstalled(name, peer.version)) continue;
    const problem = await pipInstall(name, peer, progress);
    if (problem === undefined) markInstalled(name, peer.version);
    else absent.set(name, problem);
  }
  return absent;
}

/** @returns why it cannot be installed here */
export async function pipInstall(
  name: PeerName,
  { version, package: server, beside = [], pythons }: Extract<Peer, { from: 'pip' }>,
  progress: (what: string) => void,
  call = run,
): Promise<string | undefined> {
  const python = await pythonOf(pythons, call);
  if (python === undefined) {
    return `it needs Python ${inWords(pythons)}: install it (https://www.python.org)`;
  }
  progress(`Installing ${name} ${version} into bench/.peers`);
  const steps = [
    () => call(python, ['-m', 'venv', path.join(PEERS_FOLDER, name)]),
    () => call(pipProgram(name, 'pip'), ['install', '--quiet', `${server}==${version}`, ...beside]),
  ];
  for (const step of steps) {
    const { ok, output } = await step();
    if (!ok) return `pip could not install it: ${lastLine(output)}`;
  }
  return undefined;
}

const inWords = (versions: readonly string[]): string => versions.toSorted().join(' or ');

/** A Python of the first of these versions that is there. @returns its program */
async function pythonOf(
  versions: readonly string[],
  call: typeof run,
): Promise<string | undefined> {
  for (const version of versions) {
    const asked = [`python${version}`, ...(await ofPyenv(version, call)), 'python3', 'python'];
    for (const program of asked) {
      const { ok, output } = await call(program, ['-c', TELL_VERSION]);
      if (ok && output === version) return program;
    }
  }
  return undefined;
}

const TELL_VERSION = 'import sys;print(".".join(map(str,sys.version_info[:2])))';

/** Its command `python3.13` works only where that version is the chosen one. */
async function ofPyenv(version: string, call: typeof run): Promise<string[]> {
  const { ok, output } = await call('pyenv', ['prefix', version]);
  return ok ? [path.join(output, 'bin', 'python')] : [];
}
