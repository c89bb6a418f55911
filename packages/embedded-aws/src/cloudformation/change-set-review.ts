import type { Caller } from '../core/caller';
import type { ChangeSet, ChangeSetProblem } from './change-set';
import { planChanges } from './changes';
import { type Deployment, exportedValue } from './deployment';
import { type ExistingResource, existingResources, partitionByImport } from './existing-resources';
import type { ServiceContext } from './service-context';
import type { Stack } from './stack';

const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** The members of a change set that depend on its changes. */
type Outcome = Pick<
  ChangeSet,
  'status' | 'statusReason' | 'executionStatus' | 'changes' | 'problems' | 'deployment'
>;

interface ReviewOptions {
  readonly isValidated: boolean;
  /** A creation may have no changes: conditions can switch every resource off. */
  readonly isCreation: boolean;
  readonly importExistingResources: boolean;
}

/**
 * Determines the changes of a change set, or why there can be none.
 * @throws AwsError ValidationError, for values that cannot be evaluated
 */
export function reviewChanges(
  { stores, handlers }: ServiceContext,
  stack: Stack,
  deployment: Deployment,
  caller: Caller,
  { isValidated, isCreation, importExistingResources }: ReviewOptions,
): Outcome {
  const store = stores.in(caller);
  let missing: string | undefined;
  const plan = planChanges(stack, deployment, caller, (name) => {
    const known = store.exports().some((candidate) => candidate.name === name);
    if (known) return exportedValue(store, name);
    missing ??= name;
    return name;
  });
  if (missing !== undefined) return failed(`No export named ${missing} found.`);
  const existing = existingResources(plan.changes, stack, caller, handlers);
  const { imported, others } = importExistingResources
    ? partitionByImport(existing, deployment, store.live())
    : { imported: [], others: existing };
  const refused = isValidated ? invalid(plan.problems, others) : undefined;
  if (refused !== undefined) return refused;
  if (!plan.any && !isCreation) return failed(NO_CHANGES);
  const imports = new Map(imported.map(({ logicalId, name }) => [logicalId, name]));
  return {
    status: 'CREATE_COMPLETE',
    executionStatus: 'AVAILABLE',
    changes: plan.changes.map((change) => {
      const physicalId = imports.get(change.logicalId);
      return physicalId === undefined ? change : { ...change, action: 'Import', physicalId };
    }),
    problems: [],
    deployment: imports.size > 0 ? { ...deployment, imports } : deployment,
  };
}

const failed = (statusReason: string, problems: readonly ChangeSetProblem[] = []): Outcome => ({
  status: 'FAILED',
  statusReason,
  executionStatus: 'UNAVAILABLE',
  changes: [],
  problems,
});

/**
 * CloudFormation validates properties and names before it creates anything, and reports only which
 * check failed; DescribeEvents has the details. For properties this implementation appends them to
 * the reason, because many clients do not call DescribeEvents. For a name that is taken it has AWS's
 * text alone, which names nothing (recorded: github.com/serverless/serverless/issues/13248; the
 * event: github.com/aws-cloudformation/rain/pull/744).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
function invalid(
  properties: readonly ChangeSetProblem[],
  existing: readonly ExistingResource[],
): Outcome | undefined {
  const checks = [
    ...(properties.length > 0 ? ['AWS::EarlyValidation::PropertyValidation'] : []),
    ...(existing.length > 0 ? ['AWS::EarlyValidation::ResourceExistenceCheck'] : []),
  ];
  if (checks.length === 0) return undefined;
  const details = properties.map(
    ({ logicalId, problem }) => `\n${logicalId} ${problem.path}: ${problem.message}`,
  );
  const conflicts = existing.map(({ logicalId, type, name }): ChangeSetProblem => {
    const message = `Resource of type '${type}' with identifier '${name}' already exists.`;
    return { logicalId, problem: { path: '#', message }, check: 'NAME_CONFLICT_VALIDATION' };
  });
  return failed(
    `The following hook(s)/validation failed: [${checks.join(', ')}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.${details.join('')}`,
    [...properties, ...conflicts],
  );
}
