import { TemplateEvaluationError } from '../errors';
import { type JavaValue, javaClassName } from '../java/values';
import { getProperty, invokeMethod, setProperty } from '../methods/access';
import type { Block, Reference, ReferenceStep } from './ast';
import { evaluateExpression } from './expressions';
import type { Variables } from './variables';

/** Counts the work of a rendering and captures its output. */
export interface Evaluation {
  step(): void;
  render(block: Block, variables: Variables): void;
  capture(work: () => void): string;
}

type Value = NonNullable<JavaValue>;

/**
 * The value of a reference. Where any part of it has none, the whole is `""`: that is how API
 * Gateway's Velocity differs from the original (recorded).
 * @returns null only for a bare name among method arguments
 */
export function evaluateReference(
  reference: Reference,
  variables: Variables,
  evaluation: Evaluation,
): JavaValue {
  evaluation.step();
  if (reference.isRunt) return null;
  let value = variables.get(reference.root);
  for (const step of reference.path) {
    if (value === null) return '';
    value = follow(value, step, variables, evaluation);
  }
  return value ?? '';
}

function follow(
  target: Value,
  step: ReferenceStep,
  variables: Variables,
  evaluation: Evaluation,
): JavaValue {
  evaluation.step();
  switch (step.type) {
    case 'property':
      return getProperty(target, step.name);
    case 'method': {
      const values: JavaValue[] = [];
      for (const parameter of step.parameters) {
        values.push(evaluateExpression(parameter, variables, evaluation));
      }
      return invokeMethod(target, step.name, values) ?? null;
    }
    case 'index': {
      const index = evaluateExpression(step.index, variables, evaluation);
      return invokeMethod(target, 'get', [fromEnd(target, index)]) ?? null;
    }
  }
}

/**
 * A negative index counts from the end.
 * @throws TemplateEvaluationError for one on an object without a size
 */
function fromEnd(target: Value, index: JavaValue): JavaValue {
  if (typeof index !== 'number' || index >= 0) return index;
  const size = invokeMethod(target, 'size', []);
  if (typeof size === 'number') return size + index;
  throw new TemplateEvaluationError(
    `A 'size()' method required for negative value ${index} does not exist for class '${javaClassName(target)}'`,
  );
}

/** Assigns to a variable, a property or an element; where a part of the path is missing, to nothing. */
export function assignReference(
  reference: Reference,
  value: Value,
  variables: Variables,
  evaluation: Evaluation,
): void {
  const { path, root } = reference;
  const last = path.at(-1);
  if (last === undefined) {
    variables.put(reference.assignedName, value);
    return;
  }
  let target = variables.get(root);
  for (const step of path.slice(0, -1)) {
    if (target === null) return;
    target = follow(target, step, variables, evaluation);
  }
  if (target === null) return;
  if (last.type === 'index') {
    const index = fromEnd(target, evaluateExpression(last.index, variables, evaluation));
    const isSet = invokeMethod(target, 'set', [index, value]) !== undefined;
    if (!isSet) invokeMethod(target, 'put', [index, value]);
    return;
  }
  setProperty(target, last.name, value);
}
