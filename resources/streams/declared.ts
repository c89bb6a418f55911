import { type DeclaredDoor, declaredDoor } from '../authorization/declaration';
import { contractMistake } from '../contracts/check';
import { contractOf } from '../contracts/contract';
import type { Throttle } from '../endpoints/shared/endpoint';
import { StackError } from '../errors';
import { DEFAULT_SENDERS, type Sender } from '../events/senders';
import { checkSpelling } from '../parameters/stages';
import { checkDeclaration } from './check';
import type { KeyOptions, StreamSettings, Streams } from './declaration';
import { defaultName, ofStage } from './settings';

/**
 * A declared stream as one stage has it, all defaults filled in. It is JSON: the stack remembers it
 * in its Metadata, for the verifier, and plugins find it in `custom`.
 */
export interface DeclaredStream extends DeclaredDoor {
  /** As in streams.ts and in the paths: `orders`. */
  readonly name: string;
  /** In Kinesis; until the framework has filled it in, with its variables. */
  readonly streamName: string;
  readonly existing: boolean;
  /** A number of shards, or on demand. */
  readonly shards: number | 'on-demand';
  readonly retentionHours: number;
  readonly encryption: boolean;
  readonly kmsKeyArn?: string;
  readonly maxRecordSizeKiB?: number;
  readonly consumers: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly onRemove: 'retain' | 'delete';

  readonly senders: readonly Sender[];
  readonly key: KeyOptions;
  readonly delimiter?: 'newline';
  readonly envelope: boolean;
  readonly keepHeaders: readonly string[];
  readonly keepClaims?: readonly string[];
  readonly idHeader?: string;
  readonly answer: 'json' | 'empty';
  readonly pixel: 'svg' | 'empty';
  readonly origins: readonly string[];
  readonly throttle?: Throttle;
  readonly testRecords: boolean;
  readonly refusedIsLost?: true;
  /** The schema of its events, if it has one. */
  readonly contract?: Contract;
}

/** The contract of a stream's events. */
export interface Contract {
  /** Path of the schema's file, from the folder of serverless.ts. */
  readonly schemaFile: string;
  readonly sampleFile: string;
  /** JSON Schema, draft 4, as API Gateway has it. */
  readonly schema: object;
  /** A valid event, as its file has it. */
  readonly sample: string;
}

/** Where declared streams are compiled for. */
export interface StreamContext {
  /** Of the command line, or of `Settings`; `local` by default. */
  readonly stage: string;
  /** Of serverless.ts: paths of schemas begin there. */
  readonly folder: string;
}

/**
 * The streams as a stage has them.
 * @throws StackError for a mistake, naming stream and member
 */
export function declaredStreams(streams: Streams, context: StreamContext): DeclaredStream[] {
  checkDeclaration(streams);
  for (const [name, { stages = {} }] of Object.entries(streams)) {
    checkSpelling(context.stage, stages, `${name}.stages of streams.ts`);
  }
  return Object.entries(streams).map(([name, declaration]) =>
    declared(name, ofStage(declaration, context.stage), context),
  );
}

const DEFAULTS = {
  existing: false,
  shards: 1,
  retentionHours: 24,
  encryption: true,
  consumers: [],
  tags: {},
  onRemove: 'retain',
  senders: DEFAULT_SENDERS,
  envelope: false,
  keepHeaders: [],
  answer: 'json',
  pixel: 'svg',
  origins: [],
} as const;

function declared(
  name: string,
  { schema, sample, ...given }: StreamSettings,
  { stage, folder }: StreamContext,
): DeclaredStream {
  const { key = 'request-id', authorization, ...settings } = given;
  const contract = contractOf(name, { ...given, schema, sample }, folder);
  const stream: DeclaredStream = {
    ...DEFAULTS,
    name,
    streamName: defaultName(name),
    key: typeof key === 'string' ? { from: key } : key,
    testRecords: stage === 'local',
    ...withoutUndefined(settings),
    ...declaredDoor(authorization),
    // Consumers of another's stream are the other's.
    ...(settings.existing && { consumers: [] }),
    ...(contract && { contract }),
  };
  const mistake = contractMistake(stream);
  if (mistake !== undefined) throw new StackError(`streams.ts: ${name}.${mistake}`);
  return stream;
}

/** `{ shards: undefined }` is the default, as it is without the member. */
const withoutUndefined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
