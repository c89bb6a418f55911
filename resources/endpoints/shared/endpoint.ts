import type { ErrorCode } from '../../openapi/errors';
import type { Schema } from '../../openapi/schema';
import type { BodySchema } from './body-schema';
import type { ContentType } from './content-types';

/** The operations of the OpenAPI document are grouped by these. */
export const TAGS = {
  Streams: 'Create, list, describe and delete streams',
  Writing: 'Put records into a stream',
  Reading: "Read records: list the shards, get an iterator, follow it through the shard's records",
} as const;

/** A query parameter or a header. */
export interface Parameter {
  readonly description: string;
  readonly schema: Schema;
  /** API Gateway answers 400 to a request without it. An empty value counts as none for the others. */
  readonly required?: true;
  /** Kinesis refuses no text here: verification sends hostile text in the mappings only. */
  readonly takesAnyText?: true;
  /** For oapi-codegen, where another parameter's name differs only in case. */
  readonly goName?: string;
}

/** One content type that an endpoint accepts. */
export interface RequestBody {
  /** Name of the mapping template: `PutRecord.request` is `templates/PutRecord.request.vtl`. */
  readonly template: string;
  /** API Gateway validates bodies against it; without one, a body is ignored. */
  readonly body?: BodySchema;
  /** The smallest body that is valid and safe to send. */
  readonly good?: unknown;
  /**
   * Puts a value into the member that holds any JSON, for checks and tests that send values of many
   * kinds. Change it together with the schema of that member.
   */
  readonly wrapData?: (value: unknown) => unknown;
}

export interface Answer {
  /** Schema of the success answer's body. */
  readonly schema: Schema;
  /** Name of the success answer's template; without one Kinesis's JSON is passed on unchanged. */
  readonly template?: string;
  /** The status of an answer that reports partial success. */
  readonly partial?: {
    readonly status: number;
    readonly description: string;
    /** For docs/statuses.md. */
    readonly when: string;
  };
}

/**
 * A request and its answer, shown in the OpenAPI document, where both bear its name.
 * test/end-to-end/contract-openapi.test.ts sends each request and compares the answer.
 */
export interface Example {
  readonly name: string;
  readonly summary: string;
  /** The stream in the path, `orders` by default. */
  readonly stream?: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: ContentType;
  readonly body?: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** A request, and the JSON that Kinesis must receive for it. */
export interface Mapping {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Required for endpoints that accept a body. */
  readonly contentType?: ContentType;
  /** All of Kinesis's request except `StreamName`, which is the stream in the path. */
  readonly sends: object;
  /** Kinesis takes no `StreamName` beside these members. */
  readonly withoutStream?: true;
}

/** Requests that verification sends in addition to the hostile values of each parameter. */
export interface HostileRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A limit in place of the stage's `throttleRate` and `throttleBurst`. */
export interface Throttle {
  /** Requests a second. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/**
 * Everything that is declared about one endpoint. Methods, models, the role, the OpenAPI document,
 * README's table, docs and the verifier's coverage are derived from it.
 */
export interface Endpoint<Id extends string = string> {
  /** Unique and permanent: the logical ids in the deployed stack derive from it. */
  readonly id: Id;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the stage, with API Gateway's `{parameter}` notation. */
  readonly path: `/${string}`;
  /** The Kinesis action to call; several endpoints may call the same one. */
  readonly action: string;
  /**
   * What IAM can grant the action on: the streams of the stage's parameter `streams`, or only `*`. A
   * stage that is confined to some streams refuses to deploy an endpoint with `*` that reaches others.
   */
  readonly grantedOn: 'streams' | '*';
  /** How Kinesis learns which stream is meant: from the path, from an iterator, or not at all. */
  readonly streamFrom: 'path' | 'iterator' | 'none';
  /** Creates or deletes streams; left out of a stage whose parameter `manageStreams` is false. */
  readonly managesStreams?: true;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description: string;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  /** By content type; other content types are refused with 415. */
  readonly requests: Readonly<Partial<Record<ContentType, RequestBody>>>;
  readonly answer: Answer;
  /** Kinesis's errors beside those that every endpoint may return (resources/openapi/errors.ts). */
  readonly errors: readonly ErrorCode[];
  readonly examples: readonly Example[];
  /** A valid request, beside its body: `requests` has that. */
  readonly good?: {
    readonly query?: Readonly<Record<string, string>>;
  };
  readonly hostile?: readonly HostileRequest[];
  /** Every parameter and member at least once. */
  readonly mappings: readonly Mapping[];
  readonly throttle?: Throttle;
  /** The cells of README's table. */
  readonly readme: { readonly request: string; readonly answer: string };
}

/** Declares an endpoint. Only its id keeps a type of its own, so that errors stay short. */
export function defineEndpoint<const Id extends string>(endpoint: Endpoint<Id>): Endpoint<Id> {
  return endpoint;
}
