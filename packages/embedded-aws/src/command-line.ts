import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OptionError } from './core/option-error';
import type { LocalAwsOptions } from './index';
import type { KinesisOptions } from './kinesis';
import { readKinesisOptions } from './kinesis/read-options';
import { parseStartStreams } from './kinesis/start-streams';

const DEFAULT_PORT = '4566';
const DEFAULT_REGION = 'us-east-1';

/** The command's options, in the order in which `--help` lists them. */
const OPTIONS = {
  port: {
    type: 'string',
    value: '<port>',
    help: `port on 127.0.0.1, 0 for any free one (default ${DEFAULT_PORT}, or LOCAL_AWS_PORT)`,
  },
  host: {
    type: 'string',
    value: '<address>',
    help: 'open it to others: an IP address beside 127.0.0.1, or 0.0.0.0; implies --strict',
  },
  persist: {
    type: 'string',
    value: '<folder>',
    help: 'keep everything in a folder across restarts',
  },
  strict: {
    type: 'boolean',
    help: 'verify the signature of every request; --no-strict: of none, though --host opens it',
  },
  streams: {
    type: 'string',
    value: '<names>',
    help: 'streams to create unless they exist: orders:2,clicks,audit:on-demand',
  },
  region: {
    type: 'string',
    value: '<region>',
    help: 'region of --streams (default AWS_REGION, AWS_DEFAULT_REGION, or us-east-1)',
  },
  kinesis: {
    type: 'string',
    value: '<json>',
    help: 'how Kinesis behaves: delays, limits, faults; or @<file> with the JSON',
  },
  'allow-host': {
    type: 'string',
    multiple: true,
    value: '<names>',
    help: 'further host names to answer to, such as a container uses',
  },
  'allow-origin': {
    type: 'string',
    multiple: true,
    value: '<origins>',
    help: 'web pages that may call, such as http://localhost:3000',
  },
  'user-pool': {
    type: 'string',
    multiple: true,
    value: '<arn>=<url>',
    help: 'where the keys of a Cognito user pool are: the URL of its issuer or of its JWKS',
  },
  help: { type: 'boolean', short: 'h', help: 'print this' },
  version: { type: 'boolean', short: 'v', help: 'print the version' },
} as const;

interface OptionHelp {
  readonly short?: string;
  readonly value?: string;
  readonly help: string;
}

/** The output of `--help`. */
export function helpText(): string {
  const rows = Object.entries<OptionHelp>(OPTIONS).map(([name, { short, value = '', help }]) => ({
    usage: `${short === undefined ? '    ' : `-${short}, `}--${name} ${value}`.trimEnd(),
    help,
  }));
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return [
    'Usage: embedded-aws [options]',
    '',
    'A stand-in for AWS on loopback. Give its endpoint and any credentials to an AWS client.',
    '',
    ...rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`),
    '',
    'Lists are separated by commas. LOCAL_AWS_SECRET_ACCESS_KEY is the secret of the access key',
    "'local', at least 16 characters; with --strict and without it, the secret is random.",
    '',
    'Exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 could not start or lost its folder,',
    '2 wrong option.',
  ].join('\n');
}

/** The parsed command line. */
export type Command =
  | { readonly type: 'help' }
  | { readonly type: 'version' }
  | { readonly type: 'start'; readonly options: LocalAwsOptions };

/**
 * @param args of the command line, without Node and the script
 * @throws OptionError for what is no option or not what it takes
 */
export function readCommandLine(args: string[], environment = process.env): Command {
  const values = parse(args);
  if (values.help) return { type: 'help' };
  if (values.version) return { type: 'version' };
  const { port = environment.LOCAL_AWS_PORT ?? DEFAULT_PORT, host, persist, strict } = values;
  if (persist === '') throw new OptionError('--persist takes the path of a folder.');
  const secretAccessKey = environment.LOCAL_AWS_SECRET_ACCESS_KEY;
  return {
    type: 'start',
    options: {
      port: portOf(port),
      host,
      kinesis: values.kinesis === undefined ? {} : kinesisOf(values.kinesis),
      ...(strict !== undefined && { strict }),
      persist,
      allowHosts: listed(values['allow-host']),
      allowOrigins: listed(values['allow-origin']),
      userPools: userPoolsOf(values['user-pool']),
      ...(values.streams !== undefined && {
        streams: parseStartStreams(values.streams, '--streams'),
        region: regionOf(values.region, environment),
      }),
      ...(secretAccessKey && { secretAccessKey }),
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowNegative: true }).values;
  } catch (cause) {
    // Node explains an unknown option in several sentences, of which the first says what is wrong.
    const [reason] = (cause as Error).message.split(/[.\n]/, 1);
    throw new OptionError(`${reason}. See embedded-aws --help.`, { cause });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new OptionError(`--port takes a port, 0 (any free one) to 65535, and not '${text}'.`);
}

/** @throws OptionError for an invalid name of a region */
function regionOf(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const region =
    given ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || DEFAULT_REGION);
  if (/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) return region;
  throw new OptionError(`--region takes a region of AWS, such as us-east-1, and not '${region}'.`);
}

/** The values of an option that may be given several times, each with several between commas. */
function listed(values: readonly string[] = []): string[] {
  return values.flatMap((value) => value.split(',').map((each) => each.trim()));
}

/** `arn=url`: what they are is checked with the options of all who start the embedded AWS. */
function userPoolsOf(values: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const [arn = '', ...url] = value.split('=');
      if (url.length > 0) return [arn, url.join('=')];
      throw new OptionError(
        `--user-pool takes the ARN of a user pool, '=', and a URL, and not '${value}'.`,
      );
    }),
  );
}

/** @param text JSON, or `@` and the path of a file that has it: not every shell passes quotes on */
function kinesisOf(text: string): KinesisOptions {
  let options: unknown;
  try {
    options = JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new OptionError(`--kinesis takes JSON, or @ and the path of a file with it: ${reason}`, {
      cause,
    });
  }
  return readKinesisOptions(options, 'kinesis');
}
