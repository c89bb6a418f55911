import { error, invalid, isNull, notFound, type Refusal } from './support';

/** Input of the actions that change the retention period of a stream. */
export const hours = (RetentionPeriodHours: number, StreamName = 's') => ({
  StreamName,
  RetentionPeriodHours,
});

/** The member types of both actions that change the retention period. */
export const RETENTION_TYPES = { StreamName: 'String', RetentionPeriodHours: 'Integer' } as const;

/** The inputs that both actions refuse. */
export const RETENTION_REFUSALS: readonly Refusal[] = [
  ['no hours', { StreamName: 's' }, invalid(isNull('retentionPeriodHours'))],
  ['a stream that does not exist', hours(25, 'nope'), notFound('nope')],
  [
    'less than a day',
    hours(23),
    error(
      'InvalidArgumentException',
      'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
    ),
  ],
];
