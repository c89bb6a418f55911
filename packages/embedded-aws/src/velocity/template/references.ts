import { TemplateEvaluationError } from '../errors';
import { type JavaValue, javaClassName } from '../java/values';
import { callOf, constantCallOf, getProperty, invokeMethod, setProperty } from '../methods/access';
import { templateName } from '../names';
import { TemplateObject } from '../variables/template-object';
import type { Expression, Reference, ReferenceStep } from './ast';
import type { Evaluate } from './compiled';
import { compileExpression } from './expressions';
import type { Renderer } from './renderer';
import type { Variables } from './variables';

type Value = NonNullable<JavaValue>;

/**
 * Compiles a reference. If any part of it has no value, the result is `""`, which is how API
 * Gateway's Velocity differs from the original (recorded). Null only for a bare name among method
 * arguments.
 * @param steps additional steps that the evaluation counts for its caller
 */
export function compileReference(reference: Reference, steps = 0): Evaluate {
  const { isRunt, path } = reference;
  const root = templateName(reference.root);
  if (isRunt) {
    return (_variables, renderer) => {
      renderer.step(1 + steps);
      return null;
    };
  }
  const cost = steps + 1 + path.length;
  const parts = path.map(compileStep);
  return (variables, renderer) => {
    renderer.step(cost);
    let value = variables.get(root);
    for (const part of parts) {
      if (value === null) return '';
      value = part(value, variables, renderer);
    }
    return value ?? '';
  };
}

/** Evaluates one step of a reference's path on the value before it. */
type Follow = (target: Value, variables: Variables, renderer: Renderer) => JavaValue;

function compileStep(step: ReferenceStep): Follow {
  switch (step.type) {
    case 'property': {
      const name = templateName(step.name);
      return (target) => getProperty(target, name);
    }
    case 'method':
      return compileCall(step.name, step.parameters);
    case 'index': {
      const index = compileExpression(step.index);
      const get = callOf('get');
      return (target, variables, renderer) => {
        const key = index(variables, renderer);
        if (target instanceof TemplateObject) return memberOf(target, key);
        return get(target, [fromEnd(target, key)]) ?? null;
      };
    }
  }
}

function compileCall(name: string, parameters: readonly Expression[]): Follow {
  const constants = constantsOf(parameters);
  if (constants !== undefined) {
    const call = constantCallOf(name, constants);
    return (target) => call(target) ?? null;
  }
  const call = callOf(name);
  const evaluations = parameters.map(compileExpression);
  return (target, variables, renderer) => {
    const values: JavaValue[] = [];
    for (const evaluate of evaluations) values.push(evaluate(variables, renderer));
    return call(target, values) ?? null;
  };
}

/** `$context["requestOverride"]` is there, although `$context.get("requestOverride")` is not (recorded). */
function memberOf(target: TemplateObject, key: JavaValue): JavaValue {
  return typeof key === 'string' ? (target.getProperty(key) ?? null) : null;
}

/** The values of the expressions if all are constants. */
function constantsOf(expressions: readonly Expression[]): readonly JavaValue[] | undefined {
  const constants: JavaValue[] = [];
  for (const expression of expressions) {
    if (expression.type !== 'constant') return undefined;
    constants.push(expression.value);
  }
  return constants;
}

/**
 * A negative index counts from the end.
 * @throws TemplateEvaluationError for a negative index on an object without a size
 */
function fromEnd(target: Value, index: JavaValue): JavaValue {
  if (typeof index !== 'number' || index >= 0) return index;
  const size = invokeMethod(target, 'size', []);
  if (typeof size === 'number') return size + index;
  throw new TemplateEvaluationError(
    `A 'size()' method required for negative value ${index} does not exist for class '${javaClassName(target)}'`,
  );
}

/**
 * Compiles an assignment to a variable, a property or an element. If a part of the path is missing,
 * it has no effect.
 */
export function compileAssignment(
  reference: Reference,
): (value: Value, variables: Variables, renderer: Renderer) => void {
  const { path } = reference;
  const root = templateName(reference.root);
  const assignedName = templateName(reference.assignedName);
  const last = path.at(-1);
  if (last === undefined) return (value, variables) => variables.put(assignedName, value);
  const parts = path.slice(0, -1).map(compileStep);
  const assign = compileLastStep(last);
  return (value, variables, renderer) => {
    let target = variables.get(root);
    renderer.step(parts.length);
    for (const part of parts) {
      if (target === null) return;
      target = part(target, variables, renderer);
    }
    if (target !== null) assign(target, value, variables, renderer);
  };
}

function compileLastStep(
  step: ReferenceStep,
): (target: Value, value: Value, variables: Variables, renderer: Renderer) => void {
  if (step.type !== 'index') {
    const { name } = step;
    return (target, value) => setProperty(target, name, value);
  }
  const evaluate = compileExpression(step.index);
  return (target, value, variables, renderer) => {
    const key = evaluate(variables, renderer);
    if (target instanceof TemplateObject) {
      if (typeof key === 'string') target.setProperty(key, value);
      return;
    }
    const index = fromEnd(target, key);
    const isSet = invokeMethod(target, 'set', [index, value]) !== undefined;
    if (!isSet) invokeMethod(target, 'put', [index, value]);
  };
}
