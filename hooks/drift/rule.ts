import { compare, type Difference } from './compare';
import { type Look, orMissing, physicalIdOf, settingsOf } from './look';
import type { Properties } from './shapes';

/** When the rule fires, whether it is on, and what it calls. */
export const lookAtRules: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const events = await import('@aws-sdk/client-eventbridge');
  const client = site.patient('EventBridge', new events.EventBridgeClient(settingsOf(site)));
  const found: Difference[] = [];
  for (const [id, properties] of declared) {
    const Name = physicalIdOf(site, id);
    const live = await orMissing(client.send(new events.DescribeRuleCommand({ Name })));
    const { Targets: targets = [] } =
      (live && (await client.send(new events.ListTargetsByRuleCommand({ Rule: Name })))) ?? {};
    const expected = (properties.Targets ?? []) as Properties[];
    found.push(
      ...compare(
        `Rule ${id}`,
        {
          schedule: properties.ScheduleExpression,
          state: properties.State,
          targets: expected.map(({ Arn }) => Arn),
        },
        live && {
          schedule: live.ScheduleExpression,
          state: live.State,
          targets: targets.map(({ Arn }) => Arn),
        },
      ),
    );
  }
  return found;
};
