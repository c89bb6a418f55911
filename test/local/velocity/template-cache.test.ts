import { TemplateParseError } from '../../../local/velocity/errors';
import { parsedTemplate } from '../../../local/velocity/template-cache';

describe('parsedTemplate', () => {
  it('parses a template once', () => {
    const first = parsedTemplate('cached $a');
    const second = parsedTemplate('cached $a');

    expect(second).toBe(first);
  });

  it('remembers that a template is broken', () => {
    const attempt = () => parsedTemplate('cached #if(');
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

  it('forgets the templates not used for longest when they grow too many', () => {
    const first = parsedTemplate(`first ${'x'.repeat(1_000_000)}`);
    const used = parsedTemplate('used');
    for (let i = 0; i < 8; i++) {
      parsedTemplate(`other ${i} ${'x'.repeat(900_000)}`);
      parsedTemplate('used');
    }

    expect(parsedTemplate(`first ${'x'.repeat(1_000_000)}`)).not.toBe(first);
    expect(parsedTemplate('used')).toBe(used);
  });
});
