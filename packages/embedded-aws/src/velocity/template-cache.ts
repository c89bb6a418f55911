import type { MappingTemplateError } from './errors';
import { TemplateParseError } from './errors';
import type { Block } from './template/ast';
import type { RenderBlock } from './template/compiled';
import { stackOverflow } from './template/renderer';
import { compileBlock } from './template/statements';
import { parseTemplate } from './template/template-parser';

/** Characters of template source that are kept compiled; some templates may be large. */
const CAPACITY = 4_000_000;

type Compiled = { readonly render: RenderBlock } | { readonly error: MappingTemplateError };

/** Compiled templates by source, the one used last at the end. */
const cache = new Map<string, Compiled>();
let size = 0;

/**
 * The template, parsed and compiled once for all requests.
 * @throws TemplateParseError; TemplateEvaluationError when it nests deeper than can be compiled
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
    return { error: new TemplateParseError('The template nests too deep', { cause: error }) };
  }
  try {
    return { render: compileBlock(block) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A sum may be longer than the stack is deep: Velocity parses it and fails at its evaluation.
    return { error: stackOverflow(error) };
  }
}
