import { ACCESS_LOG_LINE } from '../../resources/access-log';
import { OWN_METRICS } from '../../resources/own-metrics';
import { compiledStack } from '../support/compiled-stack';

interface Properties {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly [
    {
      readonly MetricName: string;
      readonly MetricValue: string;
      readonly Dimensions: readonly { readonly Key: string; readonly Value: string }[];
    },
  ];
}

const filtersOf = (values: Readonly<Record<string, string>>) =>
  Object.values(compiledStack(values).Resources)
    .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
    .map(({ Properties }) => Properties as unknown as Properties);

const filters = filtersOf({});

test('only a stage with an access log has metric filters', () => {
  expect(filters.length).toBeGreaterThan(0);
  expect(filtersOf({ accessLogs: 'false' })).toEqual([]);
});

test.each(filters.map((filter) => [filter.FilterPattern, filter] as const))(
  '%s reads members of the log, and its dimensions are among them',
  (pattern, { MetricTransformations: [{ MetricName, Dimensions }] }) => {
    const members = [...pattern.matchAll(/\$\.(\w+)/g)].map(([, member = '']) => member);

    expect(Object.keys(ACCESS_LOG_LINE)).toEqual(expect.arrayContaining(members));
    expect(members).toEqual(
      expect.arrayContaining(Dimensions.map(({ Value }) => Value.replace('$.', ''))),
    );
    expect(Object.keys(OWN_METRICS)).toContain(MetricName);
    expect(pattern.length).toBeLessThanOrEqual(1024);
  },
);
