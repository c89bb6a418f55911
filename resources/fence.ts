import { StackError } from './errors';
import { type Route, routes } from './routes';

/** Actions that IAM grants on `*` only and that concern no single stream. */
const NAMES_NO_STREAM = ['ListStreams', 'DescribeLimits', 'DescribeAccountSettings'];

/**
 * Refuses routes that reach beyond the stage's streams: IAM cannot confine an action to some streams
 * when it grants that action on `*` only, such as kinesis:UpdateShardCount.
 * @param streams the stage's parameter
 * @throws StackError that names the route
 */
export function checkFence(streams: string, rows: readonly Route[] = routes): void {
  if (streams === '*') return;
  const beyond = rows.find(
    ({ grantedOn, path, action }) =>
      grantedOn === 'everything' && (path.includes('{') || !NAMES_NO_STREAM.includes(action)),
  );
  if (beyond === undefined) return;
  const { method, path, action } = beyond;
  throw new StackError(
    `${method} ${path} would reach every stream: IAM grants kinesis:${action} on * only, and the parameter streams is '${streams}'. Take the route out of resources/routes.ts, or deploy with streams '*'.`,
  );
}
