import { generatedName } from '../../core/generated-name';
import {
  numberProperty,
  refuseOthers,
  tagsProperty,
  textProperty,
  unsupportedProperty,
} from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import type { LogGroup } from '../log-group';
import type { LogStore } from '../store';

const TYPE = 'AWS::Logs::LogGroup';
const SUPPORTED = ['LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export function logGroupHandler(logs: Stores<LogStore>): ResourceHandler {
  return {
    type: TYPE,
    read({ caller }, name) {
      const group = logs.store(caller).groups.get(name);
      return group && stateOf(group);
    },
    create(context, properties) {
      check(properties);
      const store = logs.store(context.caller);
      const name = textProperty(properties, 'LogGroupName') ?? generatedName(context, 512);
      const group = store.create(name, tagsProperty(properties));
      try {
        return apply(store, group, properties);
      } catch (error) {
        store.groups.delete(name);
        throw error;
      }
    },
    update(context, physicalId, properties) {
      check(properties);
      const store = logs.store(context.caller);
      return apply(store, store.group(physicalId), properties);
    },
    delete(context, physicalId) {
      logs.store(context.caller).groups.delete(physicalId);
    },
  };
}

function check(properties: Properties): void {
  refuseOthers(TYPE, properties, SUPPORTED);
  const logGroupClass = textProperty(properties, 'LogGroupClass') ?? 'STANDARD';
  if (logGroupClass !== 'STANDARD')
    throw unsupportedProperty(TYPE, `LogGroupClass ${logGroupClass}`);
}

function apply(store: LogStore, group: LogGroup, properties: Properties) {
  store.setRetention(group, numberProperty(properties, 'RetentionInDays'));
  group.tags.clear();
  for (const [key, value] of tagsProperty(properties)) group.tags.set(key, value);
  return stateOf(group);
}

const stateOf = ({ name, arn }: LogGroup) => ({
  physicalId: name,
  attributes: { Arn: `${arn}:*` },
});
