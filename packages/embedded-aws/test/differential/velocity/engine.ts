import { evaluateMappingTemplate, MappingTemplateError } from '../../../src/velocity';
import { type Answer, type Case, SURROUNDINGS } from './oracle';

/** The answer of the engine under test, in the oracle's terms. */
export function answerOf({ template, body }: Case): Answer {
  try {
    return { text: evaluateMappingTemplate(template, { body, ...SURROUNDINGS }).text };
  } catch (error) {
    if (error instanceof MappingTemplateError) return { error: error.kind, message: error.message };
    throw error;
  }
}

/**
 * Errors for what the engine rejects on purpose, unlike Java: unsupported methods, paths on which
 * Jayway's versions disagree, and runaway evaluations.
 */
const REFUSALS = /is not implemented by the embedded API Gateway|took (?:more than|too many)/;

/** The difference between two answers, or nothing. */
export function difference(expected: Answer, actual: Answer): string | undefined {
  if ('error' in actual && REFUSALS.test(actual.message ?? '')) return undefined;
  const [left, right] = [expected, actual].map((answer) =>
    'error' in answer ? `<${answer.error}>` : withoutHashes(answer.text),
  );
  return left === right
    ? undefined
    : `Velocity: ${JSON.stringify(left)}${'error' in expected ? ` ${expected.message}` : ''}\nengine:   ${JSON.stringify(right)}${'error' in actual ? ` ${actual.message}` : ''}`;
}

/** Java prints arrays and iterators with a number that differs from run to run. */
function withoutHashes(text: string): string {
  return text
    .replace(/(\[Ljava\.lang\.(?:String|Object);|\[C)@[0-9a-f]+/g, '$1@')
    .replace(/java\.util\.[A-Za-z$]*(?:Itr|Iterator)@[0-9a-f]+/g, 'iterator@');
}
