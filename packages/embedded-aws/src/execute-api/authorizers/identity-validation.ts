import { withinBudget } from '../../core/evaluation-budget';
import { matches } from '../../java-regex/operations';
import { authorizerError } from './refusals';

/**
 * True if an authorizer's expression, of Java's kind, matches a text as a whole.
 * @throws GatewayError 500 for an expression that is none, or takes too long: clients choose the text
 */
export function matchesWhole(text: string, expression: string): boolean {
  try {
    return withinBudget(() => matches(text, expression));
  } catch (cause) {
    throw authorizerError(`Invalid identity validation expression: ${expression}`, cause);
  }
}
