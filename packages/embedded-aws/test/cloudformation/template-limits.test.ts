import { assertTemplateLimits } from '../../src/cloudformation/template-limits';

const many = (count: number, value: unknown = {}) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, value]));

describe('a template with more than CloudFormation takes is refused:', () => {
  test.each([
    [{ Resources: many(501) }, 'Number of resources, 501, is greater than maximum allowed, 500'],
    [{ Parameters: many(201) }, 'Number of parameters, 201, is greater than maximum allowed, 200'],
    [{ Mappings: many(201) }, 'Number of mappings, 201, is greater than maximum allowed, 200'],
    // aditmalik-synechron/serverless-nested-stack#5
    [{ Outputs: many(201) }, 'Outputs count 201 is greater than max allowed 200'],
    [
      { Mappings: { Sizes: many(201) } },
      'Number of attributes of mapping Sizes, 201, is greater than maximum allowed, 200',
    ],
    // Bytes, of which an umlaut has two.
    [{ Description: 'ü'.repeat(513) }, "'Description' length is greater than 1024."],
    [{ Outputs: { ['O'.repeat(256)]: {} } }, 'and at most 255 are allowed.'],
  ])('%#', (template, message) => {
    expect(() => assertTemplateLimits(template)).toThrow(
      expect.objectContaining({
        code: 'ValidationError',
        message: expect.stringContaining(message),
      }),
    );
  });

  test('and one that has exactly that much is not', () => {
    expect(() =>
      assertTemplateLimits({
        Description: 'x'.repeat(1024),
        Parameters: many(200),
        Mappings: many(200, many(200)),
        Resources: many(500),
        Outputs: { ...many(199), ['O'.repeat(255)]: {} },
      }),
    ).not.toThrow();
  });
});
