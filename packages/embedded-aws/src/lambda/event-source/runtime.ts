import type { Caller, Scope } from '../../core/caller';
import type { Kinesis } from '../../kinesis';

/** The parts of other services that event source mappings need. */
export interface EventSourceRuntime {
  readonly kinesis: Pick<Kinesis, 'invoke' | 'tail'>;
  /**
   * The session in which Lambda acts for a function.
   * @throws AwsError AccessDenied, 403, if Lambda may not assume the role
   */
  assumeRole(roleArn: string, scope: Scope): Caller;
  /** Publishes to a topic of SNS. @throws AwsError */
  publish(caller: Caller, topicArn: string, message: string): void;
  /** The age of a batch's last record when its function is called, in milliseconds. */
  measureAge(scope: Scope, functionName: string, milliseconds: number): void;
  /** Tells the user what no service can. */
  report(line: string): void;
  /** Milliseconds since 1970. */
  now(): number;
}
