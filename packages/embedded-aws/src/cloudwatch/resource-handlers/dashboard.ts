import { generatedName } from '../../core/generated-name';
import { refuseOthers, tagsProperty, textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { CloudWatchStores } from '../store';

const TYPE = 'AWS::CloudWatch::Dashboard';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
export function dashboardHandler(cloudWatch: Stores<CloudWatchStores>): ResourceHandler {
  const put: ResourceHandler['update'] = ({ caller }, physicalId, properties) => {
    refuseOthers(TYPE, properties, ['DashboardBody', 'DashboardName', 'Tags']);
    const body = textProperty(properties, 'DashboardBody') ?? '';
    cloudWatch.store(caller).dashboards.put(physicalId, body, tagsProperty(properties));
    return { physicalId };
  };
  return {
    type: TYPE,
    read({ caller }, name) {
      const isThere = cloudWatch.store(caller).dashboards.dashboards.has(name);
      return isThere ? { physicalId: name } : undefined;
    },
    create(context, properties) {
      const name = textProperty(properties, 'DashboardName') ?? generatedName(context, 255);
      return put(context, name, properties, {});
    },
    update: put,
    delete({ caller }, physicalId) {
      cloudWatch.store(caller).dashboards.dashboards.delete(physicalId);
    },
  };
}
