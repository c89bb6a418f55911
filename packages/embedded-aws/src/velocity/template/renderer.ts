import {
  EVALUATION_STEPS,
  EvaluationError,
  exhausted,
  STRING_LENGTH,
  spendOnText,
  withinBudget,
  workLeft,
} from '../../core/evaluation-budget';
import { TemplateEvaluationError } from '../errors';
import { RENDER_DEPTH } from '../limits';
import type { RenderBlock } from './compiled';
import type { ForeachScope } from './foreach-scope';
import type { Variables } from './variables';

/** Thrown by `#stop`, and by `#break` on its way to the loop or block that it ends. */
export class StopSignal extends Error {
  override readonly name = 'StopSignal';
  readonly target: 'nearest' | 'template' | ForeachScope;

  constructor(target: StopSignal['target']) {
    super('The template stopped');
    this.target = target;
  }
}

/** One rendering of a template: collects the output in `text`, and counts the cost. */
export class Renderer {
  #text = '';
  /**
   * Separate from other work, because nodes are counted far more often and this costs a fifth of
   * spend().
   */
  readonly #budget = Math.min(EVALUATION_STEPS, workLeft());
  #stepsLeft = this.#budget;
  #depth = 0;

  get text(): string {
    return this.#text;
  }

  /** Nodes evaluated so far: the cost of the rendering, the same on every machine. */
  get steps(): number {
    return this.#budget - this.#stepsLeft;
  }

  /**
   * Renders a whole template; `#stop` ends it, and so does a `#break` outside of a loop.
   * @throws MappingTemplateError
   */
  renderTemplate(template: RenderBlock, variables: Variables): void {
    try {
      withinBudget(() => template(variables, this));
    } catch (error) {
      if (error instanceof StopSignal) return;
      if (error instanceof RangeError) throw stackOverflow(error);
      if (!(error instanceof EvaluationError)) throw error;
      throw new TemplateEvaluationError(error.message, { cause: error });
    }
  }

  /** Must precede the rendering of a block; {@link leave} must follow it. */
  enter(): void {
    this.#depth++;
    if (this.#depth > RENDER_DEPTH) {
      throw new TemplateEvaluationError('The template renders itself too often');
    }
  }

  leave(): void {
    this.#depth--;
  }

  /** Returns the output of a block instead of writing it. */
  capture(block: RenderBlock, variables: Variables): string {
    const outer = this.#text;
    this.#text = '';
    try {
      block(variables, this);
      return this.#text;
    } finally {
      this.#text = outer;
    }
  }

  /** Counts steps of work. */
  step(count = 1): void {
    this.#stepsLeft -= count;
    if (this.#stepsLeft < 0) throw exhausted();
  }

  write(text: string): void {
    spendOnText(text.length);
    this.#text += text;
    if (this.#text.length > STRING_LENGTH) {
      throw new TemplateEvaluationError(`The output grew past ${STRING_LENGTH} characters`);
    }
  }
}

/** Java's error for a template that is nested deeper than the stack. */
export function stackOverflow(cause: RangeError): TemplateEvaluationError {
  return new TemplateEvaluationError('java.lang.StackOverflowError', { cause });
}
