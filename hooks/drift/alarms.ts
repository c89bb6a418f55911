import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { compare } from './compare';
import { type Look, physicalIdOf, settingsOf } from './look';
import type { Properties } from './shapes';

/** CloudFormation's own; the rest is the same as in an answer of CloudWatch's. */
const NOT_COMPARED = new Set(['AlarmName', 'Tags']);

/** The properties of an alarm that CloudWatch returns and the stack does not declare. */
const SETTINGS = [
  'ActionsEnabled',
  'AlarmActions',
  'InsufficientDataActions',
  'OKActions',
  'Unit',
] as const;

/** CloudWatch takes 100 names at once. */
const MOST_NAMES = 100;

export const lookAtAlarms: Look = async (site, declared) => {
  if (declared.length === 0) return [];
  const { CloudWatchClient, DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
  const client = site.patient('CloudWatch', new CloudWatchClient(settingsOf(site)));
  const alarms: MetricAlarm[] = [];
  for (let at = 0; at < declared.length; at += MOST_NAMES) {
    const some = declared.slice(at, at + MOST_NAMES);
    const AlarmNames = some.map(([id]) => physicalIdOf(site, id));
    const asked = { AlarmNames, AlarmTypes: ['MetricAlarm' as const], MaxRecords: MOST_NAMES };
    alarms.push(...((await client.send(new DescribeAlarmsCommand(asked))).MetricAlarms ?? []));
  }
  return declared.flatMap(([id, properties]) => {
    const live = alarms.find(({ AlarmName }) => AlarmName === physicalIdOf(site, id));
    const names = [...new Set([...Object.keys(properties), ...SETTINGS])];
    const compared = names.filter((name) => !NOT_COMPARED.has(name));
    const expected = { ActionsEnabled: true, ...properties };
    return compare(
      `Alarm ${id}`,
      pick(expected, compared),
      live && pick(live as Properties, compared),
    );
  });
};

const pick = (from: Properties, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, inOrder(from[name])]));

/** CloudWatch has its own order of dimensions. */
function inOrder(value: unknown): unknown {
  // `false` must not be treated as absent.
  if (typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return value;
  return value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
