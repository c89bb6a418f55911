import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { HookError } from '../../hooks/framework';
import { outsideProblem } from '../../hooks/process/known-problems';
import { requireLoggingRole } from '../../hooks/stage/logging-role';
import { type Clients, configFor } from './clients';
import { names } from './names';
import type { Place } from './options';
import { ProveError } from './prove-error';
import { stackStatus } from './stack-state';

export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** @throws ProveError where AWS cannot be asked, and in an account other than the one named */
export async function callerOf({ sts }: Clients, { account: wanted }: Place): Promise<Caller> {
  const { Account: account = '', Arn: arn = '' } = await sts
    .send(new GetCallerIdentityCommand({}))
    .catch((error: Error) => {
      throw new ProveError(
        outsideProblem(error) ?? `AWS does not say whose credentials these are: ${error.message}`,
        { cause: error },
      );
    });
  if (wanted !== undefined && wanted !== account) {
    throw new ProveError(`These credentials belong to account ${account}, not to ${wanted}.`);
  }
  return { account, arn };
}

/** @throws ProveError where a stack of that name is there already, which no journal here has made */
export async function requireAbsent({ cloudFormation }: Clients, id: string): Promise<void> {
  const { stackName } = names(id);
  const status = await stackStatus(cloudFormation, stackName);
  if (status === undefined) return;
  throw new ProveError(
    `There is a stack ${stackName} already (${status}), and no journal of it here. Take another --id, or remove it with --id ${id} --clean-up.`,
  );
}

/** @throws ProveError where the account has no role for access logs, with the commands that make it */
export async function requireLogs(place: Place): Promise<void> {
  const warn = (text: string) => console.warn(text);
  await requireLoggingRole({ config: configFor(place), isLocal: false, warn }).catch((error) => {
    if (!(error instanceof HookError)) throw error;
    throw new ProveError(error.message, { cause: error });
  });
}
