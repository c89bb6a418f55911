import { AwsError } from '../../core/errors';
import { generatedName } from '../../core/generated-name';
import {
  listProperty,
  objectOf,
  refuseOthers,
  tagsProperty,
  textProperty,
  unsupportedProperty,
} from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceContext, ResourceHandler } from '../../core/resource-handler';
import { DEFAULT_BUS, type EventsStore } from '../store';

const TYPE = 'AWS::Events::Rule';
const SUPPORTED = [
  'Description',
  'EventBusName',
  'EventPattern',
  'Name',
  'RoleArn',
  'ScheduleExpression',
  'State',
  'Tags',
  'Targets',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export function ruleHandler(events: Stores<EventsStore>): ResourceHandler {
  const put = ({ caller }: ResourceContext, name: string, properties: Properties) => {
    const settings = settingsOf(properties);
    const store = events.store(caller);
    const arn = store.arnOf(name);
    const targets = listProperty(properties, 'Targets').map(objectOf);
    store.rules.set(name, { name, arn, settings, targets, tags: tagsProperty(properties) });
    return { physicalId: name, attributes: { Arn: arn, RuleName: name } };
  };
  return {
    type: TYPE,
    create(context, properties) {
      const name = textProperty(properties, 'Name') ?? generatedName(context, 64);
      if (events.store(context.caller).rules.has(name)) {
        throw new AwsError('AlreadyExists', `${name} already exists`, { status: 409 });
      }
      return put(context, name, properties);
    },
    update: (context, physicalId, properties) => put(context, physicalId, properties),
    delete(context, physicalId) {
      events.store(context.caller).rules.delete(physicalId);
    },
  };
}

function settingsOf(properties: Properties): Properties {
  refuseOthers(TYPE, properties, SUPPORTED);
  const bus = textProperty(properties, 'EventBusName') ?? DEFAULT_BUS;
  if (bus !== DEFAULT_BUS) throw unsupportedProperty(TYPE, `EventBusName ${bus}`);
  const schedule = textProperty(properties, 'ScheduleExpression');
  const pattern = textProperty(properties, 'EventPattern');
  const state = textProperty(properties, 'State') ?? 'ENABLED';
  if (schedule === undefined && pattern === undefined) {
    throw new AwsError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  }
  // No service here sends events, so that a pattern truly never matches. A clock would tick.
  if (schedule !== undefined && state !== 'DISABLED') {
    throw unsupportedProperty(
      TYPE,
      'ScheduleExpression',
      'No schedule is run here: set State to DISABLED.',
    );
  }
  return {
    State: state,
    ...(schedule !== undefined && { ScheduleExpression: schedule }),
    ...(pattern !== undefined && { EventPattern: pattern }),
    ...copied(properties, ['Description', 'RoleArn']),
  };
}

function copied(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    names
      .map((name) => [name, textProperty(properties, name)] as const)
      .filter(([, value]) => value !== undefined),
  );
}
