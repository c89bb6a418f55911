import type { MappingTemplateError } from './errors';
import { TemplateParseError } from './errors';
import type { Block } from './template/ast';
import { parseTemplate } from './template/template-parser';

/** Characters of template source that are kept parsed; some templates may be large. */
const CAPACITY = 4_000_000;

type Parsed = { readonly block: Block } | { readonly error: MappingTemplateError };

/** Parsed templates by source, the one used last at the end. */
const cache = new Map<string, Parsed>();
let size = 0;

/**
 * The template, parsed once for all requests.
 * @throws TemplateParseError
 */
export function parsedTemplate(source: string): Block {
  const known = cache.get(source);
  const parsed = known ?? parse(source);
  if (known === undefined) size += source.length;
  else cache.delete(source);
  cache.set(source, parsed);
  for (const [oldest] of cache) {
    if (size <= CAPACITY || oldest === source) break;
    cache.delete(oldest);
    size -= oldest.length;
  }
  if ('error' in parsed) throw parsed.error;
  return parsed.block;
}

function parse(source: string): Parsed {
  try {
    return { block: parseTemplate(source) };
  } catch (error) {
    if (error instanceof TemplateParseError) return { error };
    if (!(error instanceof RangeError)) throw error;
    return { error: new TemplateParseError('The template nests too deep', { cause: error }) };
  }
}
