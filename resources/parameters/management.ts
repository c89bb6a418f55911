import { type Authorization, MODES } from '../authorization/modes';
import { StackError } from '../errors';

/**
 * Rejects a stage that lets callers who do not sign delete streams with all their records, unless it
 * says so by name. Stage `local` is on this machine alone.
 * @param values all of a stage's resolved values by name
 * @throws StackError that says what to set
 */
export function checkManagement(
  { authorization, manageStreams }: Readonly<Record<string, unknown>>,
  stage: string,
): void {
  if (stage === 'local' || String(manageStreams) !== 'true') return;
  if (authorization === 'AWS_IAM') return;
  const { callers } = MODES[authorization as Authorization] ?? MODES.NONE;
  throw new StackError(
    `${callers} could create streams on stage ${stage}, and delete them with all their records: authorization is ${authorization} and manageStreams is true. Set manageStreams to 'false', or to 'anyone' if that is what you want. More: docs/authorization.md`,
  );
}
