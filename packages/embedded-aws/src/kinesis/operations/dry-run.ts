import { AwsError } from '../../core/errors';

/**
 * Ends a dry run that would have succeeded.
 * @throws AwsError DryRunOperationException if the request is a dry run
 */
export function requireNoDryRun(request: { readonly DryRun?: boolean }): void {
  if (request.DryRun !== true) return;
  throw new AwsError(
    'DryRunOperationException',
    'The request was rejected because the DryRun parameter was specified.',
  );
}
