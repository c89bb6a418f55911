import { generatedName } from '../../core/generated-name';
import { refuseOthers, tagsProperty, textProperty } from '../../core/properties';
import type { ResourceHandler } from '../../core/resource-handler';
import type { CloudWatch } from '../cloudwatch';
import { ALARM_MEMBERS } from '../store';

const TYPE = 'AWS::CloudWatch::Alarm';
const SUPPORTED = ['AlarmName', 'Tags', ...ALARM_MEMBERS];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export function alarmHandler(cloudWatch: CloudWatch): ResourceHandler {
  const put: ResourceHandler['update'] = ({ caller }, physicalId, properties) => {
    refuseOthers(TYPE, properties, SUPPORTED);
    const { alarms } = cloudWatch.stores(caller);
    const alarm = alarms.putAlarm(physicalId, properties);
    alarm.tags.clear();
    for (const [key, value] of tagsProperty(properties)) alarm.tags.set(key, value);
    return { physicalId, attributes: { Arn: alarm.arn } };
  };
  return {
    type: TYPE,
    create(context, properties) {
      const name = textProperty(properties, 'AlarmName') ?? generatedName(context, 255);
      return put(context, name, properties, {});
    },
    update: put,
    delete({ caller }, physicalId) {
      cloudWatch.stores(caller).alarms.alarms.delete(physicalId);
    },
  };
}
