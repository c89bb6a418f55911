import type { Scope } from '../core/caller';
import type { Measurement } from '../core/metric';
import { jsonService } from '../core/protocol/json';
import { Regional, type Stores } from '../core/regional';
import { remember } from '../core/remember';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { invalidInput, invalidParameter } from './errors';
import { OPERATIONS } from './operations';
import { LogsState } from './state';
import { LogStore } from './store';

export { logsResourceHandlers } from './resource-handlers';

/** CloudWatch Logs, and how other services write to it. */
export interface Logs extends AwsService, Stores<LogStore> {
  /** State that survives a restart. */
  readonly state: Persistent;
  /**
   * Writes one line, as a service of AWS does.
   * @param logGroupArn with or without `:*` at its end
   * @param stream created when it is missing
   * @returns false when there is no such group: the line is lost, as it is on AWS
   */
  write(logGroupArn: string, line: string, stream?: string): boolean;
}

const GROUP_ARN = /^arn:aws[a-z-]*:logs:([^:]+):(\d{12}):log-group:([^:]+)(?::\*)?$/;
const DEFAULT_STREAM = 'default';

/** The scope and the name of a log group. @throws AwsError when the text is no log group's ARN */
const groupOf = remember(1_000, (arn: string) => {
  const [, region, accountId, name] = GROUP_ARN.exec(arn) ?? [];
  if (region !== undefined && accountId !== undefined && name !== undefined) {
    return { scope: { accountId, region }, name };
  }
  throw invalidParameter(`Not a log group's ARN: ${arn}`);
});

/**
 * CloudWatch Logs: groups, streams, events and metric filters, kept per account and region.
 * @param publish takes the metrics that filters make of events
 */
export function createLogs(publish?: (scope: Scope, measurement: Measurement) => void): Logs {
  const state = new LogsState(
    (note) =>
      new Regional((scope) => {
        const sink = publish && ((measurement: Measurement) => publish(scope, measurement));
        return new LogStore(scope, { note, publish: sink });
      }),
  );
  const { stores } = state;
  const store = (scope: Scope) => stores.in(scope);
  return {
    ...jsonService({
      signingName: 'logs',
      operations: OPERATIONS,
      store,
      invalidInput,
    }),
    state,
    store,
    write(logGroupArn, line, stream = DEFAULT_STREAM) {
      const { scope, name } = groupOf(logGroupArn);
      const group = stores.in(scope).groups.get(name);
      if (group === undefined) return false;
      group.append(group.streams.get(stream) ?? group.createStream(stream), Date.now(), line);
      return true;
    },
  };
}
