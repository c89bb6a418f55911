import { Renderer } from './template/renderer';
import { TemplateVariables } from './template/variables';
import { compiledTemplate } from './template-cache';
import { ContextVariable, type RequestOverride, type ResponseOverride } from './variables/context';
import { mapFrom } from './variables/from-javascript';
import { type InputParameters, InputVariable } from './variables/input';
import { UtilVariable } from './variables/util';

export { MappingTemplateError, type MappingTemplateErrorKind } from './errors';

/** The data of a request, or of an integration response, that a mapping template can access. */
export interface MappingTemplateInput {
  /** The payload, verbatim: `$input.body`. An empty one is read as `{}`. */
  readonly body: string;
  /** The value that `JSON.stringify` made the payload from, where it is known: it saves parsing. */
  readonly written?: unknown;
  /** `$input.params()`: the values as the template is to see them, decoded or not. */
  readonly params: InputParameters;
  /**
   * `$context`, consisting of strings, numbers, booleans, arrays and objects. `requestOverride` and
   * `responseOverride` contain the overrides set by earlier templates for the same request.
   */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface MappingTemplateResult {
  readonly text: string;
  /** `$context.requestOverride` after the evaluation, including earlier overrides. */
  readonly requestOverride: RequestOverride;
  /** `$context.responseOverride` after the evaluation, including earlier overrides. */
  readonly responseOverride: ResponseOverride;
  /** The cost of the rendering in evaluated nodes. */
  readonly steps: number;
}

/**
 * Renders a mapping template like API Gateway: in Apache Velocity 1.7, except that an invalid
 * reference is `""`, with `$input`, `$util`, `$context` and `$stageVariables`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 * @throws TemplateParseError if the template is not valid Velocity (API Gateway: 500)
 * @throws TemplateEvaluationError if its evaluation fails or reaches a limit (API Gateway: 500)
 * @throws PayloadParseError if it reads a payload that is malformed JSON (API Gateway: 400)
 */
export function evaluateMappingTemplate(
  template: string,
  { body, written, params, context, stageVariables }: MappingTemplateInput,
): MappingTemplateResult {
  const contextVariable = new ContextVariable(context);
  const variables = new TemplateVariables();
  variables.put('input', new InputVariable(body, params, written));
  variables.put('util', new UtilVariable());
  variables.put('context', contextVariable);
  variables.put('stageVariables', mapFrom(stageVariables));
  const renderer = new Renderer();
  renderer.renderTemplate(compiledTemplate(template), variables);
  return {
    text: renderer.text,
    requestOverride: contextVariable.requestOverride,
    responseOverride: contextVariable.responseOverride,
    steps: renderer.steps,
  };
}
