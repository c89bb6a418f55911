import { StackError } from '../../errors';
import type { Endpoint } from './endpoint';

type Claim = Pick<Endpoint, 'id' | 'method' | 'path'>;

/**
 * Rejects endpoints that cannot coexist in one API.
 * @throws StackError that names both, when two have the same id, claim the same method and path, or
 *   name the same path segment differently (`{stream-name}`, `{name}`), which API Gateway refuses
 */
export function refuseConflicts(endpoints: readonly Claim[]): void {
  const found = endpoints.flatMap((one, index) =>
    endpoints.slice(index + 1).flatMap((other) => conflict(one, other) ?? []),
  );
  if (found.length > 0) throw new StackError(found.join('\n'));
}

function conflict(one: Claim, other: Claim): string | undefined {
  if (one.id === other.id) {
    return `Two endpoints have the id ${one.id}: ${one.method} ${one.path} and ${other.method} ${other.path}. Give one of them another id.`;
  }
  if (one.path === other.path && one.method === other.method) {
    return `${one.id} and ${other.id} both claim ${one.method} ${one.path}. Change the method or the path of one.`;
  }
  const at = one.path.split('/');
  const segment = other.path.split('/').findIndex((name, index) => name !== at[index]);
  const names = [at[segment], other.path.split('/')[segment]];
  if (!names.every((name) => name?.startsWith('{'))) return undefined;
  return `${one.id} and ${other.id} name the same path segment ${names.join(' and ')}. Use one name for both.`;
}
