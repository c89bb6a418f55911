import { listMember, type QueryInput, structureMember, textMember } from '../core/protocol/query';
import { validationError } from './json';
import type { RollbackConfiguration } from './stack';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackTrigger.html */
const TRIGGER_TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
const ALARM = /^arn:[^:]+:cloudwatch:[^:]*:\d{12}:alarm:.+$/;

/**
 * The rollback configuration that a request asks for. What it does not mention stays; an empty list
 * removes all triggers.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackConfiguration.html
 * @throws AwsError ValidationError (texts: LocalStack's
 *   test_update_with_invalid_rollback_configuration_errors, 21-11-2022)
 */
export function requestedRollback(
  request: QueryInput,
  previous: RollbackConfiguration | undefined,
): RollbackConfiguration | undefined {
  const input = structureMember(request, 'RollbackConfiguration');
  if (input === undefined) return previous;
  const minutes = textMember(input, 'MonitoringTimeInMinutes');
  return {
    ...previous,
    ...(input.RollbackTriggers !== undefined && { triggers: triggers(input) }),
    ...(minutes !== undefined && { monitoringMinutes: Number(minutes) }),
  };
}

function triggers(input: QueryInput) {
  return listMember(input, 'RollbackTriggers')
    .filter((item) => typeof item !== 'string')
    .map((item) => {
      const type = textMember(item, 'Type') ?? '';
      const arn = textMember(item, 'Arn') ?? '';
      if (!TRIGGER_TYPES.includes(type)) {
        throw validationError('Rollback Trigger Type not supported');
      }
      if (!ALARM.test(arn)) {
        throw validationError("RelativeId of a Rollback Trigger's ARN is incorrect");
      }
      return { arn, type };
    });
}
