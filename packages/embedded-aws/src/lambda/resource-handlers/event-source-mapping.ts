import { tagsProperty, unsupportedProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler } from '../../core/resource-handler';
import { violationsOf } from '../../core/shapes/constraints';
import { readTexts } from '../../core/shapes/read-texts';
import { structure, text } from '../../core/shapes/shape';
import { constraintError } from '../../core/validation';
import { VALIDATION } from '../errors';
import { type EventSourceMapping, STARTING_POSITIONS } from '../event-source/mapping';
import {
  DEFAULT_SETTINGS,
  type SettingsInput,
  settingMembers,
  UNSUPPORTED_MEMBERS,
} from '../event-source/settings';
import type { MappingStore, NewMapping } from '../event-source/store';

const TYPE = 'AWS::Lambda::EventSourceMapping';

const PROPERTIES = structure({
  ...settingMembers,
  EventSourceArn: text,
  StartingPosition: { type: 'String', values: STARTING_POSITIONS },
  // Seconds since 1970.
  StartingPositionTimestamp: { type: 'Double' },
});

/**
 * A replacement is created before the mapping that it replaces is deleted, and Lambda takes no second
 * mapping of a stream and a function: a changed StartingPosition fails with a conflict, as on AWS
 * (github.com/serverless/serverless/issues/8550).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 */
export function eventSourceMappingHandler(lambda: {
  readonly mappings: Stores<MappingStore>;
}): ResourceHandler {
  // Nothing that follows in the stack waits for the states in between.
  const settled = (store: MappingStore, mapping: EventSourceMapping) => {
    store.settle(mapping);
    const { uuid, arn } = mapping;
    return { physicalId: uuid, attributes: { Id: uuid, EventSourceMappingArn: arn } };
  };
  return {
    type: TYPE,
    create({ caller }, properties) {
      const store = lambda.mappings.store(caller);
      return settled(store, store.create(readProperties(properties), tagsProperty(properties)));
    },
    update({ caller }, physicalId, properties) {
      const store = lambda.mappings.store(caller);
      store.settle(store.get(physicalId));
      const mapping = store.update(physicalId, withDefaults(readProperties(properties)));
      mapping.tags.clear();
      for (const [key, value] of tagsProperty(properties)) mapping.tags.set(key, value);
      return settled(store, mapping);
    },
    delete({ caller }, physicalId) {
      const store = lambda.mappings.store(caller);
      const mapping = store.find(physicalId);
      if (mapping === undefined) return;
      store.settle(mapping);
      if (store.find(physicalId) !== undefined) settled(store, store.delete(physicalId));
    },
  };
}

/** @throws AwsError NotImplemented naming a property; ValidationException */
function readProperties(properties: Properties): NewMapping {
  const other = UNSUPPORTED_MEMBERS.find((name) => properties[name] !== undefined);
  if (other !== undefined) throw unsupportedProperty(TYPE, other);
  const input = readTexts(PROPERTIES, properties);
  const violations = violationsOf(PROPERTIES, input);
  if (violations.length > 0) throw constraintError(VALIDATION, violations);
  const { StartingPositionTimestamp: seconds, ...rest } = input as Omit<
    NewMapping,
    'StartingPositionTimestamp'
  > & { readonly StartingPositionTimestamp?: number };
  return { ...rest, ...(seconds !== undefined && { StartingPositionTimestamp: seconds * 1000 }) };
}

/** A property that a template no longer has goes back to its default. */
function withDefaults(input: SettingsInput): SettingsInput {
  const { Destination: _none, Filters: _every, ...defaults } = DEFAULT_SETTINGS;
  return {
    ...defaults,
    Enabled: true,
    DestinationConfig: {},
    FilterCriteria: {},
    ...input,
  };
}
