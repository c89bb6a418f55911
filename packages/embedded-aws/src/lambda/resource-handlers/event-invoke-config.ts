import { AwsError } from '../../core/errors';
import {
  numberProperty,
  objectOf,
  refuseOthers,
  textProperty,
  unsupportedProperty,
} from '../../core/properties';
import type { Properties, ResourceContext, ResourceHandler } from '../../core/resource-handler';
import type { Lambda } from '../lambda';

const TYPE = 'AWS::Lambda::EventInvokeConfig';
const SUPPORTED = [
  'DestinationConfig',
  'FunctionName',
  'MaximumEventAgeInSeconds',
  'MaximumRetryAttempts',
  'Qualifier',
] as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
const LIMITS = {
  MaximumRetryAttempts: [0, 2],
  MaximumEventAgeInSeconds: [60, 21_600],
} as const;

/**
 * Kept with the function and told. An event runs at once and is not sent again, whatever this says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */
export function eventInvokeConfigHandler(lambda: Lambda): ResourceHandler {
  const place = ({ caller }: ResourceContext, properties: Properties) => {
    const store = lambda.store(caller);
    const { name } = store.parse(textProperty(properties, 'FunctionName') ?? '');
    const qualifier = textProperty(properties, 'Qualifier') ?? '';
    return { store, name, qualifier, physicalId: `${name}|${qualifier}` };
  };
  const put = (context: ResourceContext, properties: Properties) => {
    const settings = settingsOf(properties);
    const { store, name, qualifier, physicalId } = place(context, properties);
    store.get(name).eventInvokeConfigs.set(qualifier, { ...settings, lastModified: new Date() });
    return { physicalId, attributes: {} };
  };
  return {
    type: TYPE,
    create(context, properties) {
      const { store, name, qualifier } = place(context, properties);
      const { arn, eventInvokeConfigs } = store.get(name);
      if (eventInvokeConfigs.has(qualifier)) {
        throw new AwsError(
          'ResourceConflictException',
          `The function ${arn}:${qualifier} already has an EventInvokeConfig`,
          { status: 409 },
        );
      }
      return put(context, properties);
    },
    update: (context, _physicalId, properties) => put(context, properties),
    delete(context, _physicalId, properties) {
      const { store, name, qualifier } = place(context, properties);
      store.functions.get(name)?.eventInvokeConfigs.delete(qualifier);
    },
  };
}

function settingsOf(properties: Properties) {
  refuseOthers(TYPE, properties, SUPPORTED);
  const [destination] = Object.keys(objectOf(properties.DestinationConfig));
  if (destination !== undefined) {
    throw unsupportedProperty(TYPE, `DestinationConfig ${destination}`);
  }
  const settings = {
    MaximumRetryAttempts: limited(properties, 'MaximumRetryAttempts'),
    MaximumEventAgeInSeconds: limited(properties, 'MaximumEventAgeInSeconds'),
  };
  if (Object.values(settings).every((value) => value === undefined)) {
    throw new AwsError(
      'InvalidParameterValueException',
      'You must specify at least one of error handling or destination setting.',
    );
  }
  return settings;
}

function limited(properties: Properties, name: keyof typeof LIMITS): number | undefined {
  const value = numberProperty(properties, name);
  const [least, most] = LIMITS[name];
  if (value === undefined || (value >= least && value <= most)) return value;
  const bound =
    value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
