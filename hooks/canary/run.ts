import { type APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { DeclaredStream } from '../../resources/streams/declared';
import { patientClients, unhurried } from '../stage/clients';
import { takesKeys } from '../stage/entrances';
import { streamsIn } from '../stage/remembered';
import type { Target } from '../stage/target';
import { throwAwayName } from '../stage/throw-away-name';
import { Access } from '../verify/access/access';
import { withApiKey } from '../verify/api-key';
import type { Pace } from '../verify/check';
import { canaryChecks, onlyReading, withEvents } from '../verify/checks/api';
import { quietEventChecks } from '../verify/events';
import { AWS_PACE } from '../verify/pace';
import { jsonReport } from '../verify/reports/json';
import { counts } from '../verify/reports/summary';
import { signWith } from '../verify/sign';
import { causeOf, failedOf, verify } from '../verify/verify';
import { metricsLine, trafficLine } from './metrics';
import { stackOf, targetOf } from './target';
import { counted } from './traffic';

export interface CanaryClients {
  readonly kinesis: KinesisClient;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
  /** For a stack that declares streams. */
  readonly cloudFormation?: CloudFormationClient;
}

/** A check failed. Thrown, so that Lambda counts an error. */
class CanaryFailure extends Error {
  override readonly name = 'CanaryFailure';
}

/**
 * Verifies the stage that the environment describes, once.
 * @param print takes a line of the log: the metrics, and the report
 * @param pace how long things take where the stage is; as on AWS unless told
 * @returns how many checks ended in which way
 * @throws CanaryFailure that names the checks that failed, or says why not all could be made
 */
export async function runCanary(
  environment: NodeJS.ProcessEnv,
  clients: CanaryClients,
  print: (line: string) => void,
  transport: typeof fetch = fetch,
  pace: Pace = AWS_PACE,
): Promise<ReturnType<typeof counts>> {
  const target = { ...targetOf(environment), streams: await streamsOf(environment, clients) };
  const isReadOnly = target.parameters.protected === 'true';
  const all = withEvents(canaryChecks, quietEventChecks(target.streams));
  const traffic = counted(transport);
  const access = await accessOf(target, patientClients(clients, unhurried));
  const report = await verify({
    kinesis: clients.kinesis,
    apiGateway: clients.apiGateway,
    iam: clients.iam,
    target,
    checks: isReadOnly ? onlyReading(all) : all,
    sign: access.sign,
    access,
    // Where nothing is written, the name stands for a stream that is not there.
    stream: throwAwayName(target),
    pace,
    keep: false,
    // Lambda ends a function without a warning.
    signal: new AbortController().signal,
    transport: traffic.transport,
    onResult: () => {},
    progress: () => {},
  });
  print(metricsLine(report));
  print(JSON.stringify(JSON.parse(jsonReport(report))));
  for (const minute of traffic.minutes()) print(trafficLine(target, minute));
  const failed = failedOf(report);
  const cause = causeOf(report);
  if (failed.length === 0 && cause !== undefined) {
    throw new CanaryFailure(`Verification is incomplete: ${cause}`);
  }
  if (failed.length === 0) return counts(report);
  const titles = failed.map(({ name, check }) => `${check.title} (${name})`);
  throw new CanaryFailure(`Verification failed: ${titles.join(', ')}`);
}

/** The streams that the stack declares, from itself: it alone knows what was deployed. */
async function streamsOf(
  environment: NodeJS.ProcessEnv,
  { cloudFormation }: CanaryClients,
): Promise<readonly DeclaredStream[]> {
  const StackName = stackOf(environment);
  if (StackName === undefined || cloudFormation === undefined) return [];
  const { TemplateBody = '{}' } = await cloudFormation.send(
    new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
  );
  return streamsIn(JSON.parse(TemplateBody));
}

/**
 * Uses the role's credentials or the current key: neither is in the function's settings. It has no
 * token, and leaves out what needs one.
 */
async function accessOf(target: Target, { kinesis, apiGateway }: CanaryClients): Promise<Access> {
  const { region, apiKeyId } = target;
  const key = takesKeys(target)
    ? await apiGateway.send(new GetApiKeyCommand({ apiKey: apiKeyId, includeValue: true }))
    : undefined;
  const signers = {
    AWS_IAM: signWith(region, () => kinesis.config.credentials()),
    API_KEY: withApiKey(key?.value ?? ''),
  };
  const access = new Access(target, { signers, acceptsNone: true });
  await access.prepare();
  return access;
}
