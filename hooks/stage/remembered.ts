import { type ParameterName, parameterNames } from '../../resources/parameters';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import type { CompiledTemplate } from '../framework';

// The canary's bundle has this, and not the stack's declaration, which reads templates from files.

/** A template with what resources/index.ts has it remember. */
interface DeployedTemplate extends CompiledTemplate {
  readonly Metadata?: {
    readonly KinesisRestProxy?: {
      readonly parameters?: Partial<Record<ParameterName, unknown>>;
      readonly streams?: readonly DeclaredStream[];
      readonly producers?: readonly DeclaredProducer[];
    };
  };
}

/** The parameters that a template was packaged with; undefined of a foreign or an older one. */
export function parametersIn(
  template: CompiledTemplate,
): Record<ParameterName, string> | undefined {
  const remembered = (template as DeployedTemplate).Metadata?.KinesisRestProxy?.parameters;
  return remembered && asTexts({ ...remembered, invokeUrl: declaredUrl(template) });
}

/** The streams that a template was packaged with. */
export const streamsIn = (template: CompiledTemplate): readonly DeclaredStream[] =>
  (template as DeployedTemplate).Metadata?.KinesisRestProxy?.streams ?? [];

/** The producers that a template was packaged with. */
export const producersIn = (template: CompiledTemplate): readonly DeclaredProducer[] =>
  (template as DeployedTemplate).Metadata?.KinesisRestProxy?.producers ?? [];

/** The parameter `invokeUrl` as it was set, read from the output that contains it. */
function declaredUrl({ Outputs: outputs }: CompiledTemplate): unknown {
  const { Value: value } = (outputs?.InvokeUrl ?? {}) as { Value?: unknown };
  if (typeof value !== 'object' || value === null) return value;
  return [(value as { 'Fn::Sub'?: unknown })['Fn::Sub']].flat()[0];
}

function asTexts(values: Partial<Record<ParameterName, unknown>>): Record<ParameterName, string> {
  // Before reading could have a door of its own, it had the one that there was.
  const known = { ...values, readAuthorization: values.readAuthorization ?? values.authorization };
  const texts = parameterNames.map((name) => [name, String(known[name] ?? '')]);
  return Object.fromEntries(texts) as Record<ParameterName, string>;
}
