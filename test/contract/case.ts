import type { Fault } from 'embedded-aws/kinesis';
import type { EndpointId } from '../../resources/endpoints';

/** A request below the stage; method and path are those of the action's route. */
export interface CaseRequest {
  /** The stream of the path; the suite's own one unless told otherwise. */
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it stands, in place of `body`. */
  readonly text?: string;
  /** `application/json` for a request with a body, unless told otherwise. */
  readonly contentType?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; undefined when it is none. */
  readonly json: unknown;
}

/** A record that is in the suite's stream. */
export interface KnownRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  /** In base64, as GetRecords gives it. */
  readonly data: string;
  readonly partitionKey: string;
  /** When its stream was made, in seconds since 1970; it came after that. */
  readonly createdAt: number;
}

/** The environment of the cases, and helpers to prepare it. */
export interface World {
  /** A stream of two shards, in which there are records. */
  readonly stream: string;
  /** Another stream, whose name comes after the first's. */
  readonly otherStream: string;
  readonly record: KnownRecord;
  /** A stream outside what the stage's role may touch. Local runs only. */
  readonly forbiddenStream: string;
  send(endpoint: EndpointId, request?: CaseRequest): Promise<Answer>;
  /** A name that no stream has. What comes to be under it is deleted at the end. */
  newName(): string;
  /** Makes a stream and waits until it is active. */
  newStream(shardCount?: number): Promise<string>;
  /** An iterator of the suite's stream, or of the one named. */
  iterator(query: Readonly<Record<string, string>>, stream?: string): Promise<string>;
  /** The record that an answer to PutRecord, or one result of PutRecords, speaks of. */
  stored(result: unknown): Promise<{ bytes: Buffer; partitionKey: string }>;
  /**
   * Looks again, with pauses, until there is something to see.
   * @param what it is, for the error
   * @throws Error when it takes too long
   */
  poll<T>(look: () => Promise<T | undefined>, what: string): Promise<T>;
}

/** Asserts what must hold for an answer, besides its status. */
export type Holds = (answer: Answer, world: World, request: CaseRequest) => void | Promise<void>;

/** One thing that the API promises. */
export interface ContractCase {
  /** The promise, which together with the status is the test's title. */
  readonly title: string;
  readonly status: number;
  /** The envelope's code, when the status is an error. */
  readonly code?: string;
  readonly request?: CaseRequest | ((world: World) => CaseRequest | Promise<CaseRequest>);
  /** Injected fault of Kinesis. Such cases run only on the embedded AWS. */
  readonly fault?: Fault;
  /** For cases that need the embedded AWS for other reasons: throttling or costs on AWS. */
  readonly localOnly?: true;
  /** Looks at what the status and the schema do not tell. */
  readonly holds?: Holds;
}

/** The title of a case's test. */
export const titleOf = ({ status, title }: Pick<ContractCase, 'status' | 'title'>): string =>
  `${status}: ${title}`;

/** A JSON object, for looking into. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new TypeError(`Not an object: ${JSON.stringify(value)}`);
}

/** A list in an answer. */
export function listOf(answer: Answer, name: string): readonly Readonly<Record<string, unknown>>[] {
  const list = members(answer.json)[name];
  if (Array.isArray(list)) return list;
  throw new TypeError(`No list ${name} in ${answer.text}`);
}
