import { StackError } from '../errors';
import { type ParameterName, parameterNames, parameters } from '../parameters';
import type { Kind } from './kinds';
import { nearMatch } from './near-match';
import { RULES } from './rules';

type Values = Readonly<Record<string, unknown>>;

/**
 * Checks all parameters of a stage, each by itself and in combination.
 * @param values all of a stage's resolved values by name
 * @throws StackError that names the parameter, its value and what is allowed
 */
export function checkParameters(values: Values): void {
  checkEach(values);
  const broken = RULES.find((rule) => rule.broken(values));
  if (broken !== undefined) throw new StackError(broken.message);
}

/**
 * Checks some or all of a stage's values, each by itself.
 * @throws StackError that names the parameter, its value and what is allowed
 */
export function checkEach(values: Values): void {
  for (const [name, value] of Object.entries(values)) checkOne(name, value);
}

/** An unresolved variable of the framework, as opposed to one of Fn::Sub. */
const VARIABLE = /\$\{(?!AWS::)[A-Za-z]\w*(\([^)]*\))?:/;

/** True if the framework has yet to fill in a variable. */
export const hasVariable = (text: string): boolean => VARIABLE.test(text);

function checkOne(name: string, value: unknown): void {
  const kind = kindOf(name);
  if (value === null || typeof value === 'object') {
    throw new StackError(
      `Parameter '${name}' has no value. It takes ${kind.inWords}; leave out its line for the default.`,
    );
  }
  const text = String(value);
  if (hasVariable(text) || kind.takes(text)) return;
  const { inWords, longest = text.length } = kind;
  const limit =
    text.length > longest ? `, in ${longest} characters (these are ${text.length})` : '';
  throw new StackError(
    `Parameter '${name}' is '${withoutCredentials(text)}'. It takes ${inWords}${limit}.`,
  );
}

/** @throws StackError for an unknown parameter, suggesting the closest name */
function kindOf(name: string): Kind<unknown> {
  if (Object.hasOwn(parameters, name)) return parameters[name as ParameterName].accepts;
  const meant = nearMatch(name, parameterNames);
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  throw new StackError(
    `Unknown parameter '${name}'.${hint} This service has: ${parameterNames.join(', ')}.`,
  );
}

/** True if a parameter may be empty. */
export const takesNothing = (name: string): boolean =>
  Object.hasOwn(parameters, name) && parameters[name as ParameterName].accepts.takes('');

/** Masks the credentials of a URL, because messages end up in CI logs. */
const withoutCredentials = (text: string) => text.replace(/\/\/[^/\s]*@/g, '//***@');

/** @throws StackError if API Gateway or CloudFormation would reject the stage's name */
export function checkStage(stage: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(stage)) return;
  throw new StackError(
    `Stage '${stage}' cannot be deployed. A stage's name takes letters, digits and hyphens, 64 at most, and does not begin with a hyphen.`,
  );
}
