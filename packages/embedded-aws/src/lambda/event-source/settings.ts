import { unsupported } from '../../core/errors';
import { flag, list, type MembersOf, structure, text } from '../../core/shapes/shape';
import { invalidParameter } from '../errors';
import { compileFilters } from './filter/criteria';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const settingMembers = {
  BatchSize: { type: 'Integer', min: 1, max: 10_000 },
  BisectBatchOnFunctionError: flag,
  DestinationConfig: structure({
    OnFailure: structure({ Destination: { type: 'String', max: 350 } }),
    OnSuccess: structure({ Destination: { type: 'String', max: 350 } }),
  }),
  Enabled: flag,
  FilterCriteria: structure({
    Filters: list(structure({ Pattern: { type: 'String', max: 4096 } })),
  }),
  FunctionName: text,
  FunctionResponseTypes: list({ type: 'String', values: ['ReportBatchItemFailures'] } as const, {
    max: 1,
  }),
  MaximumBatchingWindowInSeconds: { type: 'Integer', min: 0, max: 300 },
  MaximumRecordAgeInSeconds: { type: 'Integer', min: -1, max: 604_800 },
  MaximumRetryAttempts: { type: 'Integer', min: -1, max: 10_000 },
  ParallelizationFactor: { type: 'Integer', min: 1, max: 10 },
  TumblingWindowInSeconds: { type: 'Integer', min: 0, max: 900 },
} as const;

/** The members of a request or a template that an existing mapping may change. */
export type SettingsInput = MembersOf<typeof settingMembers>;

/** Members of requests and properties of templates that are refused by name. */
export const UNSUPPORTED_MEMBERS = [
  'AmazonManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
  'KMSKeyArn',
  'KmsKeyArn',
  'LoggingConfig',
  'MetricsConfig',
  'ProvisionedPollerConfig',
  'Queues',
  'ScalingConfig',
  'SelfManagedEventSource',
  'SelfManagedKafkaEventSourceConfig',
  'SourceAccessConfigurations',
  'Topics',
] as const;

/** How a mapping reads and calls; members are named as in Lambda's API. */
export interface MappingSettings {
  readonly BatchSize: number;
  readonly BisectBatchOnFunctionError: boolean;
  /** The ARN of a topic. */
  readonly Destination: string | undefined;
  /** Patterns; a record that one of them matches is delivered, and every record without any. */
  readonly Filters: readonly string[];
  readonly FunctionResponseTypes: readonly 'ReportBatchItemFailures'[];
  readonly MaximumBatchingWindowInSeconds: number;
  /** -1 for no limit. */
  readonly MaximumRecordAgeInSeconds: number;
  /** -1 for no limit. */
  readonly MaximumRetryAttempts: number;
  readonly ParallelizationFactor: number;
}

/** The defaults for Kinesis, as recorded in LocalStack's test_lambda_integration_kinesis. */
export const DEFAULT_SETTINGS: MappingSettings = {
  BatchSize: 100,
  BisectBatchOnFunctionError: false,
  Destination: undefined,
  Filters: [],
  FunctionResponseTypes: [],
  MaximumBatchingWindowInSeconds: 0,
  MaximumRecordAgeInSeconds: -1,
  MaximumRetryAttempts: -1,
  ParallelizationFactor: 1,
};

/** The shortest limit of a record's age, in seconds. */
const SHORTEST_AGE = 60;
/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html; 10 on request. */
const MOST_FILTERS = 10;

/**
 * The settings after a request: what it does not mention stays.
 * @throws AwsError InvalidParameterValueException; NotImplemented naming what is not there
 */
export function changedSettings(current: MappingSettings, input: SettingsInput): MappingSettings {
  const { DestinationConfig, FilterCriteria, ...rest } = input;
  if ((input.TumblingWindowInSeconds ?? 0) > 0) {
    throw unsupported('TumblingWindowInSeconds of event source mappings');
  }
  const given = Object.fromEntries(
    Object.entries(rest).filter(
      ([name, value]) => Object.hasOwn(DEFAULT_SETTINGS, name) && value !== undefined,
    ),
  ) as Partial<MappingSettings>;
  const changed: MappingSettings = {
    ...current,
    ...given,
    ...(DestinationConfig && { Destination: destinationOf(DestinationConfig) }),
    ...(FilterCriteria && { Filters: patternsOf(FilterCriteria) }),
  };
  const age = changed.MaximumRecordAgeInSeconds;
  if (age !== -1 && age < SHORTEST_AGE) {
    throw invalidParameter(
      `MaximumRecordAgeInSeconds is ${age}; it can be -1 or from ${SHORTEST_AGE} to 604800.`,
    );
  }
  compileFilters(changed.Filters);
  return changed;
}

function destinationOf({
  OnFailure,
  OnSuccess,
}: NonNullable<SettingsInput['DestinationConfig']>): string | undefined {
  if (OnSuccess?.Destination) {
    throw unsupported('DestinationConfig.OnSuccess of event source mappings');
  }
  const arn = OnFailure?.Destination;
  if (!arn) return undefined;
  const service = arn.split(':')[2];
  if (service !== 'sns') {
    throw unsupported(`on-failure destinations of event source mappings other than SNS: ${arn}`);
  }
  if (arn.endsWith('.fifo')) throw unsupported('FIFO topics as on-failure destinations');
  return arn;
}

function patternsOf({ Filters }: NonNullable<SettingsInput['FilterCriteria']>): string[] {
  const patterns = (Filters ?? []).map(({ Pattern }) => Pattern ?? '');
  if (patterns.length > MOST_FILTERS) {
    throw invalidParameter(`An event source mapping has at most ${MOST_FILTERS} filters.`);
  }
  return patterns;
}
