import type { Caller } from '../core/caller';
import { type QueryAction, queryHandler, textMember } from '../core/protocol/query';
import { Regional } from '../core/regional';
import type { ResourceHandler } from '../core/resource-handler';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { cdkMetadata } from './cdk-metadata';
import type { HandlerTable } from './deployment';
import { checkInput } from './input-check';
import { validationError } from './json';
import { changeSetActions } from './operations/change-sets';
import { describeActions } from './operations/descriptions';
import { stackActions } from './operations/stacks';
import { templateActions } from './operations/templates';
import { authorizedArn, type ServiceContext } from './service-context';
import { StackStore } from './stack-store';
import { cloudFormationState } from './state';
import { waitConditionHandle } from './wait-condition-handle';

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

export interface CloudFormationOptions {
  /** One handler for each supported resource type. */
  readonly handlers: readonly ResourceHandler[];
  /**
   * Downloads the template at a TemplateURL.
   * @throws AwsError as S3 returns it; CloudFormation passes its message on
   */
  readonly readTemplate: (url: string, caller: Caller) => Promise<string>;
  /**
   * True for a role that does not let CloudFormation assume it. Default: all let it. Roles are not
   * assumed, so one that nobody knows here may be named, such as that of the real deployment.
   */
  readonly refusesRole?: (roleArn: string, caller: Caller) => boolean;
  /** The clock, for tests. Default: the current time. */
  readonly now?: () => Date;
}

/** The CloudFormation service of the embedded AWS. */
export interface CloudFormation extends AwsService {
  /** State that survives a restart. */
  readonly state: Persistent;
  /** Resolves when no stack operation is in progress. */
  idle(): Promise<void>;
}

/**
 * Creates the CloudFormation service: stacks and change sets of the resource types that have a
 * handler. Like AWS, it responds immediately and runs operations in the background.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html
 * @throws Error if two handlers have the same type
 */
export function createCloudFormation(options: CloudFormationOptions): CloudFormation {
  const service: ServiceContext = {
    stores: new Regional(() => new StackStore()),
    handlers: handlerTable(options.handlers),
    readTemplate: options.readTemplate,
    now: options.now ?? (() => new Date()),
  };
  return {
    signingName: 'cloudformation',
    handle: queryHandler(
      'cloudformation',
      NAMESPACE,
      checked(actionsOf(service), options.refusesRole),
    ),
    state: cloudFormationState(service),
    async idle() {
      const stacks = service.stores.all().flatMap((store) => store.all());
      // While one operation is awaited, another may start on the same stack.
      for (const stack of stacks) {
        for (let seen: unknown; stack.operation !== seen; ) {
          seen = stack.operation;
          await stack.operation;
        }
      }
    },
  };
}

function handlerTable(given: readonly ResourceHandler[]): HandlerTable {
  const own = [cdkMetadata, waitConditionHandle];
  const handlers = new Map<string, ResourceHandler>(own.map((handler) => [handler.type, handler]));
  const seen = new Set<string>();
  for (const handler of given) {
    if (seen.has(handler.type)) throw new Error(`Two handlers for ${handler.type}`);
    seen.add(handler.type);
    handlers.set(handler.type, handler);
  }
  return handlers;
}

/** All actions by name. */
export function actionsOf(service: ServiceContext): Record<string, QueryAction> {
  return {
    ...stackActions(service),
    ...changeSetActions(service),
    ...describeActions(service),
    ...templateActions(service),
  };
}

/**
 * Checks the input of each action against AWS's model, whether the caller may do it, and whether
 * CloudFormation may act in the role that it names.
 */
function checked(
  actions: Readonly<Record<string, QueryAction>>,
  refusesRole: CloudFormationOptions['refusesRole'] = () => false,
): Record<string, QueryAction> {
  return Object.fromEntries(
    Object.entries(actions).map(([name, action]): [string, QueryAction] => [
      name,
      (input, request) => {
        checkInput(name, input);
        request.caller.authorize(`cloudformation:${name}`, authorizedArn(input, request));
        const role = textMember(input, 'RoleARN');
        if (role !== undefined && refusesRole(role, request.caller)) {
          // Recorded: LocalStack's test_update_with_role_without_permissions, 21-11-2022.
          throw validationError(`Role ${role} is invalid or cannot be assumed`);
        }
        return action(input, request);
      },
    ]),
  );
}
