import type { Caller } from './caller';

/** A resource's properties with every intrinsic resolved. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a handler is told of the resource it acts on. */
export interface ResourceContext {
  /** The identity that the stack acts as; carries account and region. */
  readonly caller: Caller;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /**
   * Text that is the same for the same stack, logical id and generation, also after a restart.
   * Handlers derive physical ids from it (see `derivedId`), so that URLs survive.
   */
  readonly seed: string;
  /**
   * Given to a creation that takes time: tells the id of what is there already, so that a process
   * which ends in the meantime leaves nothing that its stack does not know. A creation that throws
   * has left nothing behind, whether it told an id or not.
   * @throws AwsError when that cannot be written down
   */
  readonly made?: (physicalId: string) => void;
}

/** What exists after a create or update. */
export interface ResourceState {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by attribute name. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** One CloudFormation resource type. Which changes replace is not its concern: the engine knows. */
export interface ResourceHandler {
  /** `AWS::ApiGateway::RestApi` */
  readonly type: string;
  /** @throws AwsError whose message becomes the reason in the stack's events */
  create(context: ResourceContext, properties: Properties): Promise<ResourceState> | ResourceState;
  /** Changes the resource in place. */
  update(
    context: ResourceContext,
    physicalId: string,
    properties: Properties,
    previous: Properties,
  ): Promise<ResourceState> | ResourceState;
  /** Removes the resource; one that is gone already is not an error. */
  delete(
    context: ResourceContext,
    physicalId: string,
    properties: Properties,
  ): Promise<void> | void;
}
