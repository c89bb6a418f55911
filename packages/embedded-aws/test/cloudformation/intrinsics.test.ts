import { evaluateConditions } from '../../src/cloudformation/conditions';
import { evaluationScope } from '../../src/cloudformation/evaluation-scope';
import { evaluate, UNKNOWN } from '../../src/cloudformation/intrinsics';
import { validationError } from '../../src/cloudformation/json';

function scope({ languageExtensions = false } = {}) {
  return evaluationScope({
    identity: {
      accountId: '123456789012',
      region: 'cn-north-1',
      stackName: 'stack',
      stackId: 'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/stack/uuid',
      notificationArns: ['arn:topic'],
    },
    parameters: new Map(
      [
        { key: 'Env', text: 'prod', value: 'prod' },
        { key: 'Zones', text: 'a,b', value: ['a', 'b'] },
      ].map((parameter) => [parameter.key, { ...parameter, noEcho: false }]),
    ),
    mappings: { Sizes: { prod: { shards: 4, names: ['x', 'y'] } } },
    conditions: new Map([
      ['IsProd', true],
      ['IsDev', false],
    ]),
    resources: {
      reference: (id) => (id === 'Later' ? UNKNOWN : id === 'Api' ? 'abc123' : undefined),
      attribute: (id, name) =>
        id === 'Later' ? UNKNOWN : id === 'Api' && name === 'RootResourceId' ? 'root1' : undefined,
    },
    importValue: (name) => {
      if (name === 'shared') return 'from elsewhere';
      throw validationError(`No export named ${name} found.`);
    },
    languageExtensions,
  });
}

const ref = (name: string) => ({ Ref: name });

describe('intrinsic functions', () => {
  it.each([
    ['Ref to a parameter', ref('Env'), 'prod'],
    ['Ref to a list parameter', ref('Zones'), ['a', 'b']],
    ['Ref to a resource', ref('Api'), 'abc123'],
    ['AWS::AccountId', ref('AWS::AccountId'), '123456789012'],
    ['AWS::Region', ref('AWS::Region'), 'cn-north-1'],
    ['AWS::Partition', ref('AWS::Partition'), 'aws-cn'],
    ['AWS::URLSuffix', ref('AWS::URLSuffix'), 'amazonaws.com.cn'],
    ['AWS::StackName', ref('AWS::StackName'), 'stack'],
    [
      'AWS::StackId',
      ref('AWS::StackId'),
      'arn:aws-cn:cloudformation:cn-north-1:123456789012:stack/stack/uuid',
    ],
    ['AWS::NotificationARNs', ref('AWS::NotificationARNs'), ['arn:topic']],
    ['AWS::NoValue in an object', { a: ref('AWS::NoValue'), b: 1 }, { b: 1 }],
    ['AWS::NoValue in a list', [1, ref('AWS::NoValue'), 2], [1, 2]],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, 'root1'],
    ['GetAtt dotted', { 'Fn::GetAtt': 'Api.RootResourceId' }, 'root1'],
    [
      'Sub',
      { 'Fn::Sub': 'x-${Env}-${Api}-${Api.RootResourceId}-${AWS::Region}' },
      'x-prod-abc123-root1-cn-north-1',
    ],
    ['Sub with a literal', { 'Fn::Sub': '${!Env} ${Env}' }, '${Env} prod'],
    [
      'Sub with its own variables, which take precedence',
      { 'Fn::Sub': ['${Env}/${n}', { Env: 'own', n: { 'Fn::Join': ['', ['a', 'b']] } }] },
      'own/ab',
    ],
    [
      'Sub keeps replacement patterns',
      { 'Fn::Sub': ['${v}', { v: "$& $1 $' ${Env}" }] },
      "$& $1 $' ${Env}",
    ],
    ['Sub without an end', { 'Fn::Sub': 'a ${Env' }, 'a ${Env'],
    ['Join', { 'Fn::Join': ['-', ['a', 1, true, ref('Env')]] }, 'a-1-true-prod'],
    ['Join over a function', { 'Fn::Join': [',', ref('Zones')] }, 'a,b'],
    ['Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['Select over Split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
    ['Split', { 'Fn::Split': ['|', 'a||b'] }, ['a', '', 'b']],
    ['Base64', { 'Fn::Base64': { 'Fn::Sub': 'é-${Env}' } }, 'w6ktcHJvZA=='],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', ref('Env'), 'shards'] }, 4],
    ['FindInMap of a list', { 'Fn::FindInMap': ['Sizes', 'prod', 'names'] }, ['x', 'y']],
    ['If, true', { 'Fn::If': ['IsProd', ref('Env'), ref('Nowhere')] }, 'prod'],
    ['If, false', { 'Fn::If': ['IsDev', ref('Nowhere'), 'no'] }, 'no'],
    ['If with no value', { a: { 'Fn::If': ['IsDev', 1, ref('AWS::NoValue')] } }, {}],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'shared' } }, 'from elsewhere'],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['cn-north-1a', 'cn-north-1b', 'cn-north-1c']],
    [
      'data with a Condition member',
      { Condition: { Bool: 'IsProd' } },
      { Condition: { Bool: 'IsProd' } },
    ],
    ['data beside a member called Ref', { Ref: 'x', other: 1 }, { Ref: 'x', other: 1 }],
    [
      'a member called __proto__',
      JSON.parse('{"__proto__": {"Ref": "Env"}}'),
      JSON.parse('{"__proto__": "prod"}'),
    ],
    ['a value that is not known yet', { 'Fn::Sub': 'a-${Later}' }, UNKNOWN],
    ['a known item beside an unknown one', { 'Fn::Select': [0, ['a', ref('Later')]] }, 'a'],
  ])('%s', (_, value, expected) => {
    // Act
    const result = evaluate(value, scope());

    // Assess
    expect(result).toStrictEqual(expected);
    expect(Object.hasOwn(Object(result), '__proto__')).toBe(
      Object.hasOwn(Object(expected), '__proto__'),
    );
  });

  it.each([
    ['Length', { 'Fn::Length': ref('Zones') }, 2],
    ['ToJsonString', { 'Fn::ToJsonString': { a: ref('Env') } }, '{"a":"prod"}'],
    [
      'FindInMap with a default',
      { 'Fn::FindInMap': ['Sizes', 'test', 'shards', { DefaultValue: 1 }] },
      1,
    ],
  ])('%s with the language extensions', (_, value, expected) => {
    expect(evaluate(value, scope({ languageExtensions: true }))).toEqual(expected);
  });

  it.each([
    [
      'Length without the extensions',
      { 'Fn::Length': [] },
      'needs the transform AWS::LanguageExtensions',
    ],
    [
      'a function that is not implemented',
      { 'Fn::Transform': { Name: 'AWS::Include' } },
      'does not implement the intrinsic function Fn::Transform',
    ],
    [
      'ForEach',
      { 'Fn::ForEach::Loop': [] },
      'does not implement the intrinsic function Fn::ForEach::Loop',
    ],
    [
      'a function among other members',
      { 'Fn::Join': ['', []], x: 1 },
      'Fn::Join must be the only member',
    ],
    ['an unknown reference', ref('Nowhere'), 'Unresolved resource dependencies [Nowhere]'],
    ['a prototype name', ref('constructor'), 'Unresolved resource dependencies [constructor]'],
    ['an empty reference', ref(''), 'Every Ref object must have a single String value'],
    [
      'half a GetAtt',
      { 'Fn::GetAtt': ['Api'] },
      'every Fn::GetAtt object requires two non-empty parameters',
    ],
    [
      'an attribute that is not returned',
      { 'Fn::GetAtt': ['Api', 'Nope'] },
      'does not return the attribute Nope of resource Api',
    ],
    [
      'Select out of range',
      { 'Fn::Select': [5, { 'Fn::Split': [',', 'a'] }] },
      'Template error: Fn::Select  cannot select nonexistent value at index 5',
    ],
    [
      'Select of a negative index',
      { 'Fn::Select': [-1, { 'Fn::Split': [',', 'a'] }] },
      'Template error: Fn::Select  cannot select nonexistent value at index -1',
    ],
    [
      'Join of a text',
      { 'Fn::Join': ['-', 'ab'] },
      'every Fn::Join object requires two parameters',
    ],
    [
      'Join of objects',
      { 'Fn::Join': ['-', [{}]] },
      'every Fn::Join object requires two parameters',
    ],
    [
      'Split without delimiter',
      { 'Fn::Split': ['', 'ab'] },
      'every Fn::Split object requires two parameters',
    ],
    [
      'a Sub name with a space',
      { 'Fn::Sub': '${a b}' },
      'variable names in Fn::Sub syntax must contain only',
    ],
    [
      'a Sub of a list of one',
      { 'Fn::Sub': ['x'] },
      "Fn::Sub intrinsic functions don't specify expected arguments",
    ],
    [
      'a mapping that does not exist',
      { 'Fn::FindInMap': ['Sizes', 'prod', '__proto__'] },
      'Unable to get mapping for Sizes::prod::__proto__',
    ],
    ['an export that does not exist', { 'Fn::ImportValue': 'nope' }, 'No export named nope found.'],
    [
      'a condition that does not exist',
      { 'Fn::If': ['Nope', 1, 2] },
      'Template error: unresolved condition dependency Nope in Fn::If',
    ],
    [
      'half an If',
      { 'Fn::If': ['IsProd', 1] },
      'Template error: Fn::If requires a list argument with three elements',
    ],
    [
      'an If without a condition',
      { 'Fn::If': [ref('Env'), 1, 2] },
      'Fn::If requires a list argument with the first element being a condition',
    ],
    [
      'Select of a word',
      { 'Fn::Select': ['x', { 'Fn::Split': [',', 'a'] }] },
      'Fn::Select requires a list argument with a valid index value as its first element',
    ],
    // Recorded: LocalStack's test_invalid_select_index_type, 12-09-2025.
    ...[
      [5, ['a']],
      ['x', ['a']],
      [0, 7],
    ].map((parts): [string, unknown, string] => [
      `Select of ${JSON.stringify(parts)} in the template`,
      { 'Fn::Select': parts },
      'Fn::Select requires a list argument with two elements: an integer index and a list',
    ]),
    [
      'Select of a text',
      { 'Fn::Select': [0, 'a'] },
      'Fn::Select requires a list argument with two elements: an integer index and a list',
    ],
    [
      'Base64 of a list',
      { 'Fn::Base64': ['a'] },
      'every Fn::Base64 object must have a String-typed value.',
    ],
    [
      'GetAZs of a list',
      { 'Fn::GetAZs': ['a'] },
      'every Fn::GetAZs object must have a String-typed value.',
    ],
    [
      'a Sub variable with a dash',
      { 'Fn::Sub': ['x', { 'a-b': 'c' }] },
      'every key of the context object of every Fn::Sub object must contain only alphanumeric',
    ],
    [
      'a Sub variable that is a list',
      { 'Fn::Sub': ['${a}', { a: ref('Zones') }] },
      'every value of the context object of every Fn::Sub object must be a string',
    ],
    [
      'a mapping that nothing declares',
      { 'Fn::FindInMap': ['Nope', 'a', 'b'] },
      "Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template.",
    ],
  ])('refuses %s', (_, value, message) => {
    expect(() => evaluate(value, scope())).toThrow(message);
  });

  it('parses a malicious Sub text in linear time', () => {
    // Prepare: with quadratic scanning, this would take very long.
    const text = '${'.repeat(100_000);

    // Act
    const result = evaluate({ 'Fn::Sub': text }, scope());

    // Assess
    expect(result).toBe(text);
  });
});

describe('conditions', () => {
  const evaluated = (conditions: Record<string, unknown>) =>
    Object.fromEntries(evaluateConditions(new Map(Object.entries(conditions)), scope()));
  const yes = { 'Fn::Equals': [ref('Env'), 'prod'] };
  const no = { 'Fn::Equals': [ref('Env'), 'dev'] };

  it('combine in any order', () => {
    // Act
    const result = evaluated({
      All: { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] },
      Any: { 'Fn::Or': [no, { Condition: 'Yes' }] },
      Yes: yes,
      No: no,
      Scalars: { 'Fn::Equals': [5, '5'] },
      Lists: { 'Fn::Equals': [ref('Zones'), ['a', 'b']] },
    });

    // Assess
    expect(result).toEqual({
      All: true,
      Any: true,
      Yes: true,
      No: false,
      Scalars: true,
      Lists: true,
    });
  });

  it.each([
    [
      'a circle',
      { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
      'Circular dependency between conditions: [A, B]',
    ],
    ['an unknown condition', { A: { Condition: 'Nope' } }, 'Unresolved condition dependency Nope'],
    [
      'one operand for And',
      { A: { 'Fn::And': [yes] } },
      'every Fn::And object requires a list of at least 2 and at most 10',
    ],
    ['something else', { A: 'true' }, 'Conditions can only be boolean operations'],
  ])('refuse %s', (_, conditions, message) => {
    expect(() => evaluated(conditions)).toThrow(message);
  });
});
