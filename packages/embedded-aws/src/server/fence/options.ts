import { OptionError } from '../../core/option-error';

/** Clients that may use the embedded AWS, besides programs on this machine. */
export interface FenceOptions {
  /** Names that lead to this machine, such as a container's name for it: `['aws']`. */
  readonly allowHosts?: readonly string[];
  /** Origins of web pages that may call every service and API: `['http://localhost:3000']`. */
  readonly allowOrigins?: readonly string[];
}

const NAME = /^[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?$/i;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/\s,?#@]*$/;

/** @throws OptionError for an invalid host name */
export function checkedHosts(hosts: readonly string[]): readonly string[] {
  for (const host of hosts) {
    if (NAME.test(host)) continue;
    throw new OptionError(
      `--allow-host takes names of this machine, without a port, such as aws.test, and not '${host}'.`,
    );
  }
  return hosts;
}

/** @throws OptionError for an invalid origin */
export function checkedOrigins(origins: readonly string[]): readonly string[] {
  for (const origin of origins) {
    if (ORIGIN.test(origin)) continue;
    throw new OptionError(
      `--allow-origin takes origins of web pages, such as http://localhost:3000, and not '${origin}'.`,
    );
  }
  return origins;
}
