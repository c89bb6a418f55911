import { TemplateEvaluationError } from '../errors';
import { type Cursor, JavaCollection, JavaIterator } from '../java/collection';
import { JavaMap, JavaMapView } from '../java/map';
import { SelfPrinting, toJavaString } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { EVALUATION_STEPS, FOREACH_ITERATIONS, RENDER_DEPTH, STRING_LENGTH } from '../limits';
import type { Block, ForeachStatement, Reference, Statement } from './ast';
import { evaluateExpression, isTrue } from './expressions';
import { ForeachScope } from './foreach-scope';
import { assignReference, evaluateReference } from './references';
import { NullElementVariables, type Variables } from './variables';

/** `#stop`, or `#break` on its way to the loop or block that it ends. */
class StopSignal extends Error {
  override readonly name = 'StopSignal';
  readonly target: 'nearest' | 'template' | ForeachScope;

  constructor(target: StopSignal['target']) {
    super('The template stopped');
    this.target = target;
  }
}

const BLOCK_RENDERINGS = 2;

/** The value of `#define`: renders its block wherever it is printed, with the variables of then. */
class BlockReference extends SelfPrinting {
  readonly javaClass = 'org.apache.velocity.runtime.directive.Block$Reference';
  readonly #renderer: Renderer;
  readonly #block: Block;
  readonly #variables: Variables;
  /** Renderings of this block inside each other; Velocity allows two. */
  #depth = 0;

  constructor(renderer: Renderer, block: Block, variables: Variables) {
    super();
    this.#renderer = renderer;
    this.#block = block;
    this.#variables = variables;
  }

  /** @returns false when the block is rendering inside itself too often */
  render(variables: Variables): boolean {
    if (this.#depth >= BLOCK_RENDERINGS) return false;
    this.#depth++;
    try {
      this.#renderer.render(this.#block, variables);
    } catch (signal) {
      if (!(signal instanceof StopSignal) || signal.target !== 'nearest') throw signal;
    }
    this.#depth--;
    return true;
  }

  print(): string | null {
    let rendered = false;
    const text = this.#renderer.capture(() => {
      rendered = this.render(this.#variables);
    });
    return rendered ? text : null;
  }
}

/** Renders a parsed template: its output grows in `text`. */
export class Renderer {
  #text = '';
  #stepsLeft = EVALUATION_STEPS;
  #depth = 0;

  get text(): string {
    return this.#text;
  }

  /** Nodes evaluated so far: the cost of the rendering, the same on every machine. */
  get steps(): number {
    return EVALUATION_STEPS - this.#stepsLeft;
  }

  /**
   * Renders a whole template; `#stop` ends it, and so does a `#break` outside of a loop.
   * @throws MappingTemplateError
   */
  renderTemplate(template: Block, variables: Variables): void {
    try {
      this.render(template, variables);
    } catch (error) {
      if (error instanceof StopSignal) return;
      if (!(error instanceof RangeError)) throw error;
      throw new TemplateEvaluationError('java.lang.StackOverflowError', { cause: error });
    }
  }

  render(block: Block, variables: Variables): void {
    this.#depth++;
    if (this.#depth > RENDER_DEPTH) {
      throw new TemplateEvaluationError('The template renders itself too deep');
    }
    try {
      for (const statement of block) this.#statement(statement, variables);
    } finally {
      this.#depth--;
    }
  }

  /** What is written while `work` runs, instead of to the output. */
  capture(work: () => void): string {
    const outer = this.#text;
    this.#text = '';
    try {
      work();
      return this.#text;
    } finally {
      this.#text = outer;
    }
  }

  /** Counts one step of work. */
  step(): void {
    this.#stepsLeft--;
    if (this.#stepsLeft < 0) {
      throw new TemplateEvaluationError(`The template took more than ${EVALUATION_STEPS} steps`);
    }
  }

  #write(text: string): void {
    this.#text += text;
    if (this.#text.length > STRING_LENGTH) {
      throw new TemplateEvaluationError(`The output grew past ${STRING_LENGTH} characters`);
    }
  }

  #statement(statement: Statement, variables: Variables): void {
    this.step();
    switch (statement.type) {
      case 'text':
      case 'literal':
        this.#write(statement.text);
        break;
      case 'reference':
        this.#reference(statement.reference, variables);
        break;
      case 'set': {
        const value = evaluateExpression(statement.value, variables, this);
        // An expression without a value changes nothing.
        if (value !== null) assignReference(statement.target, value, variables, this);
        break;
      }
      case 'if': {
        const branch = statement.branches.find(({ condition }) =>
          isTrue(condition, variables, this),
        );
        this.render(branch?.block ?? statement.otherwise, variables);
        break;
      }
      case 'foreach':
        this.#foreach(statement, variables);
        break;
      case 'define':
        variables.put(statement.name, new BlockReference(this, statement.block, variables));
        break;
      case 'break':
        throw new StopSignal(this.#breakTarget(statement, variables));
      case 'stop':
        if (statement.message !== undefined) evaluateExpression(statement.message, variables, this);
        throw new StopSignal('template');
    }
  }

  #breakTarget(
    { scope }: Extract<Statement, { type: 'break' }>,
    variables: Variables,
  ): 'nearest' | ForeachScope {
    if (scope === undefined) return 'nearest';
    const value = evaluateExpression(scope, variables, this);
    if (value instanceof ForeachScope) return value;
    throw new TemplateEvaluationError('#break was given something that is no loop');
  }

  #reference(reference: Reference, variables: Variables): void {
    if (reference.isRunt) {
      this.#write(reference.root);
      return;
    }
    const value = evaluateReference(reference, variables, this);
    if (reference.isEscaped) {
      this.#write(reference.escapePrefix + reference.nullText);
      return;
    }
    if (value instanceof BlockReference && value.render(variables)) return;
    const text = value === null ? null : toJavaString(value);
    if (text === null) this.#write(reference.escapePrefix + reference.prefix + reference.nullText);
    else this.#write(reference.prefix + text);
  }

  #foreach(statement: ForeachStatement, variables: Variables): void {
    const { variable, list } = statement;
    if (statement.incomplete) {
      throw new TemplateEvaluationError('#foreach has no list to iterate over');
    }
    const iterated = list === undefined ? null : evaluateExpression(list, variables, this);
    const cursor = cursorOf(iterated);
    if (cursor === undefined) return;
    const saved = new Map(
      [variable, COUNT, HAS_NEXT].map((name) => [name, variables.get(name)] as const),
    );
    const scope = new ForeachScope(variables.get(SCOPE));
    variables.put(SCOPE, scope);
    const restore = () => {
      for (const [name, value] of saved) assignOrRemove(variables, name, value);
      leaveScope(variables);
    };
    try {
      this.#rounds(statement, cursor, scope, variables);
    } catch (signal) {
      if (!(signal instanceof StopSignal)) throw signal;
      if (signal.target !== 'nearest' && signal.target !== scope) {
        restore();
        throw signal;
      }
    }
    restore();
  }

  #rounds(
    { variable, block }: ForeachStatement,
    cursor: Cursor,
    scope: ForeachScope,
    variables: Variables,
  ): void {
    let nullVariables: Variables | undefined;
    for (let count = 1; count <= FOREACH_ITERATIONS && cursor.hasNext(); count++) {
      variables.put(COUNT, count);
      const element = cursor.next();
      variables.put(HAS_NEXT, cursor.hasNext());
      variables.put(variable, element);
      scope.index++;
      scope.hasNext = cursor.hasNext();
      if (element === null) nullVariables ??= new NullElementVariables(variable, variables);
      this.step();
      this.render(block, element === null ? (nullVariables ?? variables) : variables);
    }
  }
}

const COUNT = 'velocityCount';
const HAS_NEXT = 'velocityHasNext';
const SCOPE = 'foreach';

function assignOrRemove(variables: Variables, name: string, value: JavaValue): void {
  if (value === null) variables.remove(name);
  else variables.put(name, value);
}

/** Gives `$foreach` back to the loop around, or to what it was before. */
function leaveScope(variables: Variables): void {
  const current = variables.get(SCOPE);
  if (!(current instanceof ForeachScope)) return;
  assignOrRemove(variables, SCOPE, current.parent ?? current.replaced);
}

/** Lists and sets are iterated over by element, maps by value; all else not at all. */
function cursorOf(value: JavaValue): Cursor | undefined {
  if (value instanceof JavaCollection) return value.cursor();
  if (value instanceof JavaMap) return new JavaMapView(value, 'values').cursor();
  if (value instanceof JavaIterator) return value.cursor;
  if (value instanceof ForeachScope) return new JavaMapView(value.storage, 'values').cursor();
  return undefined;
}
