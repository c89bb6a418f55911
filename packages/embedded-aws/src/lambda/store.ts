import { createHash, randomUUID } from 'node:crypto';
import { partitionOf, type Scope } from '../core/caller';
import { AwsError } from '../core/errors';
import { memberViolations } from '../core/shapes/constraints';
import { constraintError } from '../core/validation';
import { invalidParameter, notFound, VALIDATION } from './errors';
import type { MappingStore } from './event-source/store';
import type { Execution, LambdaRuntime } from './execute';

/** The code of a function: a zip from S3, or the text of a template. */
export interface FunctionCode {
  readonly sha256: string;
  readonly size: number;
  readonly bytes: Buffer;
  /** True for a zip; false for the text of `index.js`. */
  readonly isArchive: boolean;
}

/** A function's configuration; members are named as in Lambda's API. */
export interface FunctionConfiguration {
  readonly Description: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  /** Seconds. */
  readonly Timeout: number;
  /** MB. */
  readonly MemorySize: number;
  readonly Architectures: readonly string[];
  /** MB. */
  readonly EphemeralStorage: number;
  readonly TracingMode: string;
  readonly Environment: Readonly<Record<string, string>> | undefined;
}

/** A published version. */
export interface FunctionVersion {
  readonly version: string;
  readonly description: string;
  readonly revisionId: string;
  readonly configuration: FunctionConfiguration;
  readonly code: FunctionCode;
  readonly lastModified: Date;
}

/** Retries and destinations of failed events; members are named as in Lambda's API. */
export interface EventInvokeConfig {
  readonly MaximumRetryAttempts: number | undefined;
  /** Seconds. */
  readonly MaximumEventAgeInSeconds: number | undefined;
  readonly lastModified: Date;
}

/** A function, its versions, and the permissions to call it. */
export interface StoredFunction {
  readonly name: string;
  readonly arn: string;
  configuration: FunctionConfiguration;
  code: FunctionCode;
  lastModified: Date;
  revisionId: string;
  readonly tags: Map<string, string>;
  readonly versions: FunctionVersion[];
  nextVersion: number;
  /** Settings of asynchronous invocations, by qualifier. */
  readonly eventInvokeConfigs: Map<string, EventInvokeConfig>;
  /** Statements of its policy by id. */
  readonly permissions: Map<string, object>;
}

const functionName = { type: 'String', min: 1, max: 64, pattern: '[a-zA-Z0-9-_]+' } as const;

export function codeOf(bytes: Buffer, isArchive = true): FunctionCode {
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  return { sha256, size: bytes.length, bytes, isArchive };
}

/** The qualifier of a function's unpublished version. */
const LATEST = '$LATEST';

/** The functions of one account in one region, and their runtime. */
export interface LambdaStore {
  readonly functions: FunctionStore;
  readonly mappings: MappingStore;
  /** If absent, invocations are rejected. */
  readonly runtime: LambdaRuntime | undefined;
  /** Runs a function that is invoked. */
  readonly run: Execution['run'];
}

/** The functions of one account in one region. */
export class FunctionStore {
  readonly functions = new Map<string, StoredFunction>();
  readonly #prefix: string;

  constructor({ accountId, region }: Scope) {
    this.#prefix = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:`;
  }

  arnOf(name: string): string {
    return this.#prefix + name;
  }

  /** @throws AwsError ValidationException, ResourceConflictException */
  create(
    name: string,
    configuration: FunctionConfiguration,
    code: FunctionCode,
    tags: ReadonlyMap<string, string>,
  ): StoredFunction {
    const violations = memberViolations('functionName', functionName, name);
    if (violations.length > 0) throw constraintError(VALIDATION, violations);
    if (this.functions.has(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, {
        status: 409,
      });
    }
    const created: StoredFunction = {
      name,
      arn: this.arnOf(name),
      configuration,
      code,
      lastModified: new Date(),
      revisionId: randomUUID(),
      tags: new Map(tags),
      versions: [],
      nextVersion: 1,
      eventInvokeConfigs: new Map(),
      permissions: new Map(),
    };
    this.functions.set(name, created);
    return created;
  }

  /**
   * @param reference a name, a name with a qualifier, or either's ARN
   * @throws AwsError ResourceNotFoundException, 404
   */
  get(reference: string): StoredFunction {
    const { name } = this.parse(reference);
    const found = this.functions.get(name);
    if (found === undefined) throw notFound(`Function not found: ${this.arnOf(name)}`);
    return found;
  }

  all(): StoredFunction[] {
    return [...this.functions.values()];
  }

  /** The qualifier of a request, separate or in the reference; `$LATEST` by default. */
  qualifier(reference: string, given: string | undefined): string {
    return given ?? this.parse(reference).qualifier ?? LATEST;
  }

  /**
   * The version that a request names; undefined for `$LATEST`.
   * @throws AwsError ResourceNotFoundException, 404
   */
  version(reference: string, given: string | undefined): FunctionVersion | undefined {
    const qualifier = this.qualifier(reference, given);
    if (qualifier === LATEST) return undefined;
    const { versions, arn } = this.get(reference);
    const found = versions.find(({ version }) => version === qualifier);
    if (found === undefined) throw notFound(`Function not found: ${arn}:${qualifier}`);
    return found;
  }

  /** The name and the qualifier in a reference. */
  parse(reference: string): { readonly name: string; readonly qualifier: string | undefined } {
    const local = reference.replace(/^(?:arn:[^:]+:lambda:[^:]*:)?(?:\d{12}:)?function:/, '');
    const [name = '', qualifier] = local.split(':');
    return { name, qualifier };
  }

  /**
   * Publishes `$LATEST` as a version.
   * @throws AwsError if nothing changed since the last version, or the code has another hash
   */
  publish(reference: string, description: string, sha256: string | undefined): FunctionVersion {
    const lambda = this.get(reference);
    if (sha256 !== undefined && sha256 !== lambda.code.sha256) {
      throw invalidParameter(
        `CodeSHA256 (${sha256}) is different from current CodeSHA256 in $LATEST (${lambda.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    }
    const last = lambda.versions.at(-1);
    if (last?.revisionId === lambda.revisionId) {
      throw new AwsError(
        'AlreadyExists',
        `A version for this Lambda function exists ( ${last.version} ). Modify the function to create a new version.`,
        { status: 409 },
      );
    }
    const { configuration, code, revisionId } = lambda;
    const version: FunctionVersion = {
      version: String(lambda.nextVersion++),
      description,
      revisionId,
      configuration,
      code,
      lastModified: new Date(),
    };
    lambda.versions.push(version);
    return version;
  }
}
