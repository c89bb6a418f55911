import { TemplateParseError } from '../errors';
import type { Expression } from './ast';
import { parseTemplate } from './template-parser';

/**
 * The value of a quoted string. Its only escapes are `\uXXXX` between double quotes, and a doubled
 * quote for the quote itself. Between double quotes, references and directives are evaluated.
 * @throws TemplateParseError if the text between double quotes is not a valid template
 */
export function parseStringLiteral(image: string): Expression {
  const quote = image.charAt(0);
  const raw = image.slice(1, -1);
  const unescaped = quote === '"' ? unescapeUnicode(raw) : raw;
  const text = unescaped.replaceAll(quote + quote, quote);
  if (quote === "'" || !/[$#]/.test(image)) return { type: 'constant', value: text };
  // A space keeps the end of the text (a directive, a lone "$") from being its last token.
  const trimsLast = !text.includes('##');
  return { type: 'interpolation', block: parseTemplate(trimsLast ? `${text} ` : text), trimsLast };
}

function unescapeUnicode(text: string): string {
  return text.replace(/\\u([\s\S]{0,4})/g, (_, digits: string) => {
    if (!/^[+-]?[0-9A-Fa-f]+$/.test(digits) || digits.length < 4) {
      throw new TemplateParseError(`A string contains the invalid escape "\\u${digits}"`);
    }
    return String.fromCharCode(Number.parseInt(digits, 16));
  });
}
