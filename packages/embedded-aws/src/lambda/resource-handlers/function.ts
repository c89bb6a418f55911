import { randomUUID } from 'node:crypto';
import { generatedName } from '../../core/generated-name';
import {
  listProperty,
  numberProperty,
  objectOf,
  refuseOthers,
  tagsProperty,
  textProperty,
  unsupportedProperty,
} from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceContext, ResourceHandler } from '../../core/resource-handler';
import type { Iam } from '../../iam';
import type { S3 } from '../../s3';
import { invalidParameter } from '../errors';
import type { FunctionStore } from '../store';
import {
  codeOf,
  type FunctionCode,
  type FunctionConfiguration,
  type StoredFunction,
} from '../store';

const TYPE = 'AWS::Lambda::Function';
const SUPPORTED = [
  'Architectures',
  'Code',
  'Description',
  'Environment',
  'EphemeralStorage',
  'FunctionName',
  'Handler',
  'MemorySize',
  'PackageType',
  'Role',
  'Runtime',
  'Tags',
  'Timeout',
  'TracingConfig',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export function functionHandler(
  lambda: Stores<FunctionStore>,
  { iam, s3 }: { readonly iam: Iam; readonly s3: S3 },
): ResourceHandler {
  const read = (context: ResourceContext, properties: Properties) => {
    refuseOthers(TYPE, properties, SUPPORTED);
    const configuration = configurationOf(properties);
    requireAssumable(iam, configuration.Role, context);
    return { configuration, code: readCode(s3, context, objectOf(properties.Code)) };
  };
  return {
    type: TYPE,
    read({ caller }, name) {
      const stored = lambda.store(caller).functions.get(name);
      return stored && stateOf(stored);
    },
    create(context, properties) {
      const { configuration, code } = read(context, properties);
      const name = textProperty(properties, 'FunctionName') ?? generatedName(context, 64);
      const store = lambda.store(context.caller);
      return stateOf(store.create(name, configuration, code, tagsProperty(properties)));
    },
    update(context, physicalId, properties) {
      const changes = read(context, properties);
      const stored = lambda.store(context.caller).get(physicalId);
      Object.assign(stored, changes, { lastModified: new Date(), revisionId: randomUUID() });
      stored.tags.clear();
      for (const [key, value] of tagsProperty(properties)) stored.tags.set(key, value);
      return stateOf(stored);
    },
    delete(context, physicalId) {
      lambda.store(context.caller).functions.delete(physicalId);
    },
  };
}

/** AWS's answer for functions without SnapStart, as all are here. */
const SNAP_START = { ApplyOn: 'None', OptimizationStatus: 'Off' } as const;

const stateOf = ({ name, arn }: StoredFunction) => ({
  physicalId: name,
  attributes: {
    Arn: arn,
    SnapStartResponse: SNAP_START,
    'SnapStartResponse.ApplyOn': SNAP_START.ApplyOn,
    'SnapStartResponse.OptimizationStatus': SNAP_START.OptimizationStatus,
  },
});

function configurationOf(properties: Properties): FunctionConfiguration {
  const packageType = textProperty(properties, 'PackageType') ?? 'Zip';
  if (packageType !== 'Zip') throw unsupportedProperty(TYPE, `PackageType ${packageType}`);
  const [handler, runtime] = ['Handler', 'Runtime'].map((name) => textProperty(properties, name));
  if (handler === undefined || runtime === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  const variables = objectOf(properties.Environment).Variables;
  return {
    Description: textProperty(properties, 'Description') ?? '',
    Handler: handler,
    Runtime: runtime,
    Role: textProperty(properties, 'Role') ?? '',
    Timeout: numberProperty(properties, 'Timeout') ?? 3,
    MemorySize: numberProperty(properties, 'MemorySize') ?? 128,
    Architectures: (properties.Architectures === undefined
      ? ['x86_64']
      : listProperty(properties, 'Architectures')
    ).map(String),
    EphemeralStorage: numberProperty(objectOf(properties.EphemeralStorage), 'Size') ?? 512,
    TracingMode: textProperty(objectOf(properties.TracingConfig), 'Mode') ?? 'PassThrough',
    Environment: variables === undefined ? undefined : texts(objectOf(variables)),
  };
}

const texts = (values: Properties): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

function requireAssumable(iam: Iam, roleArn: string, { caller }: ResourceContext): void {
  try {
    iam.assumeRole(roleArn, 'lambda.amazonaws.com', 'lambda', caller);
  } catch (cause) {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.', cause);
  }
}

const ZIP_MAGIC = Buffer.from('PK');

function readCode(s3: S3, { caller }: ResourceContext, code: Properties): FunctionCode {
  refuseOthers(`${TYPE} Code`, code, ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'ZipFile']);
  const inline = textProperty(code, 'ZipFile');
  if (inline !== undefined) return codeOf(Buffer.from(inline), false);
  const key = textProperty(code, 'S3Key') ?? '';
  const version = textProperty(code, 'S3ObjectVersion');
  const bucket = s3.store.get(textProperty(code, 'S3Bucket') ?? '', caller);
  const object =
    version === undefined
      ? bucket.current(key)
      : bucket.versionsOf(key).find(({ versionId }) => versionId === version);
  if (object === undefined || object.isDeleteMarker) {
    throw invalidParameter(
      'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    );
  }
  if (!object.body.subarray(0, 2).equals(ZIP_MAGIC)) {
    throw invalidParameter(
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    );
  }
  return codeOf(object.body);
}
