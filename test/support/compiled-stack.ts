import { settleConditions } from '../../hooks/conditions';
import type { CompiledTemplate } from '../../hooks/framework';
import { stack } from '../../resources';
import { stageParameters } from '../../resources/parameters';

const declared = JSON.stringify(stack);

/** The stack as a stage with these parameters gets it: variables filled in, conditions settled. */
export function compiledStack(
  values: Readonly<Record<string, string>> = {},
  stage = 'dev',
): CompiledTemplate {
  const known: Record<string, string | number> = { ...stageParameters.default, ...values };
  // A parameter's default may speak of another parameter.
  const filledIn = declared.replaceAll('${param:invokeUrl}', String(known.invokeUrl));
  const text = filledIn
    // A variable that is all of a value keeps its type, as in the framework.
    .replace(/"\$\{param:(\w+)\}"/g, (_, name: string) => JSON.stringify(known[name]))
    .replace(/\$\{param:(\w+)\}/g, (_, name: string) => String(known[name]))
    .replaceAll('${self:service}', 'kinesis-rest-proxy')
    .replaceAll('${self:provider.stage}', stage);
  return settleConditions(JSON.parse(text));
}
