import type { Caller } from '../../core/caller';
import { refuseOthers, tagsProperty, textProperty } from '../../core/properties';
import type { Properties, ResourceHandler, ResourceState } from '../../core/resource-handler';
import type { Kinesis } from '..';
import { tagChanges } from './tags';
import { DEFAULT_WAITING, ifExists, type Waiting, waitUntil } from './wait';

const TYPE = 'AWS::Kinesis::StreamConsumer';
const SUPPORTED = ['ConsumerName', 'StreamARN', 'Tags'] as const;

/**
 * `AWS::Kinesis::StreamConsumer`: Ref returns the ARN of the consumer; GetAtt supports ConsumerARN,
 * ConsumerCreationTimestamp and ConsumerStatus.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-streamconsumer.html
 */
export function streamConsumerHandler(
  kinesis: Kinesis,
  waiting: Waiting = DEFAULT_WAITING,
): ResourceHandler {
  const describe = (caller: Caller, arn: string) =>
    kinesis.invoke(caller, 'DescribeStreamConsumer', { ConsumerARN: arn }).ConsumerDescription;

  const stateOf = (caller: Caller, arn: string): ResourceState => {
    const { ConsumerStatus, ConsumerCreationTimestamp } = describe(caller, arn);
    return {
      physicalId: arn,
      attributes: {
        ConsumerARN: arn,
        ConsumerStatus,
        ConsumerCreationTimestamp: String(ConsumerCreationTimestamp.toJSON()),
      },
    };
  };

  const remove = async (caller: Caller, arn: string): Promise<void> => {
    const gone = () => ifExists(() => describe(caller, arn)) === undefined;
    ifExists(() => kinesis.invoke(caller, 'DeregisterStreamConsumer', { ConsumerARN: arn }));
    await waitUntil(waiting, `Consumer ${arn}`, gone);
  };

  return {
    type: TYPE,
    async create({ caller, onCreated }, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const { Consumer } = kinesis.invoke(
        caller,
        'RegisterStreamConsumer',
        registration(properties),
      );
      const arn = Consumer.ConsumerARN;
      try {
        onCreated?.(arn);
        await waitUntil(
          waiting,
          `Consumer ${Consumer.ConsumerName}`,
          () => describe(caller, arn).ConsumerStatus === 'ACTIVE',
        );
      } catch (error) {
        await remove(caller, arn);
        throw error;
      }
      return stateOf(caller, arn);
    },
    update({ caller }, physicalId, properties, previous) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const { removed, changed } = tagChanges(properties, previous);
      const resource = { ResourceARN: physicalId };
      if (removed.length > 0) {
        kinesis.invoke(caller, 'UntagResource', { ...resource, TagKeys: removed });
      }
      if (changed) kinesis.invoke(caller, 'TagResource', { ...resource, Tags: changed });
      return stateOf(caller, physicalId);
    },
    delete: ({ caller }, physicalId) => remove(caller, physicalId),
  };
}

function registration(properties: Properties) {
  const tags = tagsProperty(properties);
  return {
    StreamARN: textProperty(properties, 'StreamARN'),
    ConsumerName: textProperty(properties, 'ConsumerName'),
    ...(tags.size > 0 && { Tags: Object.fromEntries(tags) }),
  };
}
