import type { Scope } from '../core/caller';
import { AwsError, notImplemented, toAwsError } from '../core/errors';
import type { AwsRequest, HttpResponse } from '../core/http';
import { jsonAnswer, jsonError, jsonInput, targetAction } from '../core/protocol/json';
import { Regional } from '../core/regional';
import { remember } from '../core/remember';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import type { Input } from './input';
import { eventActions } from './operations/log-events';
import { groupActions } from './operations/log-groups';
import { LogsState } from './state';
import { LogStore } from './store';

/** One action of CloudWatch Logs. */
export interface LogsAction {
  /** The ARN that the caller's policies are asked about; every group when absent. */
  resource?(store: LogStore, input: Input): string;
  run(store: LogStore, input: Input): unknown;
}

/** CloudWatch Logs, and how other services write to it. */
export interface Logs extends AwsService {
  /** What of it outlives the process. */
  readonly state: Persistent;
  store(scope: Scope): LogStore;
  /**
   * Writes one line, as a service of AWS does.
   * @param logGroupArn with or without `:*` at its end
   * @param stream made when it is missing
   * @returns false when there is no such group: the line is lost, as it is in AWS
   */
  write(logGroupArn: string, line: string, stream?: string): boolean;
}

const ACTIONS: Readonly<Record<string, LogsAction>> = { ...groupActions, ...eventActions };
const GROUP_ARN = /^arn:aws[a-z-]*:logs:([^:]+):(\d{12}):log-group:([^:]+)(?::\*)?$/;
const DEFAULT_STREAM = 'default';

/** Where a log group is. @throws AwsError for what is none's ARN */
const groupOf = remember(1_000, (arn: string) => {
  const [, region, accountId, name] = GROUP_ARN.exec(arn) ?? [];
  if (region !== undefined && accountId !== undefined && name !== undefined) {
    return { scope: { accountId, region }, name };
  }
  throw new AwsError('InvalidParameterException', `Not a log group's ARN: ${arn}`);
});

/** CloudWatch Logs: groups, streams and events, kept per account and region. */
export function createLogs(): Logs {
  const state = new LogsState((note) => new Regional((scope) => new LogStore(scope, note)));
  const { stores } = state;
  return {
    signingName: 'logs',
    state,
    store: (scope) => stores.in(scope),
    async handle(request) {
      try {
        return answer(stores.in(request.caller), request);
      } catch (thrown) {
        return jsonError(request.requestId, toAwsError(thrown));
      }
    },
    write(logGroupArn, line, stream = DEFAULT_STREAM) {
      const { scope, name } = groupOf(logGroupArn);
      const group = stores.in(scope).groups.get(name);
      if (group === undefined) return false;
      group.append(group.streams.get(stream) ?? group.createStream(stream), Date.now(), line);
      return true;
    },
  };
}

function answer(store: LogStore, request: AwsRequest): HttpResponse {
  const name = targetAction(request) ?? '';
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) throw notImplemented('logs', name);
  const input = jsonInput(request.body);
  request.caller.authorize(`logs:${name}`, action.resource?.(store, input) ?? store.arnOf('*'));
  return jsonAnswer(request.requestId, action.run(store, input));
}
