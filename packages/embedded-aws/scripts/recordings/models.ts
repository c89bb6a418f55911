import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kinesis from '@aws-sdk/client-kinesis';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as sts from '@aws-sdk/client-sts';

// AWS's models of answers, as the AWS SDK's clients hold them: boto3, which the recordings were made
// with, gives its members the same names.

/** A type of AWS's models. Structures have members, lists and maps the type of their values. */
export type Type =
  | { readonly kind: 'simple' }
  | { readonly kind: 'list'; readonly value: () => Type }
  | { readonly kind: 'map'; readonly value: () => Type }
  | Structure;

export interface Structure {
  readonly kind: 'structure';
  /** The service and the structure: `kinesis.Shard`. */
  readonly name: string;
  readonly members: Readonly<Record<string, () => Type>>;
}

export interface Service {
  readonly name: string;
  /** The structures of answers by the operations that give them. */
  readonly outputs: Readonly<Record<string, Structure>>;
  /** Every structure within an answer by name. */
  readonly structures: ReadonlyMap<string, Structure>;
}

type Sdk = Readonly<Record<string, unknown>>;

/** Names as folders of tests have them. */
export const SDKS = {
  apigateway: apiGateway,
  cloudformation: cloudFormation,
  cloudwatch: cloudWatch,
  events,
  iam,
  kinesis,
  lambda,
  logs,
  s3,
  sts,
} as const satisfies Readonly<Record<string, Sdk>>;

export type ServiceName = keyof typeof SDKS;

/** The schemas of the SDK: a number for what it is, namespace, name, traits, and the parts. */
type Schema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  ...unknown[],
];
/** A member of a structure may have traits of its own beside its schema. */
type SchemaRef = Schema | readonly [SchemaRef, object | number] | number | (() => SchemaRef);

const hasTraits = (
  ref: Schema | readonly [SchemaRef, object | number],
): ref is readonly [SchemaRef, object | number] => typeof ref[1] !== 'string';

const SCHEMA = { list: 1, map: 2, structure: 3, union: 4, operation: 9 } as const;

const SIMPLE: Type = { kind: 'simple' };

/** Lists and maps of simple values are numbers: 64 and 128 with the type of the values added. */
function numberedType(number: number): Type {
  if (number >= 128) return { kind: 'map', value: () => SIMPLE };
  return number >= 64 ? { kind: 'list', value: () => SIMPLE } : SIMPLE;
}

function typeReader(service: string) {
  const read = new Map<string, Structure>();
  const typeOf = (ref: SchemaRef): Type => {
    if (typeof ref === 'function') return typeOf(ref());
    if (typeof ref === 'number') return numberedType(ref);
    if (hasTraits(ref)) return typeOf(ref[0]);
    const [kind, , name, , ...parts] = ref;
    if (kind === SCHEMA.list) return { kind: 'list', value: () => typeOf(parts[0] as SchemaRef) };
    if (kind === SCHEMA.map) return { kind: 'map', value: () => typeOf(parts[1] as SchemaRef) };
    const isStructure = kind === SCHEMA.structure || kind === SCHEMA.union;
    return isStructure ? (read.get(name) ?? structureOf(name, parts)) : SIMPLE;
  };
  const structureOf = (name: string, parts: readonly unknown[]): Structure => {
    const [names, types] = parts as [readonly string[], readonly SchemaRef[]];
    const structure: Structure = {
      kind: 'structure',
      name: `${service}.${name}`,
      members: Object.fromEntries(
        names.map((member, index) => [member, () => typeOf(types[index] as SchemaRef)]),
      ),
    };
    read.set(name, structure);
    return structure;
  };
  return { typeOf, read };
}

function serviceOf(name: string, sdk: Sdk): Service {
  const { typeOf, read } = typeReader(name);
  const outputs: Record<string, Structure> = {};
  for (const [exported, value] of Object.entries(sdk)) {
    const [, operation] = /^([A-Z]\w*)Command$/.exec(exported) ?? [];
    if (operation === undefined) continue;
    const { schema } = new (value as new (input: object) => { schema: Schema })({});
    const output = typeOf(schema[5] as SchemaRef);
    if (output.kind === 'structure') outputs[operation] = output;
  }
  const reach = (type: Type, reached: Set<Type>): void => {
    if (reached.has(type)) return;
    reached.add(type);
    if (type.kind === 'structure') {
      for (const member of Object.values(type.members)) reach(member(), reached);
    } else if (type.kind !== 'simple') reach(type.value(), reached);
  };
  for (const output of Object.values(outputs)) reach(output, new Set());
  return { name, outputs, structures: read };
}

/** The models of all services that one of AWS's clients is installed for. */
export function readModels(): readonly Service[] {
  return Object.entries(SDKS).map(([name, sdk]) => serviceOf(name, sdk));
}
