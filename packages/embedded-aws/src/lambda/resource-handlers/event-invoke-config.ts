import { AwsError } from '../../core/errors';
import {
  numberProperty,
  objectOf,
  refuseOthers,
  textProperty,
  unsupportedProperty,
} from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceContext, ResourceHandler } from '../../core/resource-handler';
import { violationsOf } from '../../core/shapes/constraints';
import { structure } from '../../core/shapes/shape';
import { constraintError } from '../../core/validation';
import { invalidParameter, VALIDATION } from '../errors';
import type { FunctionStore } from '../store';

const TYPE = 'AWS::Lambda::EventInvokeConfig';
const SUPPORTED = [
  'DestinationConfig',
  'FunctionName',
  'MaximumEventAgeInSeconds',
  'MaximumRetryAttempts',
  'Qualifier',
] as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
const SETTINGS = structure({
  MaximumRetryAttempts: { type: 'Integer', min: 0, max: 2 },
  MaximumEventAgeInSeconds: { type: 'Integer', min: 60, max: 21_600 },
});

/**
 * Stored and returned only: events run at once and are never retried.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html
 */
export function eventInvokeConfigHandler(lambda: Stores<FunctionStore>): ResourceHandler {
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
    MaximumRetryAttempts: numberProperty(properties, 'MaximumRetryAttempts'),
    MaximumEventAgeInSeconds: numberProperty(properties, 'MaximumEventAgeInSeconds'),
  };
  const violations = violationsOf(SETTINGS, settings);
  if (violations.length > 0) throw constraintError(VALIDATION, violations);
  if (Object.values(settings).every((value) => value === undefined)) {
    throw invalidParameter(
      'You must specify at least one of error handling or destination setting.',
    );
  }
  return settings;
}
