import { StackError } from '../errors';
import { type ParameterName, parameterNames, parameters } from '../parameters';
import type { Kind } from './kinds';
import { nearMatch } from './near-match';
import { RULES } from './rules';

type Values = Readonly<Record<string, unknown>>;

/**
 * @param values all of a stage's resolved values by name
 * @throws StackError that names the parameter, its value and what would be right
 */
export function checkParameters(values: Values): void {
  checkEach(values);
  const broken = RULES.find((rule) => rule.broken(values));
  if (broken !== undefined) throw new StackError(broken.message);
}

/**
 * Checks values one by one, some of a stage's or all of them.
 * @throws StackError that names the parameter, its value and what would be right
 */
export function checkEach(values: Values): void {
  for (const [name, value] of Object.entries(values)) checkOne(name, value);
}

/** A variable of the framework that is not filled in yet, unlike those of Fn::Sub. */
const VARIABLE = /\$\{(?!AWS::)[A-Za-z]\w*(\([^)]*\))?:/;

function checkOne(name: string, value: unknown): void {
  const kind = kindOf(name);
  if (value === null || typeof value === 'object') {
    throw new StackError(
      `Parameter '${name}' has no value. It takes ${kind.inWords}; leave out its line for the default.`,
    );
  }
  const text = String(value);
  if (VARIABLE.test(text) || kind.takes(text)) return;
  const { inWords, longest = text.length } = kind;
  const limit =
    text.length > longest ? `, in ${longest} characters (these are ${text.length})` : '';
  throw new StackError(
    `Parameter '${name}' is '${withoutCredentials(text)}'. It takes ${inWords}${limit}.`,
  );
}

/** @throws StackError for a name that no parameter has, with the one that was probably meant */
function kindOf(name: string): Kind<unknown> {
  if (Object.hasOwn(parameters, name)) return parameters[name as ParameterName].accepts;
  const meant = nearMatch(name, parameterNames);
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  throw new StackError(
    `Unknown parameter '${name}'.${hint} This service has: ${parameterNames.join(', ')}.`,
  );
}

/** Whether a parameter may be set to nothing. */
export const takesNothing = (name: string): boolean =>
  Object.hasOwn(parameters, name) && parameters[name as ParameterName].accepts.takes('');

/** A refused URL is printed, in logs of CI as well; what stands before its `@` is nobody's to read. */
const withoutCredentials = (text: string) => text.replace(/\/\/[^/\s]*@/g, '//***@');

/** @throws StackError when API Gateway or CloudFormation would refuse the stage's name */
export function checkStage(stage: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(stage)) return;
  throw new StackError(
    `Stage '${stage}' cannot be deployed. A stage's name takes letters, digits and hyphens, 64 at most, and does not begin with a hyphen.`,
  );
}
