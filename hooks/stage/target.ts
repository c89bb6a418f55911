import { declaredKeys } from '../../resources/encryption-keys';
import type { ParameterName } from '../../resources/parameters';
import type { DeclaredProducer } from '../../resources/producers/declared';
import type { DeclaredStream } from '../../resources/streams/declared';
import type { CompiledTemplate } from '../framework';

/** A deployed stage: where it is, and what it was deployed as. */
export interface Target {
  /** The service's name in serverless.ts. */
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  /** `https://abc123.execute-api.eu-west-1.amazonaws.com/dev` */
  readonly invokeUrl: string;
  readonly restApiId: string;
  /** The deployment that the stack made; every answer names the one that gave it. */
  readonly deploymentId: string;
  readonly apiKeyId: string | undefined;
  /** The parameters it was deployed with. */
  readonly parameters: Readonly<Record<ParameterName, string>>;
  /** The streams that it was deployed with. */
  readonly streams: readonly DeclaredStream[];
  /** The stack itself; undefined where only the API is checked, as by the canary. */
  readonly stack: DeployedStack | undefined;
}

export interface DeployedStack {
  /** As it was deployed. */
  readonly template: CompiledTemplate;
  /** By logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
  /** The service's name, if there is a checkout to compare with. */
  readonly service: string | undefined;
  /** The streams that the checkout declares; absent where there is none. */
  readonly declared?: readonly DeclaredStream[];
  /** The producers that it declares. */
  readonly producers?: readonly DeclaredProducer[];
  /** The value of the pseudo parameter. */
  readonly accountId: string;
  /** The same: the stack's ARN. */
  readonly stackId?: string;
  readonly partition: string;
  /** The stage on which a new deployment is being verified, beside this one. */
  readonly shadow?: string;
  /** Of a shadow: the stack's resources, for references to those that `template` leaves out. */
  readonly resources?: CompiledTemplate['Resources'];
  /** Of a shadow: the stage that it is to become. */
  readonly live?: string;
}

/** The origins that the stage allows; `*` for all. */
export function corsOrigins({ parameters }: Target): string[] {
  return parameters.corsOrigins === '' ? [] : parameters.corsOrigins.split(',');
}

export const managesStreams = ({ parameters }: Target) => parameters.manageStreams !== 'false';

/** ARNs of the keys of one's own with which the stage's streams are encrypted, declared ones too. */
export const encryptionKeys = ({ parameters: { kmsKeyArns }, streams }: Target): string[] => [
  ...new Set([...(kmsKeyArns === '' ? [] : kmsKeyArns.split(',')), ...declaredKeys(streams)]),
];

/**
 * True if the endpoints are in a shared API, whose owner decides on its stage, settings and errors.
 */
export const sharesApi = ({ parameters }: Target) => parameters.restApiId !== '';

/** The stage of the REST API, which in a shared API may have another name than the service's. */
export const apiStage = ({ parameters, stage }: Pick<Target, 'parameters' | 'stage'>) =>
  parameters.restApiStage || stage;

/** The Kafka REST proxy behind `/{proxy+}`; undefined without one. */
export const kafkaRestUrl = ({ parameters }: Target) => parameters.kafkaRestUrl || undefined;

/** The reason to skip checks that compare with the stack, if there is no stack. */
export const withoutStack = ({ stack }: Target) =>
  stack === undefined ? 'only the API is checked' : undefined;
