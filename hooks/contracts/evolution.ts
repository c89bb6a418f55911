import { execFileSync } from 'node:child_process';
import {
  type Before,
  type Breaking,
  breakingSchemas,
  samplesOf,
} from '../../resources/contracts/evolution';
import type { DeclaredStream } from '../../resources/streams/declared';
import { HookError, type Serverless, type Utils } from '../framework';
import { declaredStreamsOf, stageAddress } from '../stage/deployed-stage';
import { readStack } from '../stage/load-target';
import { streamsIn } from '../stage/remembered';

const GIT_MS = 5_000;

const WAY =
  'Make new members optional and keep old ones, or declare a second stream for the new events: docs/events.md#when-a-schema-changes.';

/** Warns of schemas that refuse the sample as it was committed. */
export function warnOfCommitted(serverless: Serverless, { log }: Utils): void {
  const declared = declaredStreamsOf(serverless);
  for (const breaking of breakingSchemas(declared.flatMap(committed), declared)) {
    log.warning(`${worded(breaking, 'the sample that is committed')} ${WAY}`);
  }
}

/** The committed sample; none outside of a Git repository. */
function committed({ name, contract }: DeclaredStream): Before[] {
  if (contract === undefined) return [];
  try {
    const sample = execFileSync('git', ['show', `HEAD:./${contract.sampleFile}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
      timeout: GIT_MS,
    }).trim();
    JSON.parse(sample);
    return [{ name, sample }];
  } catch {
    return [];
  }
}

/**
 * Refuses to deploy a schema that refuses the sample that the stage was deployed with. On stage
 * `local` nobody loses an event: there it is a warning.
 * @param accepted names of streams, separated by commas, that may break
 * @throws HookError for others, naming stream and reason
 */
export async function checkAgainstDeployed(
  serverless: Serverless,
  { log }: Utils,
  accepted = '',
): Promise<void> {
  const declared = declaredStreamsOf(serverless);
  if (samplesOf(declared).length === 0) return;
  const address = await stageAddress(serverless);
  const stack = await readStack(address);
  if (stack === undefined) return;
  const names = accepted.split(',').map((name) => name.trim());
  const all = breakingSchemas(samplesOf(streamsIn(stack.template)), declared);
  const breaking = all.filter(({ name }) => !names.includes(name));
  if (breaking.length === 0) return;
  const told = breaking.map((one) =>
    worded(one, `the sample that stage ${address.stage} has taken until now`),
  );
  if (address.stage === 'local') {
    for (const text of told) log.warning(text);
    return;
  }
  throw new HookError(
    'BREAKING_SCHEMA',
    [
      ...told,
      `Senders that still send such events would lose them. ${WAY}`,
      `If none does: --breaking-schema ${all.map(({ name }) => name).join(',')}`,
    ].join('\n'),
  );
}

const worded = ({ name, schemaFile, reasons }: Breaking, sample: string) =>
  `${name}: ${schemaFile} refuses ${sample}: ${reasons.join('; ')}.`;
