import { partitionOf, type Scope } from '../core/caller';
import { AwsError, notImplemented, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { numberProperty, textProperty } from '../core/properties';
import { jsonAnswer, jsonError, jsonInput, targetAction } from '../core/protocol/json';
import { Regional } from '../core/regional';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { keptMap, regionalMaps } from '../state/regional-maps';

type Members = Readonly<Record<string, unknown>>;

/** A rule on the default event bus. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** Members as DescribeRule answers them. */
  readonly settings: Members;
  /** Members as ListTargetsByRule answers them. */
  readonly targets: readonly Members[];
  readonly tags: ReadonlyMap<string, string>;
}

/** The rules of one account in one region. */
class EventsStore {
  readonly rules = new Map<string, Rule>();
  readonly #prefix: string;

  constructor({ accountId, region }: Scope) {
    this.#prefix = `arn:${partitionOf(region)}:events:${region}:${accountId}:`;
  }

  get busArn(): string {
    return `${this.#prefix}event-bus/${DEFAULT_BUS}`;
  }

  arnOf(name: string): string {
    return `${this.#prefix}rule/${name}`;
  }

  /** @throws AwsError ResourceNotFoundException */
  rule(name: string): Rule {
    const rule = this.rules.get(name);
    if (rule === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Rule ${name} does not exist on EventBus ${DEFAULT_BUS}.`,
      );
    }
    return rule;
  }
}

/** EventBridge's rules. */
export interface Events extends AwsService {
  /** What of it outlives the process. */
  readonly state: Persistent;
  store(scope: Scope): EventsStore;
}

export const DEFAULT_BUS = 'default';

interface EventsAction {
  resource(store: EventsStore, input: Members): string;
  run(store: EventsStore, input: Members): unknown;
}

const ACTIONS: Readonly<Record<string, EventsAction>> = {
  DescribeRule: {
    resource: (store, input) => store.arnOf(required(input, 'Name')),
    run(store, input) {
      const { name, arn, settings } = store.rule(required(input, 'Name'));
      return { Name: name, Arn: arn, EventBusName: DEFAULT_BUS, ...settings };
    },
  },
  ListRules: {
    resource: (store) => store.arnOf('*'),
    run(store, input) {
      const prefix = textProperty(input, 'NamePrefix') ?? '';
      const rules = [...store.rules.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, arn, settings }) => ({
          Name: name,
          Arn: arn,
          EventBusName: DEFAULT_BUS,
          ...settings,
        }));
      const { items, NextToken } = page(input, rules);
      return { Rules: items, NextToken };
    },
  },
  ListTargetsByRule: {
    resource: (store, input) => store.arnOf(required(input, 'Rule')),
    run(store, input) {
      const { items, NextToken } = page(input, store.rule(required(input, 'Rule')).targets);
      return { Targets: items, NextToken };
    },
  },
  ListTagsForResource: {
    resource: (_store, input) => required(input, 'ResourceARN'),
    run(store, input) {
      const arn = required(input, 'ResourceARN');
      const rule = [...store.rules.values()].find((candidate) => candidate.arn === arn);
      if (rule === undefined) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Rule ${arn.slice(arn.lastIndexOf('/') + 1)} does not exist on EventBus ${DEFAULT_BUS}.`,
        );
      }
      return { Tags: [...rule.tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  },
  ListEventBuses: {
    resource: () => '*',
    run: (store) => ({ EventBuses: [{ Name: DEFAULT_BUS, Arn: store.busArn }] }),
  },
};

/** EventBridge: rules are kept and can be read. No events pass: putting one is refused. */
export function createEvents(): Events {
  const stores = new Regional((scope) => new EventsStore(scope));
  return {
    signingName: 'events',
    state: regionalMaps('events', stores, {
      rules: keptMap({ of: ({ rules }: EventsStore) => rules }),
    }),
    store: (scope) => stores.in(scope),
    async handle(request) {
      try {
        return answer(stores.in(request.caller), request);
      } catch (thrown) {
        return jsonError(request.requestId, toAwsError(thrown));
      }
    },
  };
}

function answer(store: EventsStore, request: AwsRequest): HttpResponse {
  const name = targetAction(request) ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw notImplemented('events', name);
  const input = jsonInput(request.body);
  const bus = textProperty(input, 'EventBusName') ?? DEFAULT_BUS;
  if (bus !== DEFAULT_BUS && bus !== store.busArn) {
    throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  }
  request.caller.authorize(`events:${name}`, action.resource(store, input));
  return jsonAnswer(request.requestId, action.run(store, input));
}

function required(input: Members, name: string): string {
  const value = textProperty(input, name);
  if (value !== undefined) return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

const LARGEST_PAGE = 100;

function page<Item>(input: Members, items: readonly Item[]) {
  const size = numberProperty(input, 'Limit') ?? LARGEST_PAGE;
  const start = Number(textProperty(input, 'NextToken') ?? 0);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE || !Number.isInteger(start)) {
    throw new AwsError('ValidationException', `Limit must be between 1 and ${LARGEST_PAGE}.`);
  }
  const end = start + size;
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? String(end) : undefined,
  };
}
