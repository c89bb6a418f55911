import type { MappingTemplateError } from './errors';
import { TemplateParseError } from './errors';
import type { Block } from './template/ast';
import type { RenderBlock } from './template/compiled';
import { stackOverflow } from './template/renderer';
import { compileBlock } from './template/statements';
import { parseTemplate } from './template/template-parser';

/** Total length of the sources of cached templates; single templates may be large. */
const CAPACITY = 4_000_000;

type Compiled = { readonly render: RenderBlock } | { readonly error: MappingTemplateError };

/** Compiled templates by source, the least recently used first. */
const cache = new Map<string, Compiled>();
let size = 0;

/**
 * Parses and compiles a template, once for all requests.
 * @throws TemplateParseError
 * @throws TemplateEvaluationError if it is nested too deep to be compiled
 */
export function compiledTemplate(source: string): RenderBlock {
  const known = cache.get(source);
  const compiled = known ?? compile(source);
  if (known === undefined) size += source.length;
  else cache.delete(source);
  cache.set(source, compiled);
  for (const [oldest] of cache) {
    if (size <= CAPACITY || oldest === source) break;
    cache.delete(oldest);
    size -= oldest.length;
  }
  if ('error' in compiled) throw compiled.error;
  return compiled.render;
}

function compile(source: string): Compiled {
  let block: Block;
  try {
    block = parseTemplate(source);
  } catch (error) {
    if (error instanceof TemplateParseError) return { error };
    if (!(error instanceof RangeError)) throw error;
    return { error: new TemplateParseError('The template is nested too deep', { cause: error }) };
  }
  try {
    return { render: compileBlock(block) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A sum may be too long for the stack: Velocity parses it and fails when it is evaluated.
    return { error: stackOverflow(error) };
  }
}
