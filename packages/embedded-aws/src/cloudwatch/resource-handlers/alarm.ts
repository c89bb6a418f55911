import { generatedName } from '../../core/generated-name';
import { refuseOthers, tagsProperty, textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import { readTexts } from '../../core/shapes/read-texts';
import { alarmSettings } from '../members';
import type { Alarm, AlarmSettings, CloudWatchStores } from '../store';

const TYPE = 'AWS::CloudWatch::Alarm';
const SUPPORTED = ['AlarmName', 'Tags', ...Object.keys(alarmSettings.members)];

const stateOf = ({ name, arn }: Alarm) => ({ physicalId: name, attributes: { Arn: arn } });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export function alarmHandler(cloudWatch: Stores<CloudWatchStores>): ResourceHandler {
  const put: ResourceHandler['update'] = ({ caller }, physicalId, properties) => {
    refuseOthers(TYPE, properties, SUPPORTED);
    const { alarms } = cloudWatch.store(caller);
    const settings = readTexts(alarmSettings, properties) as AlarmSettings;
    const alarm = alarms.put(physicalId, settings);
    alarm.tags.clear();
    for (const [key, value] of tagsProperty(properties)) alarm.tags.set(key, value);
    return stateOf(alarm);
  };
  return {
    type: TYPE,
    read({ caller }, name) {
      const alarm = cloudWatch.store(caller).alarms.alarms.get(name);
      return alarm && stateOf(alarm);
    },
    create(context, properties) {
      const name = textProperty(properties, 'AlarmName') ?? generatedName(context, 255);
      return put(context, name, properties, {});
    },
    update: put,
    delete({ caller }, physicalId) {
      cloudWatch.store(caller).alarms.alarms.delete(physicalId);
    },
  };
}
