import {
  CloudFormationClient,
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type StackEvent,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { type CloudFormation, createCloudFormation } from '../../src/cloudformation';
import { resourceType, resourceTypeNames } from '../../src/cloudformation/resource-types';
import type { Caller } from '../../src/core/caller';
import { AwsError } from '../../src/core/errors';
import { derivedId } from '../../src/core/ids';
import type { ResourceContext, ResourceHandler } from '../../src/core/resource-handler';
import { inProcess } from '../../src/in-process';
import { testCaller } from '../support/aws-request';

/** Fake resources of every type: they exist in a map, and record all calls. */
class FakeResources {
  /** `create Api`, `update Api`, `delete Api`, in the order of the calls. */
  readonly calls: string[] = [];
  /** The existing resources, by physical id. */
  readonly existing = new Map<string, { type: string; properties: Record<string, unknown> }>();
  readonly contexts: ResourceContext[] = [];
  /** Error messages of calls that are to fail, by call: `create Api`. */
  readonly failures = new Map<string, string>();
  /** Calls that wait for a promise, by call. */
  readonly gates = new Map<string, Promise<void>>();
  readonly handlers: ResourceHandler[];
  readonly #once = new Set<string>();

  constructor(types: readonly string[] = resourceTypeNames()) {
    this.handlers = types.map((type) => this.#handler(type));
  }

  /** Makes a call fail once. */
  failOnce(call: string, message: string): void {
    this.failures.set(call, message);
    this.#once.add(call);
  }

  propertiesOf(logicalId: string): Record<string, unknown>[] {
    return [...this.existing]
      .filter(([physicalId]) => physicalId.startsWith(`${logicalId}-`))
      .map(([, { properties }]) => properties);
  }

  #handler(type: string): ResourceHandler {
    return {
      type,
      create: async (context, properties) => {
        await this.#note('create', context);
        if (this.#isTaken(type, properties.Name)) {
          throw new AwsError('ResourceInUseException', `${String(properties.Name)} already exists`);
        }
        const physicalId = `${context.logicalId}-${derivedId(context.seed, 6)}`;
        this.existing.set(physicalId, { type, properties: { ...properties } });
        return this.#state(type, physicalId);
      },
      update: async (context, physicalId, properties) => {
        await this.#note('update', context);
        this.existing.set(physicalId, { type, properties: { ...properties } });
        return this.#state(type, physicalId);
      },
      delete: async (context, physicalId) => {
        await this.#note('delete', context);
        this.existing.delete(physicalId);
      },
    };
  }

  /** Of the types used in tests, only streams have unique names. */
  #isTaken(type: string, name: unknown): boolean {
    return [...this.existing.values()].some(
      (other) =>
        type === 'AWS::Kinesis::Stream' &&
        other.type === type &&
        name !== undefined &&
        other.properties.Name === name,
    );
  }

  #state(type: string, physicalId: string) {
    const names = resourceType(type)?.attributes ?? [];
    return {
      physicalId,
      attributes: Object.fromEntries(names.map((name) => [name, `${physicalId}/${name}`])),
    };
  }

  async #note(verb: string, context: ResourceContext): Promise<void> {
    const call = `${verb} ${context.logicalId}`;
    this.calls.push(call);
    this.contexts.push(context);
    await this.gates.get(call);
    const failure = this.failures.get(call);
    if (this.#once.delete(call)) this.failures.delete(call);
    if (failure !== undefined) throw new AwsError('BadRequestException', failure);
  }
}

/** A CloudFormation with fake resources, and an AWS SDK client connected in process. */
export interface World {
  readonly resources: FakeResources;
  readonly service: CloudFormation;
  readonly client: CloudFormationClient;
  /** The templates by TemplateURL. */
  readonly templates: Map<string, string>;
}

export function world(
  options: { types?: readonly string[]; caller?: Caller; now?: () => Date } = {},
): World {
  const resources = new FakeResources(options.types);
  const templates = new Map<string, string>();
  const service = createCloudFormation({
    handlers: resources.handlers,
    ...(options.now && { now: options.now }),
    readTemplate: async (url) => {
      const text = templates.get(url);
      if (text === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.');
      return text;
    },
  });
  return { resources, service, client: clientOf(service, options.caller), templates };
}

/** The AWS SDK's client, connected to the service in process. */
export const clientOf = (service: CloudFormation, caller = testCaller): CloudFormationClient =>
  new CloudFormationClient(inProcess(service, caller));

/** A template with these resources, as JSON. */
export function template(
  resources: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): string {
  return JSON.stringify({ Resources: resources, ...rest });
}

/** A role without a name, so that only a changed path replaces it. */
export function role(properties: Record<string, unknown> = {}) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      ...properties,
    },
  };
}

export function api(properties: Record<string, unknown> = {}) {
  return { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api', ...properties } };
}

/** The root resource of the API with the logical id `Api`. */
export const API_ROOT = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };

/** A path segment of that API. */
export function apiResource(parent: unknown, pathPart: string) {
  return {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, ParentId: parent, PathPart: pathPart },
  };
}

/** A stream that is created after the resource `on`. */
export const dependent = (on: string, properties: Record<string, unknown> = {}) => ({
  ...stream(properties),
  DependsOn: on,
});

export function stream(properties: Record<string, unknown> = {}) {
  return { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1, ...properties } };
}

export const IAM = ['CAPABILITY_NAMED_IAM'] as 'CAPABILITY_NAMED_IAM'[];

/** Runs an operation to its end and returns the stack. */
export async function settle({ client, service }: World, start: Promise<unknown>) {
  await start;
  await service.idle();
  const { Stacks } = await client.send(new DescribeStacksCommand({}));
  return Stacks?.[0];
}

export function createStack(
  { client }: World,
  body: string,
  rest: Partial<CreateStackCommandInput> = {},
) {
  return client.send(
    new CreateStackCommand({ StackName: 'stack', TemplateBody: body, Capabilities: IAM, ...rest }),
  );
}

export function updateStack(
  { client }: World,
  body: string,
  rest: Partial<UpdateStackCommandInput> = {},
) {
  return client.send(
    new UpdateStackCommand({ StackName: 'stack', TemplateBody: body, Capabilities: IAM, ...rest }),
  );
}

/** The events as `Api CREATE_COMPLETE`, oldest first. */
export async function eventsOf({ client }: World, stackName = 'stack'): Promise<string[]> {
  return (await fullEvents(client, stackName)).map(
    (event) => `${event.LogicalResourceId} ${event.ResourceStatus}`,
  );
}

/** All events, oldest first. */
export async function fullEvents(client: CloudFormationClient, stackName = 'stack') {
  const events: StackEvent[] = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await client.send(
      new DescribeStackEventsCommand({ StackName: stackName, NextToken: token }),
    );
    events.push(...(page.StackEvents ?? []));
    token = page.NextToken;
  }
  return events.reverse();
}
