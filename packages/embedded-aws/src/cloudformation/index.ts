import type { Caller } from '../core/caller';
import { type QueryAction, queryHandler } from '../core/protocol/query';
import { Regional } from '../core/regional';
import type { ResourceHandler } from '../core/resource-handler';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { cdkMetadata } from './cdk-metadata';
import type { HandlerTable } from './deployment';
import { changeSetActions } from './operations/change-sets';
import { describeActions } from './operations/descriptions';
import { stackActions } from './operations/stacks';
import { templateActions } from './operations/templates';
import { actedOn, type ServiceContext } from './service-context';
import { StackStore } from './stack-store';
import { cloudFormationState } from './state';
import { waitConditionHandle } from './wait-condition-handle';

const NAMESPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

export interface CloudFormationOptions {
  /** One for each resource type that stacks may have. */
  readonly handlers: readonly ResourceHandler[];
  /**
   * The text that a TemplateURL points at.
   * @throws AwsError as S3 answers; CloudFormation passes its message on
   */
  readonly readTemplate: (url: string, caller: Caller) => Promise<string>;
  /** The clock, for tests. */
  readonly now?: () => Date;
}

/** The embedded AWS's CloudFormation. */
export interface CloudFormation extends AwsService {
  /** What of it outlives the process. */
  readonly state: Persistent;
  /** Resolves when no stack operation is under way any more. */
  idle(): Promise<void>;
}

/**
 * CloudFormation: stacks and change sets made of the resource types that handlers are given for.
 * Requests are answered at once, operations go on in the background, as on AWS.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/Welcome.html
 * @throws Error when two handlers are for the same type
 */
export function createCloudFormation(options: CloudFormationOptions): CloudFormation {
  const service: ServiceContext = {
    stores: new Regional(() => new StackStore()),
    handlers: handlerTable(options.handlers),
    readTemplate: options.readTemplate,
    now: options.now ?? (() => new Date()),
  };
  const actions = {
    ...stackActions(service),
    ...changeSetActions(service),
    ...describeActions(service),
    ...templateActions(service),
  };
  return {
    signingName: 'cloudformation',
    handle: queryHandler('cloudformation', NAMESPACE, authorized(actions)),
    state: cloudFormationState(service),
    async idle() {
      const stacks = service.stores.all().flatMap((store) => store.all());
      // One operation may follow another on the same stack while it is waited for.
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

/** Checks, before each action, that the caller may do it. */
function authorized(actions: Readonly<Record<string, QueryAction>>): Record<string, QueryAction> {
  return Object.fromEntries(
    Object.entries(actions).map(([name, action]): [string, QueryAction] => [
      name,
      (input, request) => {
        request.caller.authorize(`cloudformation:${name}`, actedOn(input, request));
        return action(input, request);
      },
    ]),
  );
}
