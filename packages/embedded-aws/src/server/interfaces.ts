import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { OptionError } from '../core/option-error';

/** The address that is always listened on; other machines cannot reach it. */
export const LOOPBACK = '127.0.0.1';

/** Addresses that stand for all interfaces, the second for those of IPv4 as well. */
const EVERY_INTERFACE: readonly string[] = ['0.0.0.0', '::'];

/** @throws OptionError for anything but an IP address */
export function checkedAddress(host: string): string {
  // The zone of a link-local address cannot be part of a URL.
  if (isIP(host) > 0 && !host.includes('%')) return host;
  const all = EVERY_INTERFACE.join(' or ');
  throw new OptionError(
    `--host takes an IP address of this machine, or ${all} for all of them, and not '${host}'.`,
  );
}

/** True if only this machine can reach an address. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** The addresses to listen on: loopback is always among them, so that nothing changes there. */
export function addressesFor(host: string): readonly string[] {
  return host === LOOPBACK || EVERY_INTERFACE.includes(host) ? [host] : [LOOPBACK, host];
}

/** URLs by which others reach an address: for all interfaces one of each of this machine's. */
export function urlsOf(host: string, port: number): readonly string[] {
  if (isLoopback(host)) return [];
  const addresses = EVERY_INTERFACE.includes(host)
    ? ownAddresses().filter((address) => host === '::' || isIP(address) === 4)
    : [host];
  return addresses.map((address) => urlOf(address, port));
}

export function urlOf(address: string, port: number): string {
  return `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}`;
}

/** An error of `listen` that names an address. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
}

/** EINVAL: an address of one link only, without the link. */
const FOREIGN: readonly string[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

/** The system's error, in the user's words where the address is the cause. */
export function listenError(error: ListenError): Error {
  const isForeign = FOREIGN.includes(error.code ?? '');
  if (!isForeign || error.address === undefined) return error;
  const own = [LOOPBACK, ...ownAddresses()].join(', ');
  return new OptionError(
    `--host: this machine has no address ${error.address}. It has: ${own}; 0.0.0.0 opens all.`,
    { cause: error },
  );
}

/** Addresses of this machine that others may reach; link-local ones need a zone and are left out. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address);
}
