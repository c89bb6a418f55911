import { once } from 'node:events';
import { START_COMMAND } from '../../resources/packed';
import { HookError, type Options, type Serverless, type Utils } from '../framework';
import { exitWith } from '../process/exit-code';
import { interruptionOf, listenForSignals } from '../process/interruption';
import { outsideProblem } from '../process/known-problems';
import { orphaned } from '../process/parent';
import { deployedStage } from '../stage/deployed-stage';
import { banner, eventsBanner } from './banner';
import { type EmbeddedAws, startEmbeddedAws } from './embedded-aws';
import type { Outcome } from './redeploy';
import { deploySaved } from './saved';
import { sourcesIn } from './sources';

/** The inputs of `serverless local`. */
export interface Local {
  readonly serverless: Serverless;
  readonly options: Options;
  /** Names of the options that only this command has. */
  readonly ownOptions: ReadonlySet<string>;
  readonly log: Utils['log'];
  /** Of the embedded AWS. */
  readonly endpoint: string;
  /** How the embedded Kinesis behaves, in JSON. */
  readonly kinesis: string | undefined;
  /** The IP address that it opens to others. */
  readonly host: string | undefined;
  /** Streams that it creates at the start: `orders:2,clicks:1`. */
  readonly streams: string | undefined;
  /** Where the keys of user pools are: `<arn>=<url>` each. */
  readonly userPools: readonly string[];
  /** True as soon as the stage serves this deployment, before it is verified. */
  readonly isDeployed: () => boolean;
}

const TOLD: Readonly<Record<Exclude<Outcome, 'done'>, string>> = {
  'not verified': '✖ The API is running, but its verification did not pass: see above.',
  'not deployed':
    '✖ Not deployed, for the reason above; the stage stays as it was. Save a change to try again.',
};

/** Why it ends. */
type End = 'interrupted' | 'orphaned' | 'gone';

/**
 * `serverless local`: starts the embedded AWS, deploys stage local to it and runs until it is
 * stopped. With `--watch`, deploys after every change. A stage that fails verification is served
 * nevertheless.
 * @throws HookError if the embedded AWS cannot start or ends on its own; without `--watch` also the
 *   first deployment's errors
 */
export async function runLocal(local: Local): Promise<void> {
  const { serverless, options, log, endpoint, kinesis, host, streams, userPools } = local;
  const { persist, strict, watch = false } = options;
  const aws = await startEmbeddedAws(portOf(endpoint), {
    host,
    strict,
    kinesis,
    streams,
    region: serverless.getProvider('aws').getRegion(),
    userPools,
    persist,
    allowHost: options['allow-host'],
    allowOrigin: options['allow-origin'],
  });
  useSecret(aws);
  const kept = persist === undefined ? '' : `, its state in ${persist}`;
  log.notice(`Embedded AWS at ${endpoint}${kept}`);
  if (aws.openness !== undefined) log.warning(aws.openness);
  log.notice('Deploying stage local to it');
  const interruption = listenForSignals();
  const interrupted = once(interruption.signal, 'abort').then(() => 'interrupted' as const);
  const gone = aws.ended.then(() => 'gone' as const);
  const ended: Promise<End> = Promise.race([interrupted, orphaned(), gone]);
  const sources = sourcesIn(process.cwd());
  const contents = sources.contents();

  const deployed = deployFirst(local).then((outcome) => ({ outcome }));
  const first = await Promise.race([deployed, ended]).catch(async (error: unknown) => {
    await aws.stop();
    throw error;
  });
  if (typeof first === 'string') return abandon(first, aws, log, interruption.signal);

  let last = first.outcome;
  const say = teller(local, aws);
  const tell = (outcome: Outcome) => {
    last = outcome;
    return say(outcome);
  };
  try {
    await tell(last);
    if (watch) await deploySaved({ ...local, sources, contents, ended, tell });
    if ((await ended) === 'gone') throw goneError();
  } finally {
    await aws.stop();
    interruption.release();
  }
  // A script that waits for this command to end learns whether the last deployment was sound.
  exitWith(last === 'done' ? 'passed' : 'checkFailed');
}

/** Deploys what this process has loaded, which takes half the time of a separate process. */
async function deployFirst({ serverless, options, log, isDeployed }: Local): Promise<Outcome> {
  try {
    await serverless.pluginManager.spawn('deploy');
    return 'done';
  } catch (error) {
    if (!isDeployed() && !options.watch) throw error;
    const line = outsideProblem(error) ?? (error instanceof Error ? error.message : error);
    log.notice(`\n✖ ${line}`);
    return isDeployed() ? 'not verified' : 'not deployed';
  }
}

/** This process signs with the secret, and so does every deployment that it starts. */
function useSecret({ secretAccessKey }: EmbeddedAws): void {
  if (secretAccessKey === undefined) return;
  process.env.AWS_SECRET_ACCESS_KEY = secretAccessKey;
  process.env.LOCAL_AWS_SECRET_ACCESS_KEY = secretAccessKey;
}

/** @returns says what became of a deployment, and at which URL the stage serves it */
function teller(
  { serverless, options, log, endpoint }: Local,
  { strict, openAt, secretAccessKey: secret }: EmbeddedAws,
): (outcome: Outcome) => Promise<void> {
  const { watch = false } = options;
  const secretAccessKey = strict ? secret : undefined;
  let known: string | undefined;
  let knownEvents = '';
  return async (outcome) => {
    if (outcome !== 'done') log.notice(`\n${TOLD[outcome]}`);
    if (outcome === 'not deployed') return;
    const { invokeUrl, parameters, streams } = await deployedStage(serverless);
    const { kafkaRestUrl, authorization, readAuthorization, identitySource } = parameters;
    const region = serverless.getProvider('aws').getRegion();
    const served = {
      ...{ invokeUrl, region, streams },
      ...{ authorization, readAuthorization, identitySource },
    };
    const events = eventsBanner(served);
    if (invokeUrl !== known) {
      log.notice(banner({ ...served, endpoint, openAt, kafkaRestUrl, secretAccessKey, watch }));
    } else {
      const changes = events === knownEvents ? '' : `\n\n${events}`;
      log.notice(`The API is ready at ${invokeUrl}${changes}`);
    }
    known = invokeUrl;
    knownEvents = events;
  };
}

/** Ends in the middle of a deployment, which cannot be called off: so does the process. */
async function abandon(
  why: End,
  aws: EmbeddedAws,
  log: Utils['log'],
  signal: AbortSignal,
): Promise<never> {
  if (why === 'gone') log.notice(goneError().message);
  silence();
  await aws.stop();
  return process.exit(interruptionOf(signal)?.exitCode ?? 1);
}

/**
 * Operations still under way lose their AWS and can only fail: reporting them would be a false
 * alarm.
 */
function silence(): void {
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
}

function portOf(endpoint: string): number {
  const port = Number(new URL(endpoint).port);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new HookError(
    'LOCAL_ENDPOINT_INVALID',
    `--port (or LOCAL_AWS_PORT) must be a port, 1 to 65535; the endpoint is '${endpoint}'.`,
  );
}

function goneError(): HookError {
  return new HookError(
    'LOCAL_AWS_ENDED',
    `The embedded AWS stopped unexpectedly; its last output is above. Start it again with: ${START_COMMAND}`,
  );
}
