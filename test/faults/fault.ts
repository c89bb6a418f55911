import type { KinesisOptions } from 'embedded-aws/kinesis';
import type { Pace } from '../../hooks/verify/check';
import type { CheckName } from '../../hooks/verify/checks';
import type { Checks } from '../../hooks/verify/run-checks';
import type { EndpointId } from '../../resources/endpoints';
import type { Streams } from '../../resources/streams/declaration';
import type { ByHand } from './by-hand';
import type { Damage } from './damage';
import type { Parameters, Stage, Transport } from './stage';

/** Classes of faults; the chapters of docs/fault-matrix.md. */
export const FAULT_CLASSES = {
  role: 'The role',
  encryption: 'Streams encrypted with keys of KMS',
  integration: 'Integrations',
  method: 'Methods',
  request: 'Request templates',
  field: 'Fields',
  answer: 'Answers',
  gatewayResponse: "The gateway's own errors",
  validation: 'Request validation',
  access: 'Who is let in',
  cors: 'CORS',
  deployment: 'What the stage serves',
  existing: "Under somebody else's API",
  checkout: 'Deployed from another checkout',
  console: 'Changed by hand',
  event: 'Event endpoints of declared streams',
  kafka: 'The Kafka REST proxy',
  kinesis: 'Kinesis',
  network: 'Between the verifier and the API',
} as const;

export type FaultClass = keyof typeof FAULT_CLASSES;

/** An event endpoint: `/events/orders/batch`. */
export type EventPath = `/events/${string}`;

export const isEventPath = (blames: EndpointId | EventPath): blames is EventPath =>
  blames.startsWith('/events/');

/** One thing that is broken, and what the verifier has to say of it. */
export interface Fault {
  /** Unique: `role-without-PutRecord`. */
  readonly id: string;
  readonly class: FaultClass;
  /** In the words of docs/fault-matrix.md. */
  readonly broken: string;
  /** The report must name this: an endpoint, or words of the check's title or message. */
  readonly blames: EndpointId | EventPath | { readonly says: string };
  /** Endpoints that are broken as well, and whose checks may fail. */
  readonly alsoBreaks?: readonly EndpointId[];
  /** The checks that must fail. */
  readonly caughtBy: readonly CheckName[];
  /**
   * Checks that may fail as well because they depend on the broken part, besides the other checks
   * of the blamed route. Any other failure would be misleading.
   */
  readonly mayFail?: readonly CheckName[] | 'any';

  /** Of the stage, if it is not one that is open. */
  readonly parameters?: Parameters;
  /** The routes are under an API that is somebody else's. */
  readonly existingApi?: true;
  /** The stage has logs, a canary and a bucket of deployments, as one that the CLI deployed. */
  readonly whole?: true;
  /** That the stack declares. */
  readonly streams?: Streams;
  /** The checks that it is tried with, if not with all. */
  readonly checks?: Checks;
  /** The code of the stage's authorizer. */
  readonly authorizer?: string;
  /** The variables with the run's tokens. */
  readonly tokens?: () => Promise<NodeJS.ProcessEnv>;
  /** Done to the template, as if the repository had it so. */
  readonly template?: Damage;
  /** Done to the deployed stage, as with the console. */
  readonly byHand?: ByHand;
  /** Kinesis, if it is not a sound one. Called for each stage, for what counts requests. */
  readonly kinesis?: () => KinesisOptions;
  /** The network between the verifier and the API. */
  readonly network?: (stage: Stage) => Transport;
  readonly pace?: Partial<Pace>;
  /** The verifier compares with its own checkout, which is sound, although the template is not. */
  readonly comparesCheckout?: true;
}
