import fc from 'fast-check';
import { checkProperties, problemsReason } from '../../src/cloudformation/property-validation';
import { occupiedName, propertyChanges, replaces } from '../../src/cloudformation/replacement';
import { resourceType, resourceTypeNames } from '../../src/cloudformation/resource-types';
import { createStack, fullEvents, settle, template, world } from './support';

function typeOf(name: string) {
  const type = resourceType(name);
  if (type === undefined) throw new Error(`no data for ${name}`);
  return type;
}

const method = (properties: Record<string, unknown>) => ({
  RestApiId: 'a',
  ResourceId: 'b',
  HttpMethod: 'GET',
  ...properties,
});

function problems(name: string, properties: Record<string, unknown>): string[] {
  return checkProperties(typeOf(name), properties).problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

const METHOD = 'AWS::ApiGateway::Method';

describe('property validation', () => {
  it.each([
    [
      'an unknown property',
      METHOD,
      method({ Foo: 1 }),
      ['#: extraneous key [Foo] is not permitted'],
    ],
    [
      'an unknown nested property',
      METHOD,
      method({ Integration: { Type: 'AWS', Urii: 'x' } }),
      ['#/Integration: extraneous key [Urii] is not permitted'],
    ],
    [
      'a missing property',
      METHOD,
      { RestApiId: 'a', ResourceId: 'b' },
      ['#: required key [HttpMethod] not found'],
    ],
    [
      'a missing nested property',
      METHOD,
      method({ Integration: { IntegrationResponses: [{}] } }),
      [
        '#/Integration: required key [Type] not found',
        '#/Integration/IntegrationResponses/0: required key [StatusCode] not found',
      ],
    ],
    [
      'another enum value',
      METHOD,
      method({ Integration: { Type: 'AWSS' } }),
      ['#/Integration/Type: AWSS is not a valid enum value'],
    ],
    [
      'another number of an enum',
      'AWS::Logs::LogGroup',
      { RetentionInDays: 8 },
      ['#/RetentionInDays: 8 is not a valid enum value'],
    ],
    [
      'a text for a list',
      METHOD,
      method({ AuthorizationScopes: 'x' }),
      ['#/AuthorizationScopes: expected type: JSONArray, found: String'],
    ],
    [
      'a list for a text',
      METHOD,
      method({ OperationName: [] }),
      ['#/OperationName: expected type: String, found: JSONArray'],
    ],
    [
      'a text for an object',
      METHOD,
      method({ Integration: 'AWS' }),
      ['#/Integration: expected type: JSONObject, found: String'],
    ],
    [
      'a word for a number',
      'AWS::Kinesis::Stream',
      { ShardCount: 'two' },
      ['#/ShardCount: expected type: Integer, found: String'],
    ],
    [
      'a fraction for an integer',
      'AWS::Kinesis::Stream',
      { ShardCount: 1.5 },
      ['#/ShardCount: expected type: Integer, found: BigDecimal'],
    ],
    [
      'a word for a boolean',
      METHOD,
      method({ ApiKeyRequired: 'yes' }),
      ['#/ApiKeyRequired: expected type: Boolean, found: String'],
    ],
    [
      'a tag without value',
      'AWS::Kinesis::Stream',
      { Tags: [{ Key: 'a' }] },
      ['#/Tags/0: required key [Value] not found'],
    ],
    [
      'a number for a document',
      'AWS::ApiGateway::Model',
      { RestApiId: 'a', Schema: [] as unknown },
      [],
    ],
    [
      'an object in a map of texts',
      METHOD,
      method({ RequestModels: { 'application/json': {} } }),
      ['#/RequestModels/application/json: expected type: String, found: JSONObject'],
    ],
    [
      'names of the prototype',
      METHOD,
      JSON.parse(
        '{"RestApiId":"a","ResourceId":"b","HttpMethod":"GET","__proto__":{},"constructor":1}',
      ),
      [
        '#: extraneous key [__proto__] is not permitted',
        '#: extraneous key [constructor] is not permitted',
      ],
    ],
  ])('of %s', (_, type, properties, expected) => {
    expect(problems(type, properties)).toEqual(expected);
  });

  it.each([
    ['text to integer', 'AWS::Kinesis::Stream', { ShardCount: '5' }, { ShardCount: 5 }],
    ['text to number', 'AWS::CloudWatch::Alarm', { Threshold: '0.5' }, { Threshold: 0.5 }],
    [
      'text to boolean',
      METHOD,
      method({ ApiKeyRequired: 'true' }),
      method({ ApiKeyRequired: true }),
    ],
    [
      'number to text',
      METHOD,
      method({ MethodResponses: [{ StatusCode: 200 }] }),
      method({ MethodResponses: [{ StatusCode: '200' }] }),
    ],
    [
      'boolean to text',
      'AWS::ApiGateway::Stage',
      { RestApiId: 'a', Variables: { on: true } },
      { RestApiId: 'a', Variables: { on: 'true' } },
    ],
    [
      'nothing if both types are allowed',
      METHOD,
      method({ RequestParameters: { a: true, b: 'true' } }),
      method({ RequestParameters: { a: true, b: 'true' } }),
    ],
    [
      'nothing in a document',
      'AWS::IAM::Policy',
      { PolicyName: 'p', PolicyDocument: { n: 1, b: 'true' } },
      { PolicyName: 'p', PolicyDocument: { n: 1, b: 'true' } },
    ],
  ])('converts %s', (_, type, properties, expected) => {
    const checked = checkProperties(typeOf(type), properties);
    expect(checked).toEqual({ properties: expected, problems: [] });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...resourceTypeNames()),
        fc.object({ maxDepth: 4 }),
        (name, value) => {
          const { problems: found } = checkProperties(typeOf(name), value);
          expect(problemsReason('X', found)).toContain('resource X');
        },
      ),
    );
  });

  it("fails the resource with AWS's reason, and the stack rolls back", async () => {
    // Prepare
    const local = world();
    const body = template({
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Shards: 1, ShardCount: [] } },
    });

    // Act
    const stack = await settle(local, createStack(local, body));
    const events = await fullEvents(local.client);

    // Assess
    expect(stack?.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(local.resources.calls).toEqual([]);
    expect(
      events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason,
    ).toBe(
      'Properties validation failed for resource Stream with message:\n#: extraneous key [Shards] is not permitted\n#/ShardCount: expected type: Integer, found: JSONArray',
    );
  });
});

describe('replacement', () => {
  it.each([
    ['a name', 'AWS::Kinesis::Stream', { Name: 'a' }, { Name: 'b' }, true],
    ['a count', 'AWS::Kinesis::Stream', { ShardCount: 1 }, { ShardCount: 2 }, false],
    [
      'a member of a nested type',
      'AWS::ApiGateway::Deployment',
      { DeploymentCanarySettings: { PercentTraffic: 1 } },
      { DeploymentCanarySettings: { PercentTraffic: 2 } },
      true,
    ],
    ['an added property', 'AWS::IAM::Role', {}, { Path: '/x/' }, true],
    ['a removed property', 'AWS::IAM::Role', { Path: '/x/' }, {}, true],
    [
      'the order of members',
      'AWS::IAM::Role',
      { Path: '/', Tags: [] },
      { Tags: [], Path: '/' },
      false,
    ],
  ])('by %s', (_, name, before, after, expected) => {
    expect(replaces(propertyChanges(typeOf(name), before, after))).toBe(expected);
  });

  it('conflicts with itself only if all identifying names stay', () => {
    const role = typeOf('AWS::IAM::Role');
    expect(occupiedName(role, { RoleName: 'a' }, { RoleName: 'a' })).toBe('a');
    expect(occupiedName(role, { RoleName: 'a' }, { RoleName: 'b' })).toBeUndefined();
    expect(occupiedName(role, {}, {})).toBeUndefined();
  });
});

describe('the extracted data', () => {
  it('has the types of an API Gateway and Kinesis stack, with their facts', () => {
    expect(
      resourceTypeNames().filter((name) => name.startsWith('AWS::ApiGateway::')).length,
    ).toBeGreaterThan(15);
    expect(typeOf('AWS::ApiGateway::RestApi').attributes).toEqual(['RestApiId', 'RootResourceId']);
    expect(typeOf('AWS::ApiGateway::Stage').properties.StageName?.replacement).toBe('yes');
    expect(typeOf('AWS::Kinesis::Stream').primaryIdentifier).toEqual(['Name']);
  });

  it('refers only to nested types that it contains', () => {
    for (const name of resourceTypeNames()) {
      const type = typeOf(name);
      const text = JSON.stringify([type.properties, type.definitions]);
      for (const [, ref = ''] of text.matchAll(/"ref":"(\w+)"/g)) {
        expect(Object.keys(type.definitions)).toContain(ref);
      }
    }
  });
});
