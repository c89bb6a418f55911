import type { CompiledTemplate } from '../../hooks/framework';
import { canaryAlarm, canaryResources } from '../../resources/canary';
import type { DeclaredStream } from '../../resources/streams/declared';
import { compiledStack } from './compiled-stack';

const RATE = 'rate(5 minutes)';

const filledIn = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('${self:service}', 'kinesis-rest-proxy')
      .replaceAll('${self:provider.stage}', 'dev'),
  );

/** The canary's own resources, with those that they refer to. */
export function canaryTemplate(
  values: Readonly<Record<string, string>> = {},
  streams: readonly DeclaredStream[] = [],
): CompiledTemplate {
  const parameters = { canary: RATE, ...values };
  const { Resources, ...rest } = compiledStack(parameters, 'dev', 'us-east-1', streams);
  const { CanaryAlarm } = filledIn(canaryAlarm(RATE));
  delete CanaryAlarm.Properties.AlarmActions;
  delete CanaryAlarm.Properties.OKActions;
  const own = Object.keys(canaryResources([])).map((id) => [id, Resources[id]]);
  const neighbours = ['RestApi', 'ApiKey'].map((id) => [id, Resources[id]]);
  const present = [...own, ...neighbours, ['CanaryAlarm', CanaryAlarm]];
  return {
    ...rest,
    Resources: Object.fromEntries(present.filter(([, resource]) => resource !== undefined)),
    Outputs: {},
  };
}
