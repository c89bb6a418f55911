import { Renderer } from './template/renderer';
import { TemplateVariables } from './template/variables';
import { compiledTemplate } from './template-cache';
import { ContextVariable, type RequestOverride, type ResponseOverride } from './variables/context';
import { mapFrom } from './variables/from-javascript';
import { type InputParameters, InputVariable } from './variables/input';
import { UtilVariable } from './variables/util';

export { MappingTemplateError, type MappingTemplateErrorKind } from './errors';

/** What a mapping template sees of a request or of an integration's response. */
export interface MappingTemplateInput {
  /** The payload as it came: `$input.body`. An empty one reads as `{}`. */
  readonly body: string;
  /** `$input.params()`: the values as the template shall see them, decoded or not. */
  readonly params: InputParameters;
  /**
   * `$context`, of strings, numbers, booleans, arrays and objects. `requestOverride` and
   * `responseOverride` hold what earlier templates of the request asked for.
   */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface MappingTemplateResult {
  readonly text: string;
  /** What the template set in `$context.requestOverride`, and what was in it before. */
  readonly requestOverride: RequestOverride;
  /** What the template set in `$context.responseOverride`, and what was in it before. */
  readonly responseOverride: ResponseOverride;
  /** What the rendering cost, in evaluated nodes. */
  readonly steps: number;
}

/**
 * Renders a mapping template as API Gateway does: Apache Velocity 1.7 in which an invalid reference
 * is `""`, with `$input`, `$util`, `$context` and `$stageVariables`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html
 * @throws TemplateParseError when the template is not Velocity (API Gateway: 500)
 * @throws TemplateEvaluationError when its evaluation fails or meets a limit (API Gateway: 500)
 * @throws PayloadParseError when it reads a payload that only looks like JSON (API Gateway: 400)
 */
export function evaluateMappingTemplate(
  template: string,
  { body, params, context, stageVariables }: MappingTemplateInput,
): MappingTemplateResult {
  const contextVariable = new ContextVariable(context);
  const variables = new TemplateVariables();
  variables.put('input', new InputVariable(body, params));
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
