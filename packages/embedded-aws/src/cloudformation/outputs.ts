import type { Deployment } from './deployment';
import { type EvaluationScope, evaluate } from './intrinsics';
import { validationError } from './json';
import type { Stack, StackOutput } from './stack';
import type { StackStore } from './stack-store';

/**
 * Evaluates the outputs of a stack. The names of exports must be unused, and exports that other
 * stacks import must not change.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export function evaluateOutputs(
  stack: Stack,
  deployment: Deployment,
  scope: EvaluationScope,
  store: StackStore,
): StackOutput[] {
  const { definition, conditions } = deployment;
  const outputs = [...definition.template.outputs.values()]
    .filter(({ condition }) => condition === undefined || conditions.get(condition))
    .map(({ key, value, description, exportName }) => ({
      key,
      value: outputText(key, evaluate(value, scope)),
      ...(description !== undefined && { description }),
      ...(exportName !== undefined && { exportName: outputText(key, evaluate(exportName, scope)) }),
    }));
  assertExportsFree(stack, outputs, store);
  assertExportsUnused(stack, outputs, store);
  return outputs;
}

function outputText(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validationError(
    `Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`,
  );
}

function assertExportsFree(stack: Stack, outputs: readonly StackOutput[], store: StackStore): void {
  const names = outputs.flatMap(({ exportName }) => (exportName === undefined ? [] : [exportName]));
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw validationError(`Duplicate Export names - [${duplicate}] - in the Outputs section`);
  }
  const taken = store
    .exports()
    .find((candidate) => candidate.stack !== stack && names.includes(candidate.name));
  if (taken === undefined) return;
  throw validationError(
    `Export with name ${taken.name} is already exported by stack ${taken.stack.name}.`,
  );
}

function assertExportsUnused(
  stack: Stack,
  outputs: readonly StackOutput[],
  store: StackStore,
): void {
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue;
    const next = outputs.find((output) => output.exportName === exportName);
    if (next?.value === value) continue;
    const users = store.importersOf(exportName);
    if (users.length === 0) continue;
    const verb = next === undefined ? 'delete' : 'update';
    throw validationError(
      `Cannot ${verb} export ${exportName} as it is in use by ${nameList(users)}.`,
    );
  }
}

/**
 * The reason a stack cannot be deleted: other stacks import one of its exports. Undefined if it
 * can. Wording: https://github.com/aws-samples/iam-identity-center-team/pull/474 (2026).
 */
export function deletionBlocker(stack: Stack, store: StackStore): string | undefined {
  for (const { exportName } of stack.outputs) {
    if (exportName === undefined) continue;
    const users = store.importersOf(exportName);
    if (users.length > 0) {
      return `Delete canceled. Cannot delete export ${exportName} as it is in use by ${nameList(users)}.`;
    }
  }
  return undefined;
}

function nameList(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
