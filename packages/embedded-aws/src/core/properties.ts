import { AwsError } from './errors';
import { checkTags, RESERVED_TAG, type Tag, tagMap } from './tags';

/** A resource's properties, whose types CloudFormation has checked against the registry. */
type Properties = Readonly<Record<string, unknown>>;

/**
 * Rejects properties of the registry that the embedded AWS does not implement.
 * @param supported properties that are implemented, or that have no observable effect
 * @throws AwsError NotImplemented naming the property
 */
export function refuseOthers(
  type: string,
  properties: Properties,
  supported: readonly string[],
): void {
  const other = Object.entries(properties).find(
    ([name, value]) => value !== undefined && !supported.includes(name),
  );
  if (other !== undefined) throw unsupportedProperty(type, other[0]);
}

/** @param property its name or path, `BucketEncryption.KMSMasterKeyID` */
export function unsupportedProperty(type: string, property: string, detail = ''): AwsError {
  return new AwsError(
    'NotImplemented',
    `The embedded AWS does not implement the property ${property} of ${type}.${detail && ` ${detail}`}`,
    { status: 501 },
  );
}

/** A text property; undefined if absent. Numbers and booleans are converted to text. */
export function textProperty(properties: Properties, name: string): string | undefined {
  const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A number property; undefined if absent or not a number. */
export function numberProperty(properties: Properties, name: string): number | undefined {
  const text = textProperty(properties, name);
  return text === undefined || text.trim() === '' || Number.isNaN(Number(text))
    ? undefined
    : Number(text);
}

/** A list property; empty if absent. */
export function listProperty(properties: Properties, name: string): readonly unknown[] {
  const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return Array.isArray(value) ? value : [];
}

/** An object property or a list's item; empty if absent. */
export function objectOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Properties)
    : {};
}

/**
 * `[{ Key, Value }]` as a map.
 * @throws AwsError InvalidRequest for keys that begin with `aws:`
 */
export function tagsProperty(properties: Properties, name = 'Tags'): Map<string, string> {
  const tags = listProperty(properties, name).map((tag) => {
    const { Key, Value } = objectOf(tag);
    return { Key: String(Key), Value: String(Value ?? '') };
  });
  checkDeclaredTags(tags);
  return tagMap(tags);
}

/** CloudFormation's own tags, which it puts beside those of the template. */
const SYSTEM_TAG = /^aws:cloudformation:/;

/**
 * A resource's own tag takes the place of the stack's, so that keys may come twice.
 * @throws AwsError InvalidRequest for keys that begin with `aws:`, in the words of AWS's resource
 *   providers (aws-cloudformation-resource-providers-resourceexplorer2, TagTools)
 */
function checkDeclaredTags(tags: readonly Tag[]): void {
  checkTags(
    tags.filter(({ Key }) => !SYSTEM_TAG.test(Key)),
    { refusals: { reserved: () => new AwsError('InvalidRequest', RESERVED_TAG) } },
  );
}
