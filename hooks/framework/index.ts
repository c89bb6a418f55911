import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';
import { StackError } from '../../resources/errors';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';

/**
 * The part of the Serverless Framework that the hooks use; it ships types for configuration only.
 */
export interface Serverless {
  readonly service: {
    readonly service: string;
    readonly custom?: {
      readonly kinesisRestProxy?: {
        readonly parameters?: Readonly<Record<string, unknown>>;
        /** The streams that the service declares, as the stage has them. */
        readonly streams?: readonly DeclaredStream[];
        /** The producers with API keys of their own, as the stage has them. */
        readonly producers?: readonly DeclaredProducer[];
        /** The stage for which they were declared. */
        readonly stage?: string;
        /** Names of parameters that are the service's, not the API's. */
        readonly ownParameters?: readonly string[];
      };
      /** How stage `local` behaves. */
      readonly local?: Readonly<
        Partial<Record<'kinesis' | 'userPools' | 'host' | 'streams', unknown>>
      >;
    };
    /** Where in the deployment bucket this deploy's files are. */
    readonly package?: { readonly artifactDirectoryName?: string };
    readonly functions?: Readonly<
      Record<string, { handler?: string; environment?: Readonly<Record<string, unknown>> }>
    >;
    /** As serverless.ts has them, variables filled in. */
    readonly resources?: {
      readonly Resources?: Readonly<Record<string, unknown>>;
      readonly Outputs?: Readonly<Record<string, unknown>>;
      readonly Conditions?: Readonly<Record<string, unknown>>;
    };
    readonly provider: {
      compiledCloudFormationTemplate: CompiledTemplate;
      /** The stack before anything is deployed: the deployment bucket. */
      coreCloudFormationTemplate?: CompiledTemplate;
      /** Set by `deploy` where the deployment bucket holds what was packaged already. */
      shouldNotDeploy?: boolean;
    };
  };
  /** Missing outside the command line. */
  readonly utils?: {
    writeFileSync?: (file: string, contents: unknown, mayHaveCycles?: boolean) => unknown;
    /** JSON and YAML are parsed, by the file's ending. */
    readFileSync?: (file: string) => unknown;
  };
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  readonly pluginManager: {
    readonly plugins: readonly object[];
    spawn(command: string): Promise<void>;
  };
  /** The configuration with resolved variables; undefined outside a service. */
  readonly configurationInput?: Readonly<Record<string, unknown>>;
  /** Not in the framework's documentation, so it may be missing one day. */
  readonly configSchemaHandler?: { schema?: ConfigSchema };
  readonly processedInput: {
    readonly commands: readonly string[];
    readonly isHelpRequest?: boolean;
  };
  getProvider(name: 'aws'): AwsProvider;
}

export interface AwsProvider {
  getStage(): string;
  getRegion(): string;
  /** Configuration for AWS SDK clients: region, credentials, HTTP handler. */
  getAwsSdkV3Config(options?: object): Promise<CloudFormationClientConfig & { region: string }>;
  readonly naming: { getStackName(): string; getCompiledTemplateS3Suffix(): string };
  getServerlessDeploymentBucketName(): Promise<string>;
  getDeploymentPrefix(): string;
  /** The role that CloudFormation works with, if the service names one. */
  getCustomDeploymentRole?(): string | undefined;
}

/** The part of a JSON schema that says which properties an object may have. */
export interface ConfigSchema {
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  readonly [keyword: string]: unknown;
}

export interface CompiledTemplate {
  Resources: Record<string, CompiledResource>;
  Metadata?: unknown;
  Outputs?: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
}

export interface CompiledResource {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** Options of the command line that the hooks read. */
export interface Options {
  readonly stage?: string;
  readonly 'aws-profile'?: string;
  readonly 'skip-verify'?: boolean;
  readonly 'on-failure'?: string;
  readonly 'import-streams'?: boolean;
  readonly 'allow-protected'?: boolean;
  readonly 'read-only'?: boolean;
  readonly strict?: boolean;
  readonly watch?: boolean;
  readonly 'older-than'?: string;
  readonly 'with-undeployed'?: boolean;
  readonly keep?: boolean;
  readonly list?: boolean;
  readonly only?: string;
  readonly url?: string;
  readonly routes?: string;
  readonly stream?: string;
  readonly producer?: string;
  readonly value?: string;
  readonly usage?: boolean;
  readonly json?: boolean;
  readonly 'breaking-schema'?: string;
  readonly report?: string;
  readonly 'token-command'?: string;
  readonly 'without-token'?: boolean;
  readonly delete?: boolean;
  readonly kinesis?: string;
  readonly persist?: string;
  readonly host?: string;
  readonly port?: string;
  readonly streams?: string;
  readonly 'allow-host'?: string;
  readonly 'allow-origin'?: string;
  readonly 'user-pool'?: string | readonly string[];
  readonly param?: string | readonly string[];
}

/** The framework's writers, third argument of every plugin. */
export interface Utils {
  readonly log: Record<'notice' | 'warning' | 'info' | 'success', (text: string) => void>;
  readonly progress: {
    create(options: { name: string; message: string }): {
      update(text: string): void;
      remove(): void;
    };
  };
}

/** One command of a plugin, or options it adds to a command of the framework. */
export interface Command {
  readonly usage?: string;
  readonly lifecycleEvents?: readonly string[];
  readonly options?: Readonly<
    Record<string, { usage: string; type: 'string' | 'boolean' | 'multiple'; default?: string }>
  >;
  /** Commands of two words, by the second: `function` of `deploy function`. */
  readonly commands?: Readonly<Record<string, Command>>;
}

/** A mistake or a failure that a hook reports. Its message is what the user reads. */
export class HookError extends StackError {
  override readonly name: string = 'HookError';
  /** Printed by the framework beside the message: `VERIFICATION_FAILED`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Runs a hook so that the errors it means for the user reach him as the framework's own kind, which
 * it prints without a stack trace; anything else stays a defect and keeps its stack.
 */
export async function forUser<T>(serverless: Serverless, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw asUserError(serverless, error);
  }
}

export function asUserError(serverless: Serverless, error: unknown): unknown {
  if (error instanceof HookError) return new serverless.classes.Error(error.message, error.code);
  if (error instanceof StackError) {
    return new serverless.classes.Error(error.message, 'INVALID_STACK');
  }
  return error;
}
