import { EvaluationError } from '../core/evaluation-budget';
import { isAt } from './anchors';
import { anyCharacter, type CharacterTest, type RegexNode } from './ast';
import { isLineTerminator } from './character-classes';
import type { MatchState } from './match-state';
import { type Width, widthOf } from './width';

/** Matches the rest of the pattern at a position; returns true if it matches. */
export type Continuation = (position: number) => boolean;

export type Step = (state: MatchState, position: number, next: Continuation) => boolean;

function spend(state: MatchState, steps = 1): void {
  state.steps -= steps;
  if (state.steps < 0) {
    throw new EvaluationError('A regular expression took too many steps');
  }
}

/** Compiles a node of a pattern to a function that matches it, and then what follows. */
export function compileNode(node: RegexNode): Step {
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
      const options = node.options.map(compileNode);
      return (state, position, next) => options.some((option) => option(state, position, next));
    }
    case 'group':
      return compileGroup(node.index, compileNode(node.body));
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
      return compileLook(node);
    case 'atomic':
      return compileAtomic(compileNode(node.body));
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

/** The end of the code point at `position` if it passes the test, otherwise -1. */
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
  const steps = items.map(compileNode);
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
  const body = compileNode(node.body);
  const { min, max, mode } = node;
  const run = (state: MatchState, count: number, position: number, next: Continuation): boolean => {
    spend(state);
    const again = () =>
      count < max &&
      body(state, position, (end) => {
        // Empty iterations would never end; Java leaves the loop here, too.
        if (end === position && count >= min) return false;
        return run(state, count + 1, end, next);
      });
    if (count < min) return again();
    return mode === 'lazy' ? next(position) || again() : again() || next(position);
  };
  const loop: Step = (state, position, next) => run(state, 0, position, next);
  return mode === 'possessive' ? compileAtomic(loop) : loop;
}

/** This loop does not recurse and is several times as fast as a step. */
const CHARACTERS_PER_STEP = 8;

/** Repetitions of a single character need no recursion. */
function compileCharacterRepeat(node: Repeat, test: CharacterTest): Step {
  const { min, max, mode } = node;
  return (state, position, next) => {
    const least = charactersEnd(state, position, min, test);
    if (least === undefined) return false;
    if (mode === 'lazy') return lazily(state, least, min, max, test, next);
    const end = farthestEnd(state, least, max - min, test);
    return mode === 'possessive' ? next(end) : greedily(state, end, least, next);
  };
}

/** The end of so many characters that pass the test; undefined where there are fewer. */
function charactersEnd(
  state: MatchState,
  position: number,
  count: number,
  test: CharacterTest,
): number | undefined {
  let end = position;
  let found = 0;
  for (; found < count; found++) {
    const after = characterEnd(state.text, end, test);
    if (after === -1) break;
    end = after;
  }
  spend(state, 1 + found / CHARACTERS_PER_STEP);
  return found === count ? end : undefined;
}

/** The end of as many characters as pass the test, up to `most`. */
function farthestEnd(
  state: MatchState,
  position: number,
  most: number,
  test: CharacterTest,
): number {
  const { text } = state;
  let end = position;
  if (test === anyCharacter && most === Number.POSITIVE_INFINITY) {
    // Of a text of megabytes, no character need be looked at.
    end = text.length;
  } else {
    for (let count = 0; count < most; count++) {
      const after = characterEnd(text, end, test);
      if (after === -1) break;
      end = after;
    }
  }
  spend(state, (end - position) / CHARACTERS_PER_STEP);
  return end;
}

/** Backtracks from `position` down to `least`, by one character after another, until the rest matches. */
function greedily(state: MatchState, position: number, least: number, next: Continuation): boolean {
  let end = position;
  for (;;) {
    if (next(end)) return true;
    if (end <= least) return false;
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

function compileLook({ body, behind, negated }: Extract<RegexNode, { type: 'look' }>): Step {
  const step = compileNode(body);
  const width = widthOf(body);
  return (state, position, next) => {
    const found = behind
      ? matchesBefore(step, width, state, position)
      : step(state, position, () => true);
    return found !== negated && next(position);
  };
}

/** Looks back no further than the body can reach, to avoid quadratic time. */
function matchesBefore(body: Step, width: Width, state: MatchState, position: number): boolean {
  const furthest = Math.max(0, position - width.max);
  for (let start = position - width.min; start >= furthest; start--) {
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
