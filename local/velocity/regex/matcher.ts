import { javaException, TemplateEvaluationError } from '../errors';
import { REGEX_STEPS } from '../limits';
import type { Anchor, CharacterTest, RegexNode, RegexProgram } from './ast';
import { isLineTerminator, isUnicodeWordCharacter } from './character-classes';

/** Start and end of each group in the text; -1 where a group took no part. Group 0 is the match. */
export interface RegexMatch {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Goes on from a position; says whether all the rest matched. */
type Continuation = (position: number) => boolean;

type Step = (state: MatchState, position: number, next: Continuation) => boolean;

interface MatchState {
  readonly text: string;
  readonly starts: number[];
  readonly ends: number[];
  /** Where the previous match ended, for `\G`. */
  previousEnd: number;
  /** Steps that are left for this text. */
  steps: number;
}

/**
 * Matches a parsed regular expression by backtracking, as Java does, but counts its steps: an
 * expression that would run for hours fails instead.
 */
export class RegexMatcher {
  readonly #program: RegexProgram;
  readonly #step: Step;
  readonly #start: CharacterTest | undefined;

  constructor(program: RegexProgram) {
    this.#program = program;
    this.#step = compile(program.root);
    this.#start = startOf(program.root);
  }

  get program(): RegexProgram {
    return this.#program;
  }

  /** A search through one text: all its matches share one budget of steps. */
  search(text: string): RegexSearch {
    return new RegexSearch(this.#step, this.#start, this.#program.groupCount, text);
  }
}

export class RegexSearch {
  readonly #step: Step;
  readonly #start: CharacterTest | undefined;
  readonly #state: MatchState;
  #from = 0;

  constructor(step: Step, start: CharacterTest | undefined, groupCount: number, text: string) {
    this.#step = step;
    this.#start = start;
    this.#state = {
      text,
      starts: new Array<number>(groupCount + 1).fill(-1),
      ends: new Array<number>(groupCount + 1).fill(-1),
      previousEnd: 0,
      // A long text may cost more than a short one, but only in proportion.
      steps: REGEX_STEPS + text.length * 10,
    };
  }

  /** Whether the expression matches the whole text. */
  matches(): boolean {
    return this.#attempt(0, (end) => end === this.#state.text.length);
  }

  /**
   * The next match after the previous one, if there is any. The object is used again for the match
   * after it.
   */
  find(): RegexMatch | undefined {
    const { text, starts, ends } = this.#state;
    for (let start = this.#from; start <= text.length; start++) {
      if (this.#start !== undefined && characterEnd(text, start, this.#start) === -1) continue;
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
    state.starts.fill(-1);
    state.ends.fill(-1);
    const found = guarded(() =>
      this.#step(state, start, (end) => {
        if (!accept(end)) return false;
        state.ends[0] = end;
        return true;
      }),
    );
    if (found) state.starts[0] = start;
    return found;
  }
}

const acceptAny = (): boolean => true;

/** What a match must start with, where that is one character: spares most attempts. */
function startOf(node: RegexNode): CharacterTest | undefined {
  switch (node.type) {
    case 'character':
      return node.test;
    case 'sequence': {
      const [first] = node.items;
      return first === undefined ? undefined : startOf(first);
    }
    case 'group':
    case 'atomic':
      return startOf(node.body);
    case 'repeat':
      return node.min > 0 ? startOf(node.body) : undefined;
    default:
      return undefined;
  }
}

/** Java, too, runs out of stack on a long text and an expression that recurses on it. */
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

function spend(state: MatchState, steps = 1): void {
  state.steps -= steps;
  if (state.steps < 0) {
    throw new TemplateEvaluationError('A regular expression took too many steps');
  }
}

function compile(node: RegexNode): Step {
  switch (node.type) {
    case 'character':
      return (state, position, next) => {
        spend(state);
        const end = characterEnd(state.text, position, node.test);
        return end !== -1 && next(end);
      };
    case 'sequence':
      return compileSequence(node.items);
    case 'alternatives': {
      const options = node.options.map(compile);
      return (state, position, next) => options.some((option) => option(state, position, next));
    }
    case 'group':
      return compileGroup(node.index, compile(node.body));
    case 'repeat':
      return compileRepeat(node);
    case 'anchor':
      return (state, position, next) => {
        spend(state);
        return isAt(node.anchor, state, position) && next(position);
      };
    case 'backreference':
      return (state, position, next) => backreference(state, position, next, node);
    case 'look':
      return compileLook(compile(node.body), node.behind, node.negated);
    case 'atomic':
      return compileAtomic(compile(node.body));
    case 'lineBreak':
      return (state, position, next) => {
        spend(state);
        if (state.text.startsWith('\r\n', position) && next(position + 2)) return true;
        const end = characterEnd(state.text, position, isLineBreak);
        return end !== -1 && next(end);
      };
  }
}

function isLineBreak(code: number): boolean {
  return isLineTerminator(code) || code === 0x0b || code === 0x0c;
}

/** Where the code point at `position` ends if it passes the test, else -1. */
function characterEnd(
  text: string,
  position: number,
  test: (codePoint: number) => boolean,
): number {
  const code = text.codePointAt(position);
  if (code === undefined || !test(code)) return -1;
  return position + (code > 0xffff ? 2 : 1);
}

function compileSequence(items: readonly RegexNode[]): Step {
  const steps = items.map(compile);
  const [first, second] = steps;
  if (first === undefined) return (_state, position, next) => next(position);
  if (second === undefined) return first;
  const run = (state: MatchState, index: number, position: number, next: Continuation): boolean => {
    const step = steps[index];
    if (step === undefined) return next(position);
    return step(state, position, (end) => run(state, index + 1, end, next));
  };
  return (state, position, next) => run(state, 0, position, next);
}

function compileGroup(index: number, body: Step): Step {
  return (state, position, next) => {
    const start = state.starts[index] ?? -1;
    const end = state.ends[index] ?? -1;
    const matched = body(state, position, (after) => {
      const innerStart = state.starts[index] ?? -1;
      const innerEnd = state.ends[index] ?? -1;
      state.starts[index] = position;
      state.ends[index] = after;
      if (next(after)) return true;
      state.starts[index] = innerStart;
      state.ends[index] = innerEnd;
      return false;
    });
    if (!matched) {
      state.starts[index] = start;
      state.ends[index] = end;
    }
    return matched;
  };
}

type Repeat = Extract<RegexNode, { type: 'repeat' }>;

function compileRepeat(node: Repeat): Step {
  if (node.body.type === 'character') return compileCharacterRepeat(node, node.body.test);
  const body = compile(node.body);
  const { min, max, mode } = node;
  const run = (state: MatchState, count: number, position: number, next: Continuation): boolean => {
    spend(state);
    const again = () =>
      count < max &&
      body(state, position, (end) => {
        // An empty round would go on for ever; Java leaves the loop there.
        if (end === position && count >= min) return false;
        return run(state, count + 1, end, next);
      });
    if (count < min) return again();
    return mode === 'lazy' ? next(position) || again() : again() || next(position);
  };
  const loop: Step = (state, position, next) => run(state, 0, position, next);
  return mode === 'possessive' ? compileAtomic(loop) : loop;
}

/** Repeats of one character need no recursion. */
function compileCharacterRepeat(node: Repeat, test: (codePoint: number) => boolean): Step {
  const { min, max, mode } = node;
  const limit = mode === 'lazy' ? min : max;
  return (state, position, next) => {
    let end = position;
    let count = 0;
    for (; count < limit; count++) {
      const after = characterEnd(state.text, end, test);
      if (after === -1) break;
      end = after;
    }
    spend(state, count + 1);
    if (count < min) return false;
    if (mode === 'possessive') return next(end);
    if (mode === 'lazy') return lazily(state, end, count, max, test, next);
    return greedily(state, end, count - min, next);
  };
}

/** Gives back up to `spare` characters before `position`, one by one, until the rest matches. */
function greedily(state: MatchState, position: number, spare: number, next: Continuation): boolean {
  let end = position;
  for (let left = spare; ; left--) {
    if (next(end)) return true;
    if (left === 0) return false;
    spend(state);
    end -= isLowSurrogateOfPair(state.text, end - 1) ? 2 : 1;
  }
}

function lazily(
  state: MatchState,
  position: number,
  taken: number,
  max: number,
  test: (codePoint: number) => boolean,
  next: Continuation,
): boolean {
  let end = position;
  for (let count = taken; ; count++) {
    spend(state);
    if (next(end)) return true;
    if (count >= max) return false;
    end = characterEnd(state.text, end, test);
    if (end === -1) return false;
  }
}

function isLowSurrogateOfPair(text: string, position: number): boolean {
  const code = text.codePointAt(position - 1);
  return code !== undefined && code > 0xffff;
}

function compileAtomic(body: Step): Step {
  return (state, position, next) => {
    let end = -1;
    const matched = body(state, position, (after) => {
      end = after;
      return true;
    });
    return matched && next(end);
  };
}

function compileLook(body: Step, behind: boolean, negated: boolean): Step {
  return (state, position, next) => {
    const found = behind ? matchesBefore(body, state, position) : body(state, position, () => true);
    return found !== negated && next(position);
  };
}

function matchesBefore(body: Step, state: MatchState, position: number): boolean {
  for (let start = position; start >= 0; start--) {
    spend(state);
    if (body(state, start, (end) => end === position)) return true;
  }
  return false;
}

function backreference(
  state: MatchState,
  position: number,
  next: Continuation,
  node: Extract<RegexNode, { type: 'backreference' }>,
): boolean {
  const start = state.starts[node.index] ?? -1;
  if (start === -1) return false;
  const captured = state.text.slice(start, state.ends[node.index]);
  const candidate = state.text.slice(position, position + captured.length);
  spend(state, captured.length + 1);
  const same = node.ignoresCase
    ? candidate.toLowerCase() === captured.toLowerCase()
    : candidate === captured;
  return same && next(position + captured.length);
}

function isAt(anchor: Anchor, state: MatchState, position: number): boolean {
  const { text } = state;
  switch (anchor) {
    case '^':
    case 'A':
      return position === 0;
    case 'z':
      return position === text.length;
    case 'G':
      return position === state.previousEnd;
    case '$':
    case 'Z':
      return isAtFinalTerminator(text, position);
    case '^m':
      return position === 0 || (position < text.length && isAfterTerminator(text, position));
    case '$m':
      return position === text.length || isBeforeTerminator(text, position);
    case 'b':
      return isWordBoundary(text, position);
    case 'B':
      return !isWordBoundary(text, position);
  }
}

function isAtFinalTerminator(text: string, position: number): boolean {
  const rest = text.length - position;
  if (rest === 0) return true;
  if (rest > 2) return false;
  return rest === 2 ? text.endsWith('\r\n') : isBeforeTerminator(text, position);
}

/** Before a line terminator, but not between the two characters of one. */
function isBeforeTerminator(text: string, position: number): boolean {
  if (text[position] === '\n') return text[position - 1] !== '\r';
  return isLineTerminator(text.charCodeAt(position));
}

function isAfterTerminator(text: string, position: number): boolean {
  if (text[position - 1] === '\r' && text[position] === '\n') return false;
  return isLineTerminator(text.charCodeAt(position - 1));
}

function isWordBoundary(text: string, position: number): boolean {
  const before = position > 0 && isWord(text.codePointAt(position - 1));
  return before !== isWord(text.codePointAt(position));
}

/** For `\b`, unlike for `\w`, Java 17 takes the letters and digits of all scripts. */
function isWord(code: number | undefined): boolean {
  return code !== undefined && isUnicodeWordCharacter(code);
}
