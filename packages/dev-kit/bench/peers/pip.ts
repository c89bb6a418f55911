import path from 'node:path';
import { PEERS_FOLDER, type PeerName, peersFrom } from './pinned';
import { lastLine, run } from './run';
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
  for (const [name, { version, extra, pythons }] of peersFrom(wanted, 'pip')) {
    if (isInstalled(name, version)) continue;
    const python = await pythonOf(pythons);
    if (python === undefined) {
      absent.set(name, `it needs Python ${inWords(pythons)}: install it (https://www.python.org)`);
      continue;
    }
    progress(`Installing ${name} ${version} into bench/.peers`);
    const made = await run(python, ['-m', 'venv', path.join(PEERS_FOLDER, name)]);
    const installed = made.ok
      ? await run(pipProgram(name, 'pip'), ['install', '--quiet', `${name}[${extra}]==${version}`])
      : made;
    if (installed.ok) markInstalled(name, version);
    else absent.set(name, `pip could not install it: ${lastLine(installed.output)}`);
  }
  return absent;
}

const inWords = (versions: readonly string[]): string => versions.toSorted().join(' or ');

/** A Python of the first of these versions that is there. @returns its program */
async function pythonOf(versions: readonly string[]): Promise<string | undefined> {
  for (const version of versions) {
    const asked = [`python${version}`, ...(await ofPyenv(version)), 'python3', 'python'];
    for (const program of asked) {
      const { ok, output } = await run(program, ['-c', TELL_VERSION]);
      if (ok && output === version) return program;
    }
  }
  return undefined;
}

const TELL_VERSION = 'import sys;print(".".join(map(str,sys.version_info[:2])))';

/** Its command `python3.13` works only where that version is the chosen one. */
async function ofPyenv(version: string): Promise<string[]> {
  const { ok, output } = await run('pyenv', ['prefix', version]);
  return ok ? [path.join(output, 'bin', 'python')] : [];
}
