import { type QueryAction, requiredText, textMember } from '../../core/protocol/query';
import { validationError } from '../json';
import { page } from '../paging';
import { texts } from '../request';
import type { ServiceContext } from '../service-context';
import { byLogicalId, type Stack, type StackResource } from '../stack';
import {
  eventAnswer,
  resourceAnswer,
  resourceDetail,
  resourceSummary,
  stackAnswer,
  stackSummary,
} from '../stack-answers';

const PAGE_SIZE = 100;

/** The actions that describe stacks, their resources, events and exports. */
export function describeActions({ stores }: ServiceContext): Record<string, QueryAction> {
  return {
    DescribeStacks(input, { caller }) {
      const store = stores.in(caller);
      const name = textMember(input, 'StackName');
      const { items, nextToken } = page(
        name === undefined ? store.live() : [store.get(name)],
        input,
        PAGE_SIZE,
      );
      return { Stacks: items.map(stackAnswer), NextToken: nextToken };
    },

    DescribeStackEvents(input, { caller }) {
      const name = requiredText(input, 'StackName');
      const stack = stores.in(caller).get(name, `Stack [${name}] does not exist`);
      // Tokens count from the oldest event, so that events added in between do not shift the pages.
      const token = textMember(input, 'NextToken');
      const left = token === undefined ? stack.events.length : eventsLeft(token);
      const start = Math.max(0, left - PAGE_SIZE);
      return {
        StackEvents: stack.events
          .slice(start, left)
          .reverse()
          .map((event) => eventAnswer(stack, event)),
        NextToken: start > 0 ? `before-${start}` : undefined,
      };
    },

    DescribeStackResource(input, { caller }) {
      const name = requiredText(input, 'StackName');
      const stack = stores.in(caller).get(name, `Stack '${name}' does not exist`);
      const resource = resourceOf(stack, requiredText(input, 'LogicalResourceId'), name);
      return { StackResourceDetail: resourceDetail(stack, resource) };
    },

    DescribeStackResources(input, { caller }) {
      const store = stores.in(caller);
      const name = textMember(input, 'StackName');
      const physicalId = textMember(input, 'PhysicalResourceId');
      const logicalId = textMember(input, 'LogicalResourceId');
      if ((name === undefined) === (physicalId === undefined)) {
        throw validationError(
          'Either StackName or PhysicalResourceId must be specified, and not both.',
        );
      }
      const stack = name === undefined ? stackWith(store.live(), physicalId) : store.get(name);
      const resources =
        logicalId === undefined
          ? resourcesOf(stack)
          : [resourceOf(stack, logicalId, name ?? stack.name)];
      return {
        StackResources: resources
          .slice(0, PAGE_SIZE)
          .map((resource) => resourceAnswer(stack, resource)),
      };
    },

    ListStackResources(input, { caller }) {
      const stack = stores.in(caller).get(requiredText(input, 'StackName'));
      const { items, nextToken } = page(resourcesOf(stack), input, PAGE_SIZE);
      return { StackResourceSummaries: items.map(resourceSummary), NextToken: nextToken };
    },

    ListStacks(input, { caller }) {
      const statuses = texts(input, 'StackStatusFilter');
      const stacks = stores
        .in(caller)
        .all()
        .filter(({ status }) => statuses.length === 0 || statuses.includes(status));
      const { items, nextToken } = page(stacks, input, PAGE_SIZE);
      return { StackSummaries: items.map(stackSummary), NextToken: nextToken };
    },

    ListExports(input, { caller }) {
      const { items, nextToken } = page(stores.in(caller).exports(), input, PAGE_SIZE);
      return {
        Exports: items.map(({ name, value, stack }) => ({
          ExportingStackId: stack.id,
          Name: name,
          Value: value,
        })),
        NextToken: nextToken,
      };
    },

    ListImports(input, { caller }) {
      const name = requiredText(input, 'ExportName');
      const importers = stores.in(caller).importersOf(name);
      if (importers.length === 0) {
        throw validationError(`Export '${name}' is not imported by any stack.`);
      }
      const { items, nextToken } = page(importers, input, PAGE_SIZE);
      return { Imports: items, NextToken: nextToken };
    },
  };
}

function eventsLeft(token: string): number {
  const left = /^before-(\d{1,9})$/.exec(token)?.[1];
  if (left === undefined) throw validationError(`Invalid NextToken: ${token}`);
  return Number(left);
}

/** Recorded in the order of the logical ids (LocalStack's test_conditions, 07-10-2025). */
function resourcesOf({ resources }: Stack): StackResource[] {
  return [...resources.values()].sort(byLogicalId);
}

function resourceOf(stack: Stack, logicalId: string, stackName: string): StackResource {
  const resource = stack.resources.get(logicalId);
  if (resource !== undefined) return resource;
  throw validationError(`Resource ${logicalId} does not exist for stack ${stackName}`);
}

function stackWith(stacks: readonly Stack[], physicalId: string | undefined): Stack {
  const stack = stacks.find(({ resources }) =>
    [...resources.values()].some((resource) => resource.physicalId === physicalId),
  );
  if (stack !== undefined) return stack;
  throw validationError(`Stack for ${physicalId} does not exist`);
}
