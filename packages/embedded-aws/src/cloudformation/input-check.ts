import type { QueryInput } from '../core/protocol/query';
import { violationsOf } from '../core/shapes/constraints';
import { modelInputs } from '../core/shapes/model';
import { readTexts } from '../core/shapes/read-texts';
import { constraintError } from '../core/validation';
import data from './input-shapes.json';
import { MODEL_EXCEPTIONS } from './model-exceptions';

const inputOf = modelInputs(data, MODEL_EXCEPTIONS);

/**
 * Checks the types and constraints of an input before anything is looked up.
 * @throws AwsError MalformedInput; ValidationError with all violations, in AWS's words
 */
export function checkInput(action: string, input: QueryInput): void {
  const declared = inputOf(action);
  if (declared === undefined) return;
  const shape = { type: 'Structure', members: declared.body } as const;
  const violations = violationsOf(shape, readTexts(shape, input));
  if (violations.length > 0) throw constraintError('ValidationError', violations);
}
