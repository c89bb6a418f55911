import { TemplateParseError } from '../errors';
import type { Block, Expression, Statement } from './ast';
import type { Token } from './lexer';

/**
 * The directives of API Gateway's Velocity other than `#if` and `#set`. It lacks `#evaluate`,
 * `#include` and `#parse`: like unknown macros, they are printed verbatim.
 */
export const DIRECTIVES = {
  foreach: 'block',
  macro: 'block',
  literal: 'block',
  define: 'block',
  break: 'line',
  stop: 'line',
} as const;

export type DirectiveName = keyof typeof DIRECTIVES;

export interface DirectiveArgument {
  readonly value: Expression;
  /** The text of the first token; without its first character, it is the name to assign to. */
  readonly firstImage: string;
  readonly source: string;
}

export function text(content: string): Statement {
  return { type: 'text', text: content };
}

/** @throws TemplateParseError for a word where Velocity does not allow one */
export function assertArgument(
  known: DirectiveName | undefined,
  name: string,
  position: number,
  isWord: boolean,
): void {
  if (known === 'macro' && position === 0) {
    if (isWord) return;
    throw new TemplateParseError('#macro() requires a name, without quotes, as its first argument');
  }
  if (!isWord || known === undefined || (known === 'foreach' && position === 1)) return;
  throw new TemplateParseError(`Argument ${position} of #${name} is a bare word`);
}

/** A directive name without a parenthesis after it. */
export function withoutArguments(
  known: DirectiveName | undefined,
  name: string,
  token: Token,
): Statement {
  if (known === 'break') return { type: 'break', scope: undefined };
  if (known === 'stop') return { type: 'stop', message: undefined };
  if (known !== undefined) throw new TemplateParseError(`#${name} requires arguments`);
  return { type: 'literal', text: name.startsWith('@') ? `#${name}` : token.image };
}

/** @throws TemplateParseError for arguments that the directive does not accept */
export function lineDirective(
  known: DirectiveName,
  directiveArguments: readonly DirectiveArgument[],
): Statement {
  if (directiveArguments.length > 1) {
    throw new TemplateParseError(`#${known} accepts at most one argument`);
  }
  const argument = directiveArguments[0]?.value;
  return known === 'break'
    ? { type: 'break', scope: argument }
    : { type: 'stop', message: argument };
}

/** @throws TemplateParseError for arguments that the directive does not accept */
export function blockDirective(
  known: DirectiveName,
  directiveArguments: readonly DirectiveArgument[],
  block: Block,
  blockText: string,
): Statement {
  const [first] = directiveArguments;
  switch (known) {
    case 'foreach': {
      const { value, firstImage } = first ?? { value: undefined, firstImage: '' };
      return {
        type: 'foreach',
        variable: value?.type === 'reference' ? value.reference.root : firstImage.slice(1),
        list: directiveArguments[2]?.value,
        // Velocity uses a fourth argument as the block.
        block: directiveArguments.length > 3 ? printed(directiveArguments[3]?.value) : block,
        incomplete: directiveArguments.length < 2,
      };
    }
    case 'define':
      if (first === undefined || directiveArguments.length > 1) {
        throw new TemplateParseError('#define accepts exactly one argument, the name of the block');
      }
      return { type: 'define', name: first.firstImage.slice(1), block };
    case 'macro':
      if (first === undefined) throw new TemplateParseError('#macro() has no name');
      // In API Gateway, templates can define macros, but they are never called.
      return text('');
    default:
      if (first === undefined && block.length === 0) {
        throw new TemplateParseError('#literal() is empty');
      }
      // #literal prints the source of its first argument instead of the block, if there is one.
      return { type: 'literal', text: first?.source ?? blockText };
  }
}

/** The output of an argument used as a block: the references in it. */
function printed(argument: Expression | undefined): Block {
  switch (argument?.type) {
    case 'reference':
      return [{ type: 'reference', reference: argument.reference }];
    case 'list':
      return argument.items.flatMap(printed);
    case 'map':
      return argument.entries.flat().flatMap(printed);
    case 'range':
      return [argument.from, argument.to].flatMap(printed);
    default:
      return [];
  }
}
