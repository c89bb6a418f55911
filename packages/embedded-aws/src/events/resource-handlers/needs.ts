import { partitionOf } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import {
  type About,
  changes,
  type HandlerNeeds,
  has,
  type Need,
  when,
} from '../../core/handler-needs';
import { textProperty } from '../../core/properties';

function on({ context, properties, physicalId }: About): (action: string) => Need {
  const { accountId, region } = context.caller;
  const name = physicalId || textProperty(properties, 'Name') || generatedName(context, 64);
  const resource = `arn:${partitionOf(region)}:events:${region}:${accountId}:rule/${name}`;
  return (action) => ({ action: `events:${action}`, resource });
}

export const eventsNeeds: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::Events::Rule': {
    create: (about) => [
      on(about)('PutRule'),
      ...when(has(about.properties, 'Targets'), on(about)('PutTargets')),
      ...when(has(about.properties, 'Tags'), on(about)('TagResource')),
    ],
    read: (about) => [on(about)('DescribeRule'), on(about)('ListTargetsByRule')],
    update: (about) => [
      on(about)('PutRule'),
      ...when(changes(about, 'Targets'), on(about)('PutTargets'), on(about)('RemoveTargets')),
      ...when(changes(about, 'Tags'), on(about)('TagResource'), on(about)('UntagResource')),
    ],
    delete: (about) => [
      on(about)('DescribeRule'),
      on(about)('ListTargetsByRule'),
      ...when(has(about.properties, 'Targets'), on(about)('RemoveTargets')),
      on(about)('DeleteRule'),
    ],
  },
};
