import { boundedString, spendOnText } from '../../core/evaluation-budget';
import type { Block, Statement } from './ast';
import type { Evaluate } from './compiled';
import type { Renderer } from './renderer';
import { compileBlock, compileReferenceText } from './statements';
import type { Variables } from './variables';

type TextOf = (variables: Variables, renderer: Renderer) => string;

/**
 * Compiles a text in double quotes. Most have references and text alone, which are put together as they
 * are; what a directive writes is taken back from the output.
 * @param trimsLast true if the last character is none of the text
 */
export function compileInterpolation(block: Block, trimsLast: boolean): Evaluate {
  const parts = trimsLast ? partsOf(block) : undefined;
  if (parts === undefined) {
    const render = compileBlock(block);
    return (variables, renderer) => {
      const text = renderer.capture(render, variables);
      return boundedString(trimsLast ? text.slice(0, -1) : text);
    };
  }
  return (variables, renderer) => {
    let text = '';
    for (const textOf of parts) {
      const part = textOf(variables, renderer);
      spendOnText(part.length);
      text = boundedString(text + part);
    }
    return text;
  };
}

/** Undefined for a block with a directive, or without a last character of its own. */
function partsOf(block: Block): readonly TextOf[] | undefined {
  const last = block.at(-1);
  if (last?.type !== 'text' || last.text === '') return undefined;
  const parts: TextOf[] = [];
  for (const statement of [...block.slice(0, -1), { ...last, text: last.text.slice(0, -1) }]) {
    const part = partOf(statement);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

function partOf(statement: Statement): TextOf | undefined {
  switch (statement.type) {
    case 'text':
    case 'literal': {
      const { text } = statement;
      return (_variables, renderer) => {
        renderer.step();
        return text;
      };
    }
    case 'reference':
      return compileReferenceText(statement.reference);
    default:
      return undefined;
  }
}
