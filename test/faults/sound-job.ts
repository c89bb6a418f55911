import { PutGatewayResponseCommand } from '@aws-sdk/client-api-gateway';
import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { checks } from '../../hooks/verify/checks';
import { onlyReading } from '../../hooks/verify/checks/api';
import { failure } from '../../hooks/verify/report';
import type { Report } from '../../hooks/verify/verify';
import { limitedKinesis } from './limited-kinesis';
import { PRIVATE_ENDPOINT, type SoundStage, soundStages } from './sound-stages';
import { deployStage, type Stage } from './stage';
import { type VerifyOptions, verifyStage } from './verify-fault';

/** The complaints of verifications of a sound stage, and what they leave behind. */
export interface SoundVerdict {
  /** All that the reports complain of, by report. */
  readonly complaints: readonly (readonly string[])[];
  /** Requests that had to be repeated for an error of the server, by report. */
  readonly faulty: readonly number[];
  /** Requests that were sent, by report. */
  readonly sent: readonly number[];
  /** Names of the throw-away streams, by report. */
  readonly streams: readonly string[];
  /** Names of streams that are still there. */
  readonly left: readonly string[];
}

/** Verifies the sound stage of this name, for a pool of processes. */
export async function run(name: string): Promise<SoundVerdict> {
  const sound = soundStages[name];
  if (sound === undefined) throw new TypeError(`There is no stage ${name}.`);
  const { parameters, existingApi, isLimited = false } = sound;
  const stage = await deployStage({
    parameters,
    existingApi,
    kinesis: isLimited ? limitedKinesis() : undefined,
  });
  if (existingApi) await changeOwnersApi(stage);
  const reports = await reportsOf(stage, sound);
  const { StreamNames: left = [] } = await stage.kinesis.send(new ListStreamsCommand({}));
  return {
    complaints: reports.map(complaints),
    faulty: reports.map(({ tally }) => tally.faulty),
    sent: reports.map(({ tally }) => tally.sent),
    streams: reports.map(({ stream }) => stream),
    left,
  };
}

async function reportsOf(stage: Stage, sound: SoundStage): Promise<Report[]> {
  const { times = 1, atOnce = 1 } = sound;
  const reports: Report[] = [];
  for (let time = 0; time < times; time += 1) {
    const verify = () => verifyStage(stage, optionsOf(stage, sound));
    reports.push(...(await Promise.all(Array.from({ length: atOnce }, verify))));
  }
  return reports;
}

const optionsOf = (
  stage: Stage,
  { parameters, isBackendOutOfReach, onlyReads }: SoundStage,
): VerifyOptions => ({
  ...(isBackendOutOfReach && {
    backend: async () => {
      throw new TypeError('fetch failed');
    },
  }),
  ...(parameters?.vpcEndpoints === PRIVATE_ENDPOINT && {
    transport(request: Request) {
      request.headers.set('x-amzn-vpce-id', PRIVATE_ENDPOINT);
      return stage.transport(request);
    },
  }),
  ...(onlyReads && { checks: onlyReading(checks) }),
});

/** The owner's changes to the rest of the API are not faults of the routes. */
async function changeOwnersApi({ apiGateway, target }: Stage): Promise<void> {
  await apiGateway.send(
    new PutGatewayResponseCommand({
      restApiId: target.restApiId,
      responseType: 'DEFAULT_4XX',
      statusCode: '418',
      responseTemplates: { 'application/json': '"no"' },
    }),
  );
}

/** Everything that a report complains of. */
function complaints({ results, teardown, target }: Report): string[] {
  const told = results.flatMap(({ name, outcome }) => {
    if (outcome.status === 'failed') return [`${name}: ${failure(outcome, target).join('\n')}`];
    if (outcome.status === 'passed' || outcome.status === 'skipped') return [];
    return [`${name} ${outcome.status}: ${outcome.because}`];
  });
  return teardown === 'complete' ? told : [...told, 'the stream is not deleted'];
}
