/**
 * Templates of our own that lead to the recorded change sets: topics that refer to each other,
 * parameters, and conditions. The names are those of LocalStack's tests.
 */
export interface Scenario {
  readonly file: string;
  readonly before: Step;
  readonly after: Step;
}

interface Step {
  readonly template: object;
  readonly parameters?: Readonly<Record<string, string>>;
}

const topic = (TopicName: unknown, DisplayName?: unknown, attributes: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName, ...(DisplayName !== undefined && { DisplayName }) },
  ...attributes,
});

const of = (Resources: object): Step => ({ template: { Resources } });

const first = (display: string) => ({ Topic1: topic('topic-name-1', display) });
const referring = { Topic2: topic('topic-name-2', { Ref: 'Topic1' }) };
const chained = { ...referring, Topic3: topic('topic-name-3', { Ref: 'Topic2' }) };

const named = (type: object, parameters?: Step['parameters']): Step => ({
  template: {
    Parameters: { TopicName: { Type: 'String', ...type } },
    Resources: { Foo: topic({ Ref: 'TopicName' }) },
  },
  ...(parameters !== undefined && { parameters }),
});

const second = (attributes: object = {}) => ({
  Topic2: topic('topic-name-2', 'display-value-2', attributes),
});
const last = (...DependsOn: string[]) => ({
  Topicn: topic('topic-name-n', 'display-value-n', { DependsOn }),
});

const pseudo = ['Partition', 'AccountId', 'Region', 'StackName', 'StackId', 'URLSuffix'];

const between = (before: Step, after: Step) => ({ before, after });

const REFERENCES = {
  test_resource_addition: between(
    of(first('display-value-1')),
    of({ ...first('display-value-1'), ...referring }),
  ),
  test_direct_attribute_value_change: between(
    of({ ...first('display-value-1'), ...referring }),
    of({ ...first('display-value-2'), ...referring }),
  ),
  test_direct_attribute_value_change_in_ref_chain: between(
    of({ ...first('display-value-1'), ...chained }),
    of({ ...first('display-value-2'), ...chained }),
  ),
  test_direct_attribute_value_change_with_dependent_addition: between(
    of(first('display-value-1')),
    of({ ...first('display-value-2'), ...referring }),
  ),
  test_immutable_property_update_causes_resource_replacement: between(
    of({ ...first('value'), ...referring }),
    of({ Topic1: topic('updated-topic-name-1', 'new_value'), ...referring }),
  ),
  test_supported_pseudo_parameter: between(
    of({ Topic1: topic('topic_name_1') }),
    of({
      Topic2: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          TopicName: 'topic_name_2',
          Tags: pseudo.map((Key) => ({ Key, Value: { Ref: `AWS::${Key}` } })),
        },
      },
    }),
  ),
};

const PARAMETERS = {
  test_update_parameter_default_value: between(
    named({ Default: 'topic-name-1' }),
    named({ Default: 'topic-name-2' }),
  ),
  test_update_parameter_with_added_default_value: between(
    named({}, { TopicName: 'topic-name-1' }),
    named({ Default: 'topic-name-2' }),
  ),
  test_update_parameter_with_removed_default_value: between(
    named({ Default: 'topic-name-1' }),
    named({}, { TopicName: 'topic-name-2' }),
  ),
  test_update_parameter_default_value_with_dynamic_overrides: between(
    named({ Default: 'default-1' }, { TopicName: 'topic-name-1' }),
    named({ Default: 'default-2' }, { TopicName: 'topic-name-2' }),
  ),
};

const after = { DependsOn: 'Topic1' };
const afterListed = { DependsOn: ['Topic1'] };

const DEPENDENCIES = {
  test_update_depended_resource: between(
    of({ ...first('display-value-1'), ...second(after) }),
    of({ ...first('display-value-1-updated'), ...second(after) }),
  ),
  test_update_depended_resource_list: between(
    of({ ...first('display-value-1'), ...second(afterListed) }),
    of({ ...first('display-value-1-updated'), ...second(afterListed) }),
  ),
  test_multiple_dependencies_addition: between(
    of({ ...first('display-value-1'), ...last('Topic1') }),
    of({ ...first('display-value-1'), ...last('Topic1', 'Topic2'), ...second() }),
  ),
  test_multiple_dependencies_deletion: between(
    of({ ...first('display-value-1'), ...second(), ...last('Topic1', 'Topic2') }),
    of({ ...first('display-value-1'), ...last('Topic1') }),
  ),
};

const inFile = (file: string, scenarios: Readonly<Record<string, Omit<Scenario, 'file'>>>) =>
  Object.entries(scenarios).map(([name, steps]): [string, Scenario] => [name, { file, ...steps }]);

/** By the name of the test that recorded it. */
export const SCENARIOS: readonly (readonly [string, Scenario])[] = [
  ...inFile('test_change_set_ref.json', REFERENCES),
  ...inFile('test_change_set_parameters.json', PARAMETERS),
  ...inFile('test_change_set_depends_on.json', DEPENDENCIES),
];
