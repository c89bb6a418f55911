import { spend, spendOnText, workLeft } from '../core/evaluation-budget';
import type { RegexProgram } from './ast';
import { compileNode, type Step } from './compiler';
import { javaException } from './errors';
import type { MatchState } from './match-state';
import { compileStart, type FindStart } from './start';

/**
 * Start and end of each group in the text; -1 if the group did not match. Group 0 is the whole
 * match.
 */
export interface RegexMatch {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Matches a parsed regular expression by backtracking, like Java, but counts its steps, so that
 * catastrophic backtracking fails instead of running for hours.
 */
export class RegexMatcher {
  readonly #program: RegexProgram;
  readonly #step: Step;
  readonly #findStart: FindStart;

  constructor(program: RegexProgram) {
    this.#program = program;
    this.#step = compileNode(program.root);
    this.#findStart = compileStart(program.root);
  }

  get program(): RegexProgram {
    return this.#program;
  }

  /** A search in one text; all its matches share one budget of steps. */
  search(text: string): RegexSearch {
    return new RegexSearch(this.#step, this.#findStart, this.#program.groupCount, text);
  }
}

class RegexSearch {
  readonly #step: Step;
  readonly #findStart: FindStart;
  readonly #state: MatchState;
  /** The budget grows with the length of the text, but only in proportion. */
  #stepsLeft: number;
  #from = 0;

  constructor(step: Step, findStart: FindStart, groupCount: number, text: string) {
    this.#step = step;
    this.#findStart = findStart;
    this.#stepsLeft = REGEX_STEPS + text.length * 10;
    this.#state = {
      text,
      starts: new Array<number>(groupCount + 1).fill(-1),
      ends: new Array<number>(groupCount + 1).fill(-1),
      previousEnd: 0,
      steps: 0,
    };
    spendOnText(text.length);
  }

  /** Returns true if the expression matches the whole text. */
  matches(): boolean {
    return this.#attempt(0, (end) => end === this.#state.text.length);
  }

  /** The next match, if there is one. The returned object is reused for the following match. */
  find(): RegexMatch | undefined {
    const { text, starts, ends } = this.#state;
    for (let from = this.#from; from <= text.length; from++) {
      const start = this.#findStart(text, from);
      if (start === -1) break;
      from = start;
      if (!this.#attempt(start, acceptAny)) continue;
      const end = ends[0] ?? start;
      this.#state.previousEnd = end;
      this.#from = end === start ? end + 1 : end;
      return { starts, ends };
    }
    this.#from = text.length + 1;
    return undefined;
  }

  #attempt(start: number, accept: (end: number) => boolean): boolean {
    const state = this.#state;
    const budget = Math.min(this.#stepsLeft, workLeft());
    state.steps = budget;
    state.starts.fill(-1);
    state.ends.fill(-1);
    const found = guarded(() =>
      this.#step(state, start, (end) => {
        if (!accept(end)) return false;
        state.ends[0] = end;
        return true;
      }),
    );
    const taken = budget - state.steps;
    this.#stepsLeft -= taken;
    spend(found ? taken + STEPS_OF_MATCH : taken);
    if (found) state.starts[0] = start;
    return found;
  }
}

/** Steps of one operation; a match that needs more is a runaway. */
const REGEX_STEPS = 1_000_000;

/** Parts of the text, or a replacement, taken from a match. */
const STEPS_OF_MATCH = 2;

const acceptAny = (): boolean => true;

/** Java overflows its stack, too, if an expression recurses over a long text. */
function guarded(run: () => boolean): boolean {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) {
      throw javaException('java.lang.StackOverflowError', undefined, error);
    }
    throw error;
  }
}
