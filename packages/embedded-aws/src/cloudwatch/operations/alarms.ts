import { operationFor } from '../../core/protocol/operation';
import { list, required, text } from '../../core/shapes/shape';
import { RESERVED_TAG, type TagRules, tagList, tagMap } from '../../core/tags';
import type { XmlValue } from '../../core/xml';
import { invalid, notFound } from '../errors';
import { type AlarmState, STATES } from '../evaluation';
import { alarmName, alarmSettings } from '../members';
import type { Alarm, CloudWatchStores } from '../store';
import { page } from './page';

const operation = operationFor<CloudWatchStores>();

const LARGEST_PAGE = 100;

const TAG_RULES: TagRules = { refusals: { reserved: () => invalid(RESERVED_TAG) } };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
export const alarmOperations = {
  PutMetricAlarm: operation({
    input: { AlarmName: required(alarmName), ...alarmSettings.members, Tags: tagList },
    run({ AlarmName, Tags, ...settings }, { store: { alarms } }) {
      alarms.put(AlarmName, settings, tagMap(Tags, TAG_RULES));
      return undefined;
    },
  }),
  DescribeAlarms: operation({
    input: {
      AlarmNames: list(alarmName),
      AlarmNamePrefix: text,
      AlarmTypes: list({ type: 'String', values: ['CompositeAlarm', 'MetricAlarm'] }),
      StateValue: { type: 'String', values: STATES },
      MaxRecords: { type: 'Integer', min: 1, max: LARGEST_PAGE },
      NextToken: text,
    },
    unsupported: ['ActionPrefix', 'ChildrenOfAlarmName', 'ParentsOfAlarmName'],
    run(input, { store: { alarms, metrics } }) {
      const { AlarmNames = [], AlarmNamePrefix: prefix = '', AlarmTypes = [] } = input;
      const { StateValue, MaxRecords = LARGEST_PAGE, NextToken } = input;
      // There are no composite alarms.
      if (AlarmTypes.length > 0 && !AlarmTypes.includes('MetricAlarm')) {
        return { MetricAlarms: [], CompositeAlarms: [] };
      }
      const found = [...alarms.alarms.values()]
        .filter(({ name }) => AlarmNames.length === 0 || AlarmNames.includes(name))
        .filter(({ name }) => name.startsWith(prefix))
        .map((alarm) => ({ alarm, state: alarms.stateOf(alarm, metrics) }))
        .filter(({ state }) => StateValue === undefined || StateValue === state.value)
        .sort((a, b) => (a.alarm.name < b.alarm.name ? -1 : 1));
      const { items, nextToken } = page(found, MaxRecords, NextToken);
      return { MetricAlarms: items.map(alarmAnswer), CompositeAlarms: [], NextToken: nextToken };
    },
  }),
  DeleteAlarms: operation({
    input: { AlarmNames: required(list(alarmName)) },
    run({ AlarmNames: names }, { store: { alarms } }) {
      const missing = names.filter((name) => !alarms.alarms.has(name));
      if (missing.length > 0) throw notFound(`Alarm not found: ${missing.join(', ')}`);
      for (const name of names) alarms.alarms.delete(name);
      return undefined;
    },
  }),
};

interface Evaluated {
  readonly alarm: Alarm;
  readonly state: AlarmState;
}

function alarmAnswer({ alarm: { name, arn, settings, configured }, state }: Evaluated) {
  const { Metrics = [], ...others } = settings;
  return {
    AlarmName: name,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: configured,
    ...(others as { readonly [member: string]: XmlValue }),
    Metrics: Metrics.length > 0 ? (Metrics as XmlValue) : undefined,
    StateValue: state.value,
    StateReason: state.reason,
    StateUpdatedTimestamp: state.since,
    StateTransitionedTimestamp: state.since,
  };
}
