import { isIPv4, isIPv6 } from 'node:net';
import { remember } from '../../core/remember';

/** A name that the user has given this machine; `name` is lower-cased and has no port. */
export type IsOwnName = (name: string) => boolean;

/**
 * Names that no DNS server of the public resolves: this machine's to itself, and to the containers that
 * Docker, Podman, Testcontainers, Lima and minikube run. There is no top-level domain `internal`.
 */
const LOOPBACK_NAMES: readonly string[] = [
  'localhost',
  'host.docker.internal',
  'gateway.docker.internal',
  'host.containers.internal',
  'host.testcontainers.internal',
  'host.lima.internal',
  'host.minikube.internal',
];

/** APIs and buckets under `localhost`, with or without a region. */
const SERVICE_ON_LOCALHOST = /^([a-z0-9._-]+\.)?(execute-api|s3)(\.[a-z0-9-]+)?\.localhost$/;

/** An API's name on AWS. The DNS for these is AWS's, so that no page can point one at loopback. */
const API_ON_AWS =
  /^[a-z0-9-]+\.execute-api\.[a-z0-9-]+\.((vpce\.)?amazonaws\.com|amazonaws\.com\.cn)$/;

const API_PREFIX = /^[a-z0-9-]+\.execute-api\./;

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{0,5})?$/i;

/** The length of the longest DNS name with a port. */
const LONGEST = 261;

/**
 * The host of a Host header, lower-cased, without port and final dot.
 * @returns undefined for an invalid host: user information, several hosts, other characters
 */
export function hostName(host: string): string | undefined {
  if (host.length > LONGEST) return undefined;
  return HOST.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '');
}

/**
 * Decides which Host headers are this machine's own. By DNS rebinding a web page makes its own name
 * lead to loopback, and may then read every answer; but the browser still sends that name. An IP
 * address was never looked up, so it is always allowed.
 * @param allowed additional names of this machine, as the user gave them
 */
export function ownHosts(allowed: readonly string[]): IsOwnName {
  const names = new Set([...LOOPBACK_NAMES, ...allowed.map((name) => name.toLowerCase())]);
  const isOwn = (name: string) =>
    isIPv4(name) ||
    isIPv6(name.replace(/^\[(.*)\]$/, '$1')) ||
    names.has(name) ||
    SERVICE_ON_LOCALHOST.test(name) ||
    API_ON_AWS.test(name) ||
    names.has(name.replace(API_PREFIX, ''));
  // Runs for every request, and nearly all name the same host.
  return remember(100, (host) => {
    const name = hostName(host);
    return name !== undefined && isOwn(name);
  });
}
