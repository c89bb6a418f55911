import { assertStringLength, spend, spendOnText } from '../core/evaluation-budget';

/**
 * Replaces all occurrences of a literal.
 * @throws EvaluationError if the result would be longer than a template may build
 */
export function replaceEvery(text: string, literal: string, replacement: string): string {
  spendOnText(text.length);
  const count = occurrences(text, literal);
  spend(count / OCCURRENCES_PER_STEP);
  spendOnText(count * replacement.length);
  assertStringLength(text.length + count * (replacement.length - literal.length));
  if (literal === '') return text.replaceAll('', () => replacement);
  // With millions of occurrences, this takes a fifth of replaceAll's time and a third of its
  // memory.
  return text.split(literal).join(replacement);
}

const OCCURRENCES_PER_STEP = 3;

function occurrences(text: string, literal: string): number {
  if (literal === '') return text.length + 1;
  let count = 0;
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + literal.length)) {
    count++;
  }
  return count;
}
