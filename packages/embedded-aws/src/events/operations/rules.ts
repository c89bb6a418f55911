import { AwsError } from '../../core/errors';
import { pageOf } from '../../core/paging';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { tagAnswer } from '../../core/tags';
import { DEFAULT_BUS, type EventsStore, type Rule } from '../store';

const operation = operationFor<EventsStore>();

const LARGEST_PAGE = 100;
const paged = {
  Limit: { type: 'Integer', min: 1, max: LARGEST_PAGE },
  NextToken: text,
} as const;

const onBus = { EventBusName: text } as const;

const ruleAnswer = ({ name, arn, settings }: Rule) => ({
  Name: name,
  Arn: arn,
  EventBusName: DEFAULT_BUS,
  ...settings,
});

interface PageInput {
  readonly Limit?: number;
  readonly NextToken?: string;
}

function page<Item>(items: readonly Item[], { Limit = LARGEST_PAGE, NextToken }: PageInput) {
  const invalid = () => new AwsError('ValidationException', 'The NextToken is invalid.');
  return pageOf(items, { token: NextToken, size: Limit }, invalid);
}

/** Rules are read here and made by stacks. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export const ruleOperations = {
  DescribeRule: operation({
    input: { Name: required(text), ...onBus },
    resource: ({ Name }, { store }) => store.arnOf(Name),
    run: ({ Name, EventBusName }, { store, caller }) => ({
      ...ruleAnswer(store.rule(Name, EventBusName)),
      // Lists leave it out.
      CreatedBy: caller.accountId,
    }),
  }),
  ListRules: operation({
    input: { NamePrefix: text, ...onBus, ...paged },
    resource: (_input, { store }) => store.arnOf('*'),
    run(input, { store }) {
      const { NamePrefix: prefix = '', EventBusName: bus } = input;
      const rules = [...store.rulesOn(bus).values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, nextToken } = page(rules, input);
      return { Rules: items.map(ruleAnswer), NextToken: nextToken };
    },
  }),
  ListTargetsByRule: operation({
    input: { Rule: required(text), ...onBus, ...paged },
    resource: ({ Rule }, { store }) => store.arnOf(Rule),
    run(input, { store }) {
      const { items, nextToken } = page(store.rule(input.Rule, input.EventBusName).targets, input);
      return { Targets: items, NextToken: nextToken };
    },
  }),
  ListTagsForResource: operation({
    input: { ResourceARN: required(text) },
    resource: ({ ResourceARN }) => ResourceARN,
    run: ({ ResourceARN }, { store }) => ({ Tags: tagAnswer(store.ruleWithArn(ResourceARN).tags) }),
  }),
  ListEventBuses: operation({
    input: {},
    run: (_input, { store }) => ({ EventBuses: [{ Name: DEFAULT_BUS, Arn: store.busArn }] }),
  }),
};
