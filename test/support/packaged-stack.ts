import type { CompiledTemplate } from '../../hooks/framework';
import type { Deployed } from '../../hooks/rollout/taken-away';
import { addressByContent } from '../../hooks/template/deployment';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import { compiledStack } from './compiled-stack';

/** The stack as it is packaged with these parameters. */
export const packaged = (
  values: Readonly<Record<string, string>> = {},
  streams: readonly DeclaredStream[] = [],
  producers: readonly DeclaredProducer[] = [],
) =>
  addressByContent(structuredClone(compiledStack(values, 'dev', 'us-east-1', streams, producers)));

/** A stack that has what a template declares, and more. */
export function deployed(template: CompiledTemplate, more: readonly string[] = []): Deployed {
  const ids = [...Object.keys(template.Resources), ...more];
  return { template, physicalIds: Object.fromEntries(ids.map((id) => [id, `${id}-1`])) };
}

/** The stack packaged from a changed declaration. */
export function changed(
  change: (resources: CompiledTemplate['Resources']) => void,
): CompiledTemplate {
  const template = structuredClone(compiledStack());
  change(template.Resources);
  return addressByContent(template);
}

export const withProperties = (resource: unknown, properties: object) => ({
  ...(resource as CompiledTemplate['Resources'][string]),
  Properties: { ...(resource as { Properties: object }).Properties, ...properties },
});

export const KAFKA = { kafkaRestUrl: 'https://kafka.example.com' };

export const WEB_ACL =
  'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/front/11111111-2222-3333-4444-555555555555';
