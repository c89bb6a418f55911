import { compare } from './compare';
import { type Look, physicalIdOf, settingsOf } from './look';

export const lookAtLogGroups: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { CloudWatchLogsClient, DescribeLogGroupsCommand } = await import(
    '@aws-sdk/client-cloudwatch-logs'
  );
  const client = site.patient('CloudWatch Logs', new CloudWatchLogsClient(settingsOf(site)));
  const looks = declared.map(async ([id, properties]) => {
    const name = physicalIdOf(site, id);
    // The first of all names that begin so is the name itself.
    const { logGroups = [] } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }),
    );
    const live = logGroups.find(({ logGroupName }) => logGroupName === name);
    return compare(
      `Log group ${id}`,
      { retentionInDays: properties.RetentionInDays, kmsKey: properties.KmsKeyId, name },
      live && { retentionInDays: live.retentionInDays, kmsKey: live.kmsKeyId, name },
    );
  });
  return (await Promise.all(looks)).flat();
};
