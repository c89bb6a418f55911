import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { IAM, type World } from './support';

/** The change set of `review`. */
export const named = { StackName: 'stack', ChangeSetName: 'changes' };

/** Makes a change set of a template for the stack, and tells what is in it. */
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
