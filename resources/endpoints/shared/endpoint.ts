import type { ErrorCode } from '../../openapi/errors';
import type { Schema } from '../../openapi/schema';
import type { BodySchema } from './body-schema';
import type { ContentType } from './content-types';

/** Groups of operations in the OpenAPI document. */
export const TAGS = {
  Streams: 'Create, list, describe and delete streams',
  Writing: 'Put records into a stream',
  Reading: "Read records: list the shards, get an iterator, follow it through the shard's records",
} as const;

/** A query parameter or a header. */
export interface Parameter {
  readonly description: string;
  readonly schema: Schema;
  /** Requests without it are rejected (400). An empty optional parameter counts as absent. */
  readonly required?: true;
  /** Kinesis accepts any text here, so verification sends hostile text only in `mappings`. */
  readonly takesAnyText?: true;
  /** Name for oapi-codegen, if two parameters' names differ only in case. */
  readonly goName?: string;
}

/** One content type that an endpoint accepts. */
export interface RequestBody {
  /** Name of the mapping template: `PutRecord.request` is `templates/PutRecord.request.vtl`. */
  readonly template: string;
  /** API Gateway validates bodies against it; if absent, bodies are ignored. */
  readonly body?: BodySchema;
  /** The smallest body that is valid and safe to send. */
  readonly good?: unknown;
  /**
   * Makes a valid value of the member that holds arbitrary JSON, for checks and tests that send
   * many kinds of values. Keep it in step with the schema of that member.
   */
  readonly wrapData?: (value: unknown) => unknown;
}

export interface Answer {
  /** Schema of the success answer's body. */
  readonly schema: Schema;
  /** Name of the success answer's template; if absent, Kinesis's JSON is passed on unchanged. */
  readonly template?: string;
  /** The status of answers that report partial success. */
  readonly partial?: {
    readonly status: number;
    readonly description: string;
    /** For docs/statuses.md. */
    readonly when: string;
  };
}

/**
 * A request and its answer, shown under the same name in the OpenAPI document.
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

/** A request and the JSON that Kinesis must receive for it. */
export interface Mapping {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Required for endpoints that accept a body. */
  readonly contentType?: ContentType;
  /** The entire request to Kinesis, except `StreamName`, which comes from the path. */
  readonly sends: object;
  /** Set if Kinesis rejects `StreamName` together with these members. */
  readonly withoutStream?: true;
}

/** Requests that verification sends in addition to the hostile values of each parameter. */
export interface HostileRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * A limit of the endpoint's own, in place of the stage's `throttleRate` and `throttleBurst`. API
 * Gateway refills a bucket of `burst` tokens at `rate`, so that up to `burst + rate` requests pass
 * within a second: that sum has to stay below Kinesis's quota on the action
 * (resources/kinesis-quotas.ts), and leave room for the account's other programs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export interface Throttle {
  /** Requests per second. */
  readonly rate: number;
  /** Size of a burst, in requests. */
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
   * The resources on which IAM can grant the action: the streams of parameter `streams`, or only
   * `*`. A stage confined to some streams refuses to deploy an endpoint with `*` that reaches
   * others.
   */
  readonly grantedOn: 'streams' | '*';
  /**
   * Further action that a caller needs on the key of an encrypted stream.
   * https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
   */
  readonly grantedOnKey?: 'kms:GenerateDataKey' | 'kms:Decrypt';
  /** Where the stream's name comes from: the path, an iterator, or nowhere. */
  readonly streamFrom: 'path' | 'iterator' | 'none';
  /** Creates or deletes streams; not deployed if parameter `manageStreams` is false. */
  readonly managesStreams?: true;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description: string;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly headers?: Readonly<Record<string, Parameter>>;
  /** By content type; other content types are rejected (415). */
  readonly requests: Readonly<Partial<Record<ContentType, RequestBody>>>;
  readonly answer: Answer;
  /** Kinesis's errors besides those common to all endpoints (resources/openapi/errors.ts). */
  readonly errors: readonly ErrorCode[];
  readonly examples: readonly Example[];
  /** A valid request without its body, which is in `requests`. */
  readonly good?: {
    readonly query?: Readonly<Record<string, string>>;
  };
  readonly hostile?: readonly HostileRequest[];
  /** Must cover every parameter and member at least once. */
  readonly mappings: readonly Mapping[];
  /** Required where Kinesis has a quota on the action; off where `endpointThrottles` is false. */
  readonly throttle?: Throttle;
  /** The cells of README's table. */
  readonly readme: { readonly request: string; readonly answer: string };
}

/** Declares an endpoint. Only the id keeps its literal type, to keep compiler errors short. */
export function defineEndpoint<const Id extends string>(endpoint: Endpoint<Id>): Endpoint<Id> {
  return endpoint;
}
