import type { Caller } from './caller';

/** A resource's properties, with all intrinsic functions resolved. */
export type Properties = Readonly<Record<string, unknown>>;

/** The context in which a handler acts on a resource. */
export interface ResourceContext {
  /** The identity with which the stack acts, including account and region. */
  readonly caller: Caller;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /**
   * The same text for the same stack, logical id and generation, even after a restart. Handlers
   * derive physical ids from it (see `derivedId`), so that URLs survive.
   */
  readonly seed: string;
  /**
   * Called by creations that take time, with the id of the resource that already exists, so that a
   * process that ends in the meantime leaves no resource that its stack does not know. A creation
   * that throws must leave no resource, whether it called this or not.
   * @throws AwsError if the id cannot be persisted
   */
  readonly onCreated?: (physicalId: string) => void;
}

/** The resource after it was created or updated. */
export interface ResourceState {
  /** The value of `Ref`. */
  readonly physicalId: string;
  /** The values of `Fn::GetAtt`, by attribute name. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * One CloudFormation resource type. The engine, not the handler, decides which changes replace a
 * resource.
 */
export interface ResourceHandler {
  /** For example `AWS::ApiGateway::RestApi`. */
  readonly type: string;
  /** Why no resource of the type can be made here: a template that would make one is refused. */
  readonly refusal?: string;
  /** Attributes of the type on AWS that its resources do not have here: `Fn::GetAtt` is refused. */
  readonly missingAttributes?: readonly string[];
  /**
   * The resource that has this primary identifier, whoever made it; undefined if there is none. Only
   * types have it whose identifier is one name that a template can give.
   * @throws AwsError if the caller may not read it
   */
  read?(context: ResourceContext, name: string): ResourceState | undefined;
  /** @throws AwsError whose message becomes the reason in the stack's events */
  create(context: ResourceContext, properties: Properties): Promise<ResourceState> | ResourceState;
  /** Updates the resource in place. */
  update(
    context: ResourceContext,
    physicalId: string,
    properties: Properties,
    previous: Properties,
  ): Promise<ResourceState> | ResourceState;
  /** Deletes the resource; it is not an error if it no longer exists. */
  delete(
    context: ResourceContext,
    physicalId: string,
    properties: Properties,
  ): Promise<void> | void;
}
