import type { JsonObject } from './json';
import {
  handlerOf,
  type OperationContext,
  recordState,
  resourceContext,
  TemplateFailure,
  updatePhysical,
} from './resource-operations';
import { type StackResource, setResourceStatus } from './stack';

/**
 * Takes up a resource that exists already. The import itself changes nothing; the update that follows
 * it puts the stack's tags on the resource. Both were recorded, in CDK's bootstrap with an existing
 * bucket.
 * @param resource with its properties in the template
 * @param properties these with the stack's tags
 * @throws TemplateFailure if it does not exist any more; the handler's error
 */
export async function importResource(
  context: OperationContext,
  resource: StackResource,
  name: string,
  properties: JsonObject,
): Promise<void> {
  const { stack, caller, now } = context;
  const note = (status: string, reason: string) =>
    setResourceStatus(stack, resource, status, now(), reason);
  note('IMPORT_IN_PROGRESS', 'Resource import started.');
  const about = resourceContext(stack, caller, resource);
  const state = handlerOf(context, resource).read?.(about, name);
  if (state === undefined) throw new TemplateFailure(`${name} does not exist`);
  resource.isImported = true;
  recordState(resource, state);
  note('IMPORT_COMPLETE', 'Resource import completed.');
  note('UPDATE_IN_PROGRESS', 'Apply stack-level tags to imported resource if applicable.');
  await updatePhysical(context, resource, properties);
}
