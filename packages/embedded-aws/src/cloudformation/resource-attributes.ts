import type { StackResource } from './stack';

/**
 * The value that `Fn::GetAtt` gives of a resource: an attribute, or a property that the template sets.
 * Recorded, of properties: test_change_set_fn_get_attr, 08-04-2025.
 */
export function attributeOf(
  { attributes, properties }: Pick<StackResource, 'attributes' | 'properties'>,
  name: string,
): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}
