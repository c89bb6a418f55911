import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { IAM, type World } from './support';

/** The names of the change set that `review` creates. */
export const named = { StackName: 'stack', ChangeSetName: 'changes' };

/** Creates a change set for a template and returns its description. */
export async function review(
  { client }: World,
  body: string,
  rest: Partial<CreateChangeSetCommandInput> = {},
) {
  const { Id } = await client.send(
    new CreateChangeSetCommand({ ...named, TemplateBody: body, Capabilities: IAM, ...rest }),
  );
  return client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
}
