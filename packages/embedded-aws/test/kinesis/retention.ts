import { error, invalid, isNull, notFound, type Refusal } from './support';

/** A retention period for a stream. */
export const hours = (RetentionPeriodHours: number, StreamName = 's') => ({
  StreamName,
  RetentionPeriodHours,
});

/** The members of both actions that change a retention period. */
export const RETENTION_TYPES = { StreamName: 'String', RetentionPeriodHours: 'Integer' } as const;

/** What both of them refuse. */
export const RETENTION_REFUSALS: readonly Refusal[] = [
  ['no hours', { StreamName: 's' }, invalid(isNull('retentionPeriodHours'))],
  ['a stream that is not there', hours(25, 'nope'), notFound('nope')],
  [
    'less than a day',
    hours(23),
    error(
      'InvalidArgumentException',
      'Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.',
    ),
  ],
];
