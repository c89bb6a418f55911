import { compare, type Difference } from './compare';
import { type Look, orMissing, physicalIdOf, settingsOf } from './look';

export const lookAtDashboards: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { CloudWatchClient, GetDashboardCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = site.patient('CloudWatch', new CloudWatchClient(settingsOf(site)));
  const found: Difference[] = [];
  for (const [id, { DashboardName: name, DashboardBody: body }] of declared) {
    const DashboardName = physicalIdOf(site, id);
    const live = await orMissing(client.send(new GetDashboardCommand({ DashboardName })));
    found.push(
      ...compare(
        `Dashboard ${id}`,
        { name, ...contentOf(body) },
        live && { name: live.DashboardName, ...contentOf(live.DashboardBody) },
      ),
    );
  }
  return found;
};

/** A body as JSON: CloudWatch and CloudFormation may write it differently. */
function contentOf(body: unknown): object {
  try {
    return JSON.parse(String(body));
  } catch {
    return { body };
  }
}
