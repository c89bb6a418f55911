import { once } from 'node:events';
import { HookError, type Options, type Serverless, type Utils } from '../../framework';
import { interruptionOf, listenForSignals } from '../../process/interruption';
import { orphaned } from '../../process/parent';
import { deployedStage } from '../../stage/deployed-stage';
import type { AccessView } from '../protocol';
import { recordPaths } from '../record-paths';
import { stageKinesis } from '../stage-kinesis';
import { openBrowser } from './open-browser';
import { startViewerServer } from './server';

/** Options of `serverless viewer`. */
export interface ViewerOptions extends Options {
  readonly port?: string;
  /** False when `--no-open` is given. */
  readonly open?: boolean;
}

/** `serverless viewer`: serves the page until a signal comes. @throws HookError */
export async function viewer(
  serverless: Serverless,
  options: ViewerOptions,
  { log }: Utils,
): Promise<void> {
  const port = portOf(options.port);
  const provider = serverless.getProvider('aws');
  const { kinesis, streams } = await stageKinesis(serverless);
  const { AWS_ENDPOINT_URL_KINESIS: own, AWS_ENDPOINT_URL: endpoint = own } = process.env;
  const view = {
    stage: provider.getStage(),
    region: provider.getRegion(),
    ...(endpoint && { endpoint }),
    pattern: streams.pattern,
    access: accessOf(serverless),
  };
  const access = () => deployedAccess(serverless);
  const server = await startViewerServer({ view, kinesis, streams, access }, port);
  const interruption = listenForSignals();
  log.notice(`\nThe streams of stage ${view.stage} are at ${server.url}\n\nCtrl-C stops it.`);
  if (options.open !== false && process.stdout.isTTY) openBrowser(server.launchUrl);
  // Without its parent, a terminal or npx, nobody could stop it.
  await Promise.race([once(interruption.signal, 'abort'), orphaned()]);
  await server.close();
  kinesis.destroy();
  interruption.release();
  // The framework has already wound up at the signal.
  process.exit(interruptionOf(interruption.signal)?.exitCode ?? 0);
}

function accessOf(serverless: Serverless): AccessView {
  const {
    authorization = 'AWS_IAM',
    readAuthorization = authorization,
    identitySource = '',
  } = serverless.service.custom?.kinesisRestProxy?.parameters ?? {};
  return {
    authorization: String(authorization),
    readAuthorization: String(readAuthorization),
    identitySource: String(identitySource),
    region: serverless.getProvider('aws').getRegion(),
    paths: recordPaths,
  };
}

/** With the URL of the stage; a stage that is not deployed has none, but may have streams. */
async function deployedAccess(serverless: Serverless): Promise<AccessView> {
  const access = accessOf(serverless);
  try {
    return { ...access, invokeUrl: (await deployedStage(serverless)).invokeUrl };
  } catch {
    return access;
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw new HookError('VIEWER_PORT_INVALID', `--port takes a port, 1 to 65535, not '${text}'.`);
}
