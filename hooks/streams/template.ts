import type { DeclaredStream } from '../../resources/streams/declared';
import type { CompiledTemplate } from '../framework';
import type { Stack } from '../stage/load-target';

/** A Kinesis stream that a template declares under a name of its own. */
export interface NamedStream {
  readonly id: string;
  readonly name: string;
  /** Its name in streams.ts; undefined for one of the service's own resources. */
  readonly declaredAs: string | undefined;
  readonly shards: number | undefined;
  readonly retentionHours: number;
  /** The key that it is encrypted with, if it is. */
  readonly keyId: string | undefined;
  readonly keeps: { readonly onRemoval: boolean; readonly onReplacement: boolean };
}

export interface StreamProperties {
  readonly Name?: unknown;
  readonly ShardCount?: number;
  readonly RetentionPeriodHours?: number;
  readonly StreamEncryption?: { readonly KeyId?: string };
}

const TYPE = 'AWS::Kinesis::Stream';

/** The streams of a template, but those to which CloudFormation gives a name. */
export function namedStreams(
  { Resources }: CompiledTemplate,
  declared: readonly DeclaredStream[] = [],
): NamedStream[] {
  return Object.entries(Resources).flatMap(([id, resource]) => {
    const properties = (resource.Properties ?? {}) as StreamProperties;
    const { Name: name, ShardCount: shards, RetentionPeriodHours: retentionHours } = properties;
    if (resource.Type !== TYPE || typeof name !== 'string') return [];
    return [
      {
        id,
        name,
        declaredAs: declared.find(({ streamName }) => streamName === name)?.name,
        shards: shards === undefined ? undefined : Number(shards),
        retentionHours: Number(retentionHours ?? 24),
        keyId: properties.StreamEncryption?.KeyId,
        keeps: {
          onRemoval: /^Retain/.test(resource.DeletionPolicy ?? 'Delete'),
          onReplacement: /^Retain/.test(resource.UpdateReplacePolicy ?? 'Delete'),
        },
      },
    ];
  });
}

/** A stream that a stack has. */
export interface StackStream {
  readonly id: string;
  readonly name: string;
  readonly keeps: boolean;
  /** ARNs of the consumers that the stack has registered. */
  readonly consumers: readonly string[];
}

/** The streams of a deployed stack, whoever named them. */
export function stackStreams({ template, physicalIds }: Stack): StackStream[] {
  const consumers = Object.entries(template.Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::Kinesis::StreamConsumer' ? (physicalIds[id] ?? []) : [],
  );
  return Object.entries(template.Resources).flatMap(([id, { Type, DeletionPolicy }]) => {
    const name = physicalIds[id];
    if (Type !== TYPE || name === undefined || name === '') return [];
    return [{ id, name, keeps: /^Retain/.test(DeletionPolicy ?? 'Delete'), consumers }];
  });
}
