import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError, type Options, type Serverless } from '../../framework';
import { streamOwner } from '../../stage/deployed-stage';
import { isLoopback } from '../../stage/rates';
import type { Target } from '../../stage/target';
import { type StreamOwner, throwAwayName } from '../../stage/throw-away-name';
import { Access } from '../access/access';
import type { Sign } from '../exchange';
import type { Checks } from '../run-checks';
import { accessTo, hasCredentials } from './access';
import { checksOf, readingChecksOf, withNamedStream } from './checks';
import { DescribedDoor } from './described';
import { kinesisThrough } from './kinesis-through';
import { type Routes, readRoutes } from './routes';
import { targetOf } from './target';

type DoorOptions = Pick<
  Options,
  'url' | 'routes' | 'stream' | 'read-only' | 'keep' | 'token-command'
>;

/** How a door that others made is verified. */
export interface DoorPlan {
  readonly door: DescribedDoor;
  readonly target: Target;
  readonly checks: Checks;
  readonly stream: string;
  /** The stream is there already, and stays. */
  readonly isNamed: boolean;
  readonly sign: Sign;
  readonly access: Access;
  /** In place of Kinesis's own client, where there are no AWS credentials. */
  readonly kinesis?: KinesisClient;
}

/** True where the command line is about an API that this service did not make. */
export const isAboutDoor = ({ url, routes, stream }: DoorOptions): boolean =>
  url !== undefined || routes !== undefined || stream !== undefined;

/**
 * Reads what the command line says of a door.
 * @throws HookError for options that lack one another, or a file of routes that cannot be used
 */
function doorOf(options: DoorOptions, serverless: Serverless): DescribedDoor {
  const { url, routes: file, stream } = options;
  if (url === undefined || file === undefined) {
    const [given, missing] =
      url !== undefined
        ? ['--url', '--routes FILE']
        : [file ? '--routes' : '--stream', '--url URL'];
    throw new HookError(
      'DOOR_INCOMPLETE',
      `${given} needs ${missing} beside it. An API that this service did not make is verified with: npx serverless verify --url URL --routes FILE. More: docs/verify-any-api.md`,
    );
  }
  requireUrl(url);
  return new DescribedDoor(readRoutes(file, serverless.utils), stream);
}

function requireUrl(url: string): void {
  const { protocol, search, hash } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', search: '', hash: '' };
  if (['http:', 'https:'].includes(protocol) && search === '' && hash === '') return;
  throw new HookError(
    'URL_INVALID',
    `--url ${url}: it takes the URL that the routes' paths follow, such as https://abc123.execute-api.eu-west-1.amazonaws.com/prod`,
  );
}

/**
 * Plans the verification of a door: its checks, the stream they use, and how it is called.
 * @throws HookError where there is no stream that may be written to
 */
export async function planDoor(
  options: DoorOptions,
  serverless: Serverless,
  kinesis: KinesisClient,
): Promise<DoorPlan> {
  const door = doorOf(options, serverless);
  const owner = streamOwner(serverless);
  requireSameAws(options.url ?? '', owner);
  const region = serverless.getProvider('aws').getRegion();
  const target = targetOf(door, options.url ?? '', region, owner);
  const { sign, tokens } = await accessTo(door, region, kinesis, {
    command: options['token-command'],
  });
  const access = new Access(target, { tokens });
  const isNamed = options.stream !== undefined;
  const isReadOnly = options['read-only'] ?? false;
  if (!isReadOnly) requireStream(door.routes, isNamed);
  // Where nothing is written, the name stands for a stream that is not there.
  const { streams } = target.parameters;
  const isOne = isReadOnly && !streams.includes('*');
  const stream = options.stream ?? nameFor(isOne ? '*' : streams, owner);
  const checks = listedChecks(options, serverless);
  const plan = { door, target, stream, isNamed, sign, access, checks };
  if (await hasCredentials(kinesis)) return plan;
  return { ...plan, kinesis: kinesisThrough(door, target.invokeUrl, sign, { region, stream }) };
}

/** With stage `local`, the stream would be looked for in the embedded AWS. */
function requireSameAws(url: string, { stage }: StreamOwner): void {
  if (stage !== 'local' || isLoopback(url)) return;
  throw new HookError(
    'URL_NOT_LOCAL',
    `${url} is not on this machine, but with stage local all AWS calls go to the embedded AWS. Name another stage, deployed or not: --stage dev`,
  );
}

/** A throw-away stream's name that the door's role may reach. */
export const nameFor = (streams: string, owner: StreamOwner): string => {
  // The door's role may reach no names but these.
  const [first = '', ...rest] = streams.split('*');
  if (rest.length > 0)
    return `${first}${throwAwayName(owner)}${rest.join('')}`.replaceAll('?', 'x');
  throw new HookError(
    'NO_STREAM_TO_VERIFY_WITH',
    `The routes reach only the stream '${streams}'. Verification would write to it: pass --stream ${streams} to allow that, or --read-only.`,
  );
};

/** Records in a stream that is in use cannot be taken back, so it is named by hand. */
function requireStream({ routes }: Routes, isNamed: boolean): void {
  const fixed = routes.find(({ takes }) => takes?.StreamName === 'fixed');
  if (fixed === undefined || isNamed) return;
  throw new HookError(
    'NO_STREAM_TO_VERIFY_WITH',
    `${fixed.method} ${fixed.path} has one stream, which verification would write to, and records cannot be taken back. Pass --stream with its name to allow that, or --read-only.`,
  );
}

/** The checks that a run with these options would make, for `--list`. */
export function listedChecks(options: DoorOptions, serverless: Serverless): Checks {
  const door = doorOf(options, serverless);
  const all = options['read-only'] ? readingChecksOf(door) : checksOf(door);
  return options.stream === undefined ? all : withNamedStream(all);
}
