import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { StepFailure } from './prove-error';
import type { Run } from './run';

/** The outputs of the run's stack. @throws StepFailure where there is no stack */
export async function outputsOf({ clients, stackName }: Run): Promise<Record<string, string>> {
  const { Stacks: [stack] = [] } = await clients.cloudFormation.send(
    new DescribeStacksCommand({ StackName: stackName }),
  );
  if (stack === undefined) throw new StepFailure(`There is no stack ${stackName}.`);
  return Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

/** One output of it. @throws StepFailure where the stack has none of that name */
export async function outputOf(run: Run, name: string): Promise<string> {
  const { [name]: value } = await outputsOf(run);
  if (value === undefined)
    throw new StepFailure(`The stack ${run.stackName} has no output ${name}.`);
  return value;
}
