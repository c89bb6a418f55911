import { refuseOthers, textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { FunctionStore } from '../store';

const TYPE = 'AWS::Lambda::Version';
const SUPPORTED = ['CodeSha256', 'Description', 'FunctionName'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
export function versionHandler(lambda: Stores<FunctionStore>): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const store = lambda.store(context.caller);
      const reference = textProperty(properties, 'FunctionName') ?? '';
      const { version } = store.publish(
        reference,
        textProperty(properties, 'Description') ?? '',
        textProperty(properties, 'CodeSha256'),
      );
      const arn = `${store.get(reference).arn}:${version}`;
      return { physicalId: arn, attributes: { Version: version, FunctionArn: arn } };
    },
    update(_context, physicalId) {
      const version = physicalId.split(':').at(-1) ?? '';
      return { physicalId, attributes: { Version: version, FunctionArn: physicalId } };
    },
    delete(context, physicalId) {
      const store = lambda.store(context.caller);
      const { name, qualifier } = store.parse(physicalId);
      const versions = store.functions.get(name)?.versions ?? [];
      const index = versions.findIndex(({ version }) => version === qualifier);
      if (index !== -1) versions.splice(index, 1);
    },
  };
}
