import type { ConditionValues } from './caller';
import type {
  Properties,
  ResourceContext,
  ResourceHandler,
  ResourceState,
} from './resource-handler';

/** An action for which CloudFormation needs its caller's permission, since it acts as the caller. */
export interface Need {
  /** `iam:CreateRole` */
  readonly action: string;
  /** An ARN, or `*` for actions that take no resource. */
  readonly resource: string;
  readonly values?: ConditionValues;
}

/** A change that is made to a resource. */
export interface About {
  readonly context: ResourceContext;
  readonly properties: Properties;
  /** Before an update. */
  readonly previous: Properties;
  /** Empty before the creation. */
  readonly physicalId: string;
}

type NeedsOf = (about: About) => readonly Need[];

/**
 * The actions that AWS's handlers of a type call, by the `permissions` of its schema in the
 * CloudFormation registry; those for properties that are not there are left out.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export interface HandlerNeeds {
  readonly create: NeedsOf;
  /** With which a creation and an update end. */
  readonly read: NeedsOf;
  readonly update: NeedsOf;
  readonly delete: NeedsOf;
}

/** Handlers that ask the caller's policies first. A type without needs asks nothing. */
export function withNeeds(
  handlers: readonly ResourceHandler[],
  needs: Readonly<Record<string, HandlerNeeds>>,
): ResourceHandler[] {
  return handlers.map((handler) => {
    const own = needs[handler.type];
    return own === undefined ? handler : needing(handler, own);
  });
}

const NOTHING: Properties = {};

function needing(handler: ResourceHandler, needs: HandlerNeeds): ResourceHandler {
  return {
    ...handler,
    ...(handler.read && {
      read(context: ResourceContext, name: string) {
        authorize(
          { context, properties: NOTHING, previous: NOTHING, physicalId: name },
          needs.read,
        );
        return handler.read?.(context, name);
      },
    }),
    create(context, properties) {
      const about = { context, properties, previous: NOTHING, physicalId: '' };
      authorize(about, needs.create);
      const read = (state: ResourceState): Promise<ResourceState> | ResourceState => {
        try {
          authorize({ ...about, physicalId: state.physicalId }, needs.read);
          return state;
        } catch (error) {
          // A creation that fails leaves nothing.
          const gone = handler.delete(context, state.physicalId, properties);
          if (gone instanceof Promise) return gone.then(() => Promise.reject(error));
          throw error;
        }
      };
      const created = handler.create(context, properties);
      return created instanceof Promise ? created.then(read) : read(created);
    },
    update(context, physicalId, properties, previous) {
      const about = { context, properties, previous, physicalId };
      authorize(about, needs.update);
      authorize(about, needs.read);
      return handler.update(context, physicalId, properties, previous);
    },
    delete(context, physicalId, properties) {
      authorize({ context, properties, previous: properties, physicalId }, needs.delete);
      return handler.delete(context, physicalId, properties);
    },
  };
}

function authorize(about: About, needs: NeedsOf): void {
  const { caller } = about.context;
  for (const { action, resource, values } of needs(about)) {
    caller.authorize(action, resource, values);
  }
}

/** True if a property has a value; an empty list has none. */
export function has(properties: Properties, name: string): boolean {
  const value = properties[name];
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** True if an update changes one of the properties. */
export function changes({ properties, previous }: About, ...names: readonly string[]): boolean {
  return names.some((name) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]));
}

/** The needs that a condition calls for. */
export const when = (condition: boolean, ...needs: readonly Need[]): readonly Need[] =>
  condition ? needs : [];

/** Passing a role to a service of AWS. */
export const passRole = (roleArn: string, service: string): Need => ({
  action: 'iam:PassRole',
  resource: roleArn,
  values: { 'iam:PassedToService': service },
});
