import { generatedName } from '../../core/generated-name';
import { listProperty, objectOf, refuseOthers, textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import { lowerFirst } from '../../core/validation';
import { type MetricFilterSettings, putMetricFilter } from '../put-metric-filter';
import type { LogStore } from '../store';

const TYPE = 'AWS::Logs::MetricFilter';
const SUPPORTED = ['FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations'] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html */
export function metricFilterHandler(logs: Stores<LogStore>): ResourceHandler {
  const put: ResourceHandler['update'] = ({ caller }, physicalId, properties) => {
    refuseOthers(TYPE, properties, SUPPORTED);
    const group = logs.store(caller).group(groupName(properties));
    putMetricFilter(group, physicalId, settingsOf(properties));
    return { physicalId };
  };
  return {
    type: TYPE,
    create(context, properties) {
      const name = textProperty(properties, 'FilterName') ?? generatedName(context, 512);
      return put(context, name, properties, {});
    },
    update: put,
    delete({ caller }, physicalId, properties) {
      // The group may be gone, and its filters with it.
      logs.store(caller).groups.get(groupName(properties))?.metricFilters.delete(physicalId);
    },
  };
}

const groupName = (properties: Properties) => textProperty(properties, 'LogGroupName') ?? '';

/** The properties as PutMetricFilter has them, which lists dimensions as a map. */
function settingsOf(properties: Properties): MetricFilterSettings {
  const transformations = listProperty(properties, 'MetricTransformations').map((item) => {
    const { Dimensions: _, DefaultValue: defaultValue, ...others } = objectOf(item);
    const dimensions = listProperty(objectOf(item), 'Dimensions').map((dimension) => {
      const { Key, Value } = objectOf(dimension);
      return [String(Key), String(Value)] as const;
    });
    const texts = Object.entries(others).map(([name, value]) => [lowerFirst(name), String(value)]);
    return {
      ...Object.fromEntries(texts),
      ...(defaultValue !== undefined && { defaultValue: Number(defaultValue) }),
      ...(dimensions.length > 0 && { dimensions: new Map(dimensions) }),
    };
  });
  return {
    filterPattern: textProperty(properties, 'FilterPattern') ?? '',
    metricTransformations: transformations as MetricFilterSettings['metricTransformations'],
  };
}
