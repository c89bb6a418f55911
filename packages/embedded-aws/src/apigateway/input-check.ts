import type { AwsRequest } from '../core/http';
import { violationsOf } from '../core/shapes/constraints';
import { modelInputs } from '../core/shapes/model';
import { readStructure } from '../core/shapes/read';
import { type Shape, type StructureShape, structure } from '../core/shapes/shape';
import { lowerFirst } from '../core/validation';
import { validationError } from './errors';
import data from './input-shapes.json';
import { isRecord } from './members';
import { MODEL_EXCEPTIONS } from './model-exceptions';

interface InputShape {
  readonly body: StructureShape;
  /** The name of the body in the paths of violations: `createRestApiInput`. */
  readonly bodyName: string;
  /** Body, path and query, in the order in which AWS reports them. */
  readonly whole: StructureShape;
}

const inputOf = modelInputs(data, MODEL_EXCEPTIONS);
const shapes = new Map<string, InputShape | undefined>();

/**
 * Checks the types and constraints of a request before anything is looked up.
 * @param parameters those of the path
 * @param body the parsed JSON body
 * @throws AwsError SerializationException for a member of the wrong type; ValidationException with
 *   all violations: `2 validation errors detected: Value 'x' at 'putIntegrationInput.type' …; …`
 */
export function checkInput(
  operation: string,
  parameters: ReadonlyMap<string, string>,
  request: Pick<AwsRequest, 'query'>,
  body: unknown,
): void {
  const shape = shapeOf(operation);
  if (shape === undefined) return;
  const members = readStructure(shape.body, isRecord(body) ? body : {});
  const violations = violationsOf(shape.whole, {
    ...Object.fromEntries(new URLSearchParams(request.query)),
    ...Object.fromEntries(parameters),
    [shape.bodyName]: members,
  });
  if (violations.length > 0) throw validationError(violations);
}

function shapeOf(operation: string): InputShape | undefined {
  if (shapes.has(operation)) return shapes.get(operation);
  const input = inputOf(operation);
  const bodyName = `${lowerFirst(operation)}Input`;
  const body = structure(input?.body ?? {});
  // Recorded: the body comes before the path (L test_update_method_response_negative_tests,
  // 30-06-2025).
  const whole = structure({
    [bodyName]: body,
    ...textsOf(input?.path),
    ...textsOf(input?.query),
  });
  const shape = input && { body, bodyName, whole };
  shapes.set(operation, shape);
  return shape;
}

/**
 * The members of path and query that are limited texts. The others are there because the route
 * matched, or are numbers that the operation reads itself.
 */
function textsOf(members: StructureShape['members'] = {}): Record<string, Shape> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, shape]) =>
      shape.type === 'String' ? [[name, { ...shape, required: undefined }]] : [],
    ),
  );
}
