import { TemplateParseError } from '../../src/velocity/errors';
import { compiledTemplate } from '../../src/velocity/template-cache';

describe('compiledTemplate', () => {
  it('parses a template once', () => {
    const first = compiledTemplate('cached $a');
    const second = compiledTemplate('cached $a');

    expect(second).toBe(first);
  });

  it('caches that a template is invalid', () => {
    const attempt = () => compiledTemplate('cached #if(');
    const errors = [attempt, attempt].map((parse) => {
      try {
        parse();
        return undefined;
      } catch (error) {
        return error;
      }
    });

    expect(errors[0]).toBeInstanceOf(TemplateParseError);
    expect(errors[1]).toBe(errors[0]);
  });

  it('evicts the least recently used templates when the cache is full', () => {
    const first = compiledTemplate(`first ${'x'.repeat(1_000_000)}`);
    const used = compiledTemplate('used');
    for (let i = 0; i < 8; i++) {
      compiledTemplate(`other ${i} ${'x'.repeat(900_000)}`);
      compiledTemplate('used');
    }

    expect(compiledTemplate(`first ${'x'.repeat(1_000_000)}`)).not.toBe(first);
    expect(compiledTemplate('used')).toBe(used);
  });
});
