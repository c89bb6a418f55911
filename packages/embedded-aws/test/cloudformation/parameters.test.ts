import { CreateChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { type GivenParameter, resolveParameters } from '../../src/cloudformation/parameters';
import { api, createStack, settle, template, updateStack, world } from './support';

function resolve(
  declaration: Record<string, unknown>,
  text?: string,
  previous?: ReturnType<typeof resolveParameters>,
) {
  const given = new Map<string, GivenParameter>(text === undefined ? [] : [['P', { text }]]);
  return resolveParameters(new Map([['P', declaration]]), given, previous).get('P')?.value;
}

describe('parameters', () => {
  it.each([
    ['a text', { Type: 'String' }, 'x', 'x'],
    ['an empty text', { Type: 'String', Default: 'x' }, '', ''],
    ['a default', { Type: 'String', Default: 'x' }, undefined, 'x'],
    ['a default written as a number', { Type: 'Number', Default: 5 }, undefined, '5'],
    ['a number', { Type: 'Number', MinValue: 1, MaxValue: '10' }, '10', '10'],
    ['a list', { Type: 'CommaDelimitedList' }, 'a, b ,c', ['a', 'b', 'c']],
    ['a list of numbers', { Type: 'List<Number>' }, '1,2', ['1', '2']],
    ['an allowed value', { Type: 'Number', AllowedValues: [1, 2] }, '2', '2'],
    ['a pattern', { Type: 'String', AllowedPattern: '[a-z]+' }, 'abc', 'abc'],
  ])('accept %s', (_, declaration, text, value) => {
    expect(resolve(declaration, text)).toEqual(value);
  });

  it.each([
    ['none', { Type: 'String' }, undefined, 'Parameters: [P] must have values'],
    ['no number', { Type: 'Number' }, 'five', "Parameter 'P' must be a number"],
    ['an empty number', { Type: 'Number' }, '', "Parameter 'P' must be a number"],
    [
      'a number that is too small',
      { Type: 'Number', MinValue: 1 },
      '0',
      "Parameter 'P' must be a number not less than 1",
    ],
    [
      'a number that is too large',
      { Type: 'Number', MaxValue: 10 },
      '11',
      "Parameter 'P' must be a number not greater than 10",
    ],
    [
      'another value',
      { Type: 'String', AllowedValues: ['a'] },
      'b',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [
      'an invalid list item',
      { Type: 'CommaDelimitedList', AllowedValues: ['a'] },
      'a,b',
      "Parameter 'P' must be one of AllowedValues",
    ],
    [
      'a text that is too short',
      { Type: 'String', MinLength: 3 },
      'ab',
      "Parameter 'P' must contain at least 3 characters",
    ],
    [
      'a text that is too long',
      { Type: 'String', MaxLength: '1' },
      'ab',
      "Parameter 'P' must contain at most 1 characters",
    ],
    [
      'part of a pattern',
      { Type: 'String', AllowedPattern: '[a-z]+' },
      'abc1',
      "Parameter 'P' must match pattern [a-z]+",
    ],
    [
      'a value with a constraint description',
      { Type: 'String', AllowedPattern: 'x', ConstraintDescription: 'it must be x' },
      'y',
      "Parameter 'P' failed to satisfy constraint: it must be x",
    ],
    [
      'a type of AWS',
      { Type: 'AWS::SSM::Parameter::Value<String>' },
      '/x',
      'does not implement the parameter type AWS::SSM::Parameter::Value<String>',
    ],
    ['no type at all', { Type: 'Text' }, 'x', 'Unrecognized parameter type: Text'],
  ])('refuse %s', (_, declaration, text, message) => {
    expect(() => resolve(declaration, text)).toThrow(message);
  });

  it('refuse parameters that the template does not declare', () => {
    expect(() => resolveParameters(new Map(), new Map([['X', { text: '1' }]]))).toThrow(
      'Parameters: [X] do not exist in the template',
    );
  });

  it('keep the previous value on request, if there is one', () => {
    // Prepare
    const declared = new Map([['P', { Type: 'String' }]]);
    const previous = resolveParameters(declared, new Map([['P', { text: 'old' }]]));
    const keep = new Map([['P', { usePrevious: true } as const]]);

    // Act
    const kept = resolveParameters(declared, keep, previous);

    // Assess
    expect(kept.get('P')?.value).toBe('old');
    expect(() => resolveParameters(declared, keep)).toThrow('Parameters: [P] must have values');
    expect(() => resolveParameters(declared, keep, new Map())).toThrow(
      'Invalid input for parameter key P. Cannot specify usePreviousValue as true for a parameter key not in the previous template',
    );
  });

  it('have a new value or the previous one, not both', async () => {
    const local = world();
    const body = template({ Api: api() }, { Parameters: { P: { Type: 'String' } } });
    const Parameters = [{ ParameterKey: 'P', ParameterValue: 'x' }];
    await settle(local, createStack(local, body, { Parameters }));

    const both = updateStack(local, body, {
      Parameters: [{ ParameterKey: 'P', ParameterValue: 'y', UsePreviousValue: true }],
    });

    await expect(both).rejects.toThrow(
      'Invalid input for parameter key P. Cannot specify usePreviousValue as true and non empty value for a parameter',
    );
  });

  it('have no previous value where a change set creates the stack', async () => {
    const created = world().client.send(
      new CreateChangeSetCommand({
        StackName: 'stack',
        ChangeSetName: 'changes',
        ChangeSetType: 'CREATE',
        TemplateBody: template({ Api: api() }, { Parameters: { P: { Type: 'String' } } }),
        Parameters: [{ ParameterKey: 'P', UsePreviousValue: true }],
      }),
    );
    await expect(created).rejects.toThrow(
      'Cannot specify UsePreviousValue on Parameters when ChangeSetType is CREATE',
    );
  });
});
