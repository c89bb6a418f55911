import { TemplateEvaluationError } from '../errors';
import { SelfPrinting, toJavaString } from '../java/to-string';
import type { JavaValue } from '../java/values';
import type { Block, IfStatement, Reference, Statement } from './ast';
import type { Evaluate, RenderBlock } from './compiled';
import { compileCondition, compileExpression } from './expressions';
import { compileForeach } from './foreach';
import { ForeachScope } from './foreach-scope';
import { compileAssignment, compileReference } from './references';
import { type Renderer, StopSignal } from './renderer';
import type { Variables } from './variables';

/** Compiles a template, or the block of a directive. */
export function compileBlock(block: Block): RenderBlock {
  const statements = merged(block).map(compileStatement);
  return (variables, renderer) => {
    renderer.enter();
    try {
      for (const statement of statements) statement(variables, renderer);
    } finally {
      renderer.leave();
    }
  };
}

/** Merges adjacent texts. */
function merged(block: Block): Block {
  const statements: Statement[] = [];
  for (const statement of block) {
    const before = statements.at(-1);
    if (before?.type === 'text' && statement.type === 'text') {
      statements.splice(-1, 1, { type: 'text', text: before.text + statement.text });
    } else statements.push(statement);
  }
  return statements;
}

function compileStatement(statement: Statement): RenderBlock {
  switch (statement.type) {
    case 'text':
    case 'literal':
      return compileText(statement.text);
    case 'reference':
      return compilePrinting(statement.reference);
    case 'set':
      return compileSet(statement);
    case 'if':
      return compileIf(statement);
    case 'foreach':
      return compileForeach(statement, compileBlock(statement.block));
    case 'define':
      return compileDefine(statement);
    case 'break':
      return compileBreak(statement.scope && compileExpression(statement.scope));
    case 'stop':
      return compileStop(statement.message && compileExpression(statement.message));
  }
}

function compileText(text: string): RenderBlock {
  return (_variables, renderer) => {
    renderer.step();
    renderer.write(text);
  };
}

function compileSet({ target, value }: Extract<Statement, { type: 'set' }>): RenderBlock {
  const evaluate = compileExpression(value);
  const assign = compileAssignment(target);
  return (variables, renderer) => {
    renderer.step();
    const given = evaluate(variables, renderer);
    // An expression without a value assigns nothing.
    if (given !== null) assign(given, variables, renderer);
  };
}

function compileIf({ branches, otherwise }: IfStatement): RenderBlock {
  const compiled = branches.map(({ condition, block }) => ({
    test: compileCondition(condition),
    render: compileBlock(block),
  }));
  const last = compileBlock(otherwise);
  return (variables, renderer) => {
    renderer.step();
    for (const { test, render } of compiled) {
      if (test(variables, renderer)) {
        render(variables, renderer);
        return;
      }
    }
    last(variables, renderer);
  };
}

/** A reference in text: prints its value, or its source if it has none. */
function compilePrinting(reference: Reference): RenderBlock {
  if (reference.isRunt) return compileText(reference.root);
  const evaluate = compileReference(reference, 1);
  const textOf = printer(reference);
  return (variables, renderer) => {
    const value = evaluate(variables, renderer);
    if (isBlock(reference, value) && value.render(variables)) return;
    renderer.write(textOf(value));
  };
}

/** The text that a reference prints, without printing it. */
export function compileReferenceText(
  reference: Reference,
): (variables: Variables, renderer: Renderer) => string {
  const { isRunt, root } = reference;
  const evaluate = compileReference(reference, 1);
  const textOf = isRunt ? () => root : printer(reference);
  return (variables, renderer) => {
    const value = evaluate(variables, renderer);
    if (!isBlock(reference, value)) return textOf(value);
    let isRendered = false;
    const text = renderer.capture((inner) => {
      isRendered = value.render(inner);
    }, variables);
    return isRendered ? text : textOf(value);
  };
}

function isBlock({ isEscaped }: Reference, value: JavaValue): value is BlockReference {
  return value instanceof BlockReference && !isEscaped;
}

function printer({
  isEscaped,
  prefix,
  escapePrefix,
  nullText,
}: Reference): (value: JavaValue) => string {
  if (isEscaped) return () => escapePrefix + nullText;
  return (value) => {
    const text = value === null ? null : toJavaString(value);
    if (text === null) return escapePrefix + prefix + nullText;
    return prefix === '' ? text : prefix + text;
  };
}

function compileDefine({ name, block }: Extract<Statement, { type: 'define' }>): RenderBlock {
  const render = compileBlock(block);
  return (variables, renderer) => {
    renderer.step();
    variables.put(name, new BlockReference(renderer, render, variables));
  };
}

const MAX_BLOCK_DEPTH = 2;

/**
 * The value of `#define`: renders its block when it is printed, with the variables at that time.
 */
class BlockReference extends SelfPrinting {
  readonly javaClass = 'org.apache.velocity.runtime.directive.Block$Reference';
  readonly #renderer: Renderer;
  readonly #block: RenderBlock;
  readonly #variables: Variables;
  /** Nested renderings of this block; Velocity allows two. */
  #depth = 0;

  constructor(renderer: Renderer, block: RenderBlock, variables: Variables) {
    super();
    this.#renderer = renderer;
    this.#block = block;
    this.#variables = variables;
  }

  /** @returns false if the block is nested in itself too often */
  render(variables: Variables): boolean {
    if (this.#depth >= MAX_BLOCK_DEPTH) return false;
    this.#depth++;
    try {
      this.#block(variables, this.#renderer);
    } catch (signal) {
      if (!(signal instanceof StopSignal) || signal.target !== 'nearest') throw signal;
    }
    this.#depth--;
    return true;
  }

  print(): string | null {
    let rendered = false;
    const text = this.#renderer.capture((variables) => {
      rendered = this.render(variables);
    }, this.#variables);
    return rendered ? text : null;
  }
}

function compileBreak(scope: Evaluate | undefined): RenderBlock {
  return (variables, renderer) => {
    renderer.step();
    if (scope === undefined) throw new StopSignal('nearest');
    const value = scope(variables, renderer);
    if (value instanceof ForeachScope) throw new StopSignal(value);
    throw new TemplateEvaluationError('The argument of #break is not a loop');
  };
}

function compileStop(message: Evaluate | undefined): RenderBlock {
  return (variables, renderer) => {
    renderer.step();
    message?.(variables, renderer);
    throw new StopSignal('template');
  };
}
