import { type Endpoint, endpoints } from './endpoints';
import { StackError } from './errors';

/** Actions that IAM grants only on `*` and that concern no single stream. */
const NAMES_NO_STREAM = ['ListStreams', 'DescribeLimits', 'DescribeAccountSettings'];

type Reach = Pick<Endpoint, 'grantedOn' | 'path' | 'action' | 'method'>;

/**
 * Rejects endpoints that reach beyond the stage's streams: IAM cannot confine an action to some
 * streams if it grants the action only on `*`, as with kinesis:UpdateShardCount. Relies on the
 * action, the path and `grantedOn`, which test/resources/role.test.ts compares with IAM's data.
 * @param streams the stage's parameter `streams`
 * @throws StackError that names the endpoint
 */
export function checkFence(streams: string, all: readonly Reach[] = endpoints): void {
  if (streams === '*') return;
  const beyond = all.find(
    ({ grantedOn, path, action }) =>
      grantedOn === '*' && (path.includes('{') || !NAMES_NO_STREAM.includes(action)),
  );
  if (beyond === undefined) return;
  const { method, path, action } = beyond;
  throw new StackError(
    `${method} ${path} would reach every stream: IAM grants kinesis:${action} only on *, and the parameter streams is '${streams}'. Remove the endpoint from resources/endpoints/index.ts, or deploy with streams '*'.`,
  );
}
